"""What must never be committed: hosts in locks, other tools' locks, places of one machine, keys."""

import re
import subprocess

from tests.house.tree import ROOT, files, read, tracked

LOCKS = ("requirements.lock", "requirements-dev.lock")
FOREIGN_LOCKS = re.compile(r"(^|/)(uv\.lock|pylock(\..+)?\.toml|requirements.*\.(txt|in)|poetry\.lock|Pipfile\.lock)$")
# Written in two halves, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/" + r"(work|root|home/\w+|Users/\w+)/")
PRIVATE_KEY = "-----BEGIN " + "PRIVATE KEY"
BINARY = (".png", ".jpg", ".webp", ".pdf", ".woff2", ".ico", ".mo", ".ttf", ".xlsx", ".zip")


def texts():
    return [path for path in tracked() if not path.endswith(BINARY)]


def test_locks_name_no_address():
    for lock in LOCKS:
        assert re.findall(r".*(?:://|--index-url|--extra-index-url|--find-links|^-i ).*", read(lock)) == []


def test_every_locked_package_has_a_hash():
    for lock in LOCKS:
        blocks = re.split(r"\n(?=\S)", read(lock).strip())
        assert [
            block.split()[0] for block in blocks if not block.startswith("#") and "--hash=sha256:" not in block
        ] == []


def test_the_locks_agree():
    pins = [dict(re.findall(r"^([a-z0-9_.-]+)==(\S+)", read(lock), re.MULTILINE)) for lock in LOCKS]
    assert pins[0].items() <= pins[1].items()


def test_every_dependency_is_locked():
    declared = re.findall(r'^    "([A-Za-z0-9_.-]+)', read("pyproject.toml").split("[tool.")[0], re.MULTILINE)
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in declared}
    pins = set(re.findall(r"^([a-z0-9_.-]+)==", read("requirements-dev.lock"), re.MULTILINE))
    assert names - pins == set()


def test_no_lock_of_another_tool():
    assert [path for path in tracked() if FOREIGN_LOCKS.search(path)] == []


def test_no_place_of_one_machine():
    assert [path for path in texts() if MACHINE_PATH.search(read(path))] == []


def test_no_link_is_committed():
    """It leads to a place of one machine, and a folder that git ignores gives way to it."""
    command = ["git", "ls-files", "--stage"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert [line for line in listing.splitlines() if line.startswith("120000 ")] == []


def test_no_key_is_committed():
    assert [path for path in tracked() if path.endswith((".p12", ".pem", ".key", ".env", ".sqlite3"))] == []
    assert [path for path in texts() if PRIVATE_KEY in read(path)] == []


def test_no_helper_room():
    """There is no common, core or utils: a helper lives with its user."""
    names = re.compile(r"(^|/)(common|core|utils?|helpers|misc)(\.py|/)")
    assert [path for path in files(".py") if names.search(path)] == []
