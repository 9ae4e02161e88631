"""What the environment says, read for this machine."""

import os
import subprocess
import sys
from functools import partial

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

LOCAL = ["127.0.0.1", "localhost"]


@pytest.mark.parametrize(
    ("given", "site", "is_trial", "answered"),
    [
        ("", "https://constancia.example", False, ["constancia.example"]),
        ("a.example, b.example", "https://constancia.example", False, ["a.example", "b.example"]),
        ("", "http://portal.example", True, ["portal.example", *LOCAL]),
        ("", "http://127.0.0.1:8000", False, LOCAL),
        ("", "http://localhost:8000", False, ["localhost", "127.0.0.1"]),
    ],
)
def test_this_machine_is_answered_only_where_the_portal_is_tried(monkeypatch, given, site, is_trial, answered):
    monkeypatch.setenv("ALLOWED_HOSTS", given)
    if not given:
        monkeypatch.delenv("ALLOWED_HOSTS")
    assert env.hosts("ALLOWED_HOSTS", site, is_trial=is_trial) == answered


def test_a_connection_that_the_server_closed_is_not_used(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://who:secret@db.example/name")
    assert env.database("DATABASE_URL", "")["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", None),
        ("x-accel-redirect:/files/", ("X-Accel-Redirect", "/files/")),
        ("X-Sendfile", ("X-Sendfile", "")),
    ],
)
def test_who_sends_files(monkeypatch, given, found):
    monkeypatch.setenv("FILES_OFFLOAD", given)
    assert env.offload("FILES_OFFLOAD") == found


@pytest.mark.parametrize("given", ["nginx", "x-accel-redirect", "x-accel-redirect:/", "x-sendfile:/files/"])
def test_another_word_for_it_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("FILES_OFFLOAD", given)
    with pytest.raises(ImproperlyConfigured, match="x-accel-redirect:/files/"):
        env.offload("FILES_OFFLOAD")


@pytest.mark.parametrize(("group_reads", "modes"), [(False, (0o600, 0o700)), (True, (0o640, 0o2750))])
def test_nobody_but_who_sends_them_reads_the_folder(monkeypatch, group_reads, modes):
    monkeypatch.delenv("STORAGE_URL", raising=False)
    options = env.storage("STORAGE_URL", "file:///somewhere", group_reads=group_reads)["OPTIONS"]
    assert (options["file_permissions_mode"], options["directory_permissions_mode"]) == modes


def test_browsers_may_send_to_an_object_store_and_to_no_other():
    assert env.direct_origin(env.storage("STORAGE_URL_OF_THIS_TEST", "file:///srv/files")) == []
    place = "s3://key:secret@objects.example:9000/constancia?region=mx"
    assert env.direct_origin(env.storage("STORAGE_URL_OF_THIS_TEST", place)) == ["https://objects.example:9000"]


NONSENSE = [
    (env.site_url, ("http://x:abc", "https://x.example?y", "http://who@x.example", "x.example")),
    (env.database, ("sqlite:///", "postgresql://u:hush@h:abc/d", "postgresql://u:hush@h", "mysql://u:hush@h/d")),
    (env.storage, ("s3://k:hush@h:99999/b", "s3://k:hush@h/b?tls=no", "s3://k:hush@h/b?regoin=mx", "s3://k:hush@h")),
    (partial(env.whole, minimum=1, maximum=9), ("ten", "0", "10")),
    (partial(env.choice, choices=("a", "b")), ("c", "A")),
]


@pytest.mark.parametrize(("read", "given"), [(read, one) for read, given in NONSENSE for one in given])
def test_nonsense_is_refused_with_what_to_write_instead_and_no_secret(monkeypatch, read, given):
    monkeypatch.setenv("A_SETTING", given)
    with pytest.raises(ImproperlyConfigured, match=r"^A_SETTING.* Write ") as refused:
        read("A_SETTING", "")
    assert "hush" not in str(refused.value)


def test_it_stops_the_start(base_dir, tmp_path):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "TASKS_BACKEND": "celery"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=base_dir, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "TASKS_BACKEND='celery' is not known. Write one of: immediate, database." in done.stderr
