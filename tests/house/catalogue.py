"""The English catalogue, and the texts of the site as makemessages finds them now."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.tree import ROOT, tracked

ENGLISH = "locale/en/LC_MESSAGES/django.po"
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ?(\".*)")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[.\d]*[sdf]|%%|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")


@dataclass
class Entry:
    """One text: what the code says, and what the catalogue says of it."""

    parts: dict[str, str] = field(default_factory=dict)
    flags: str = ""

    @property
    def key(self):
        return self.parts.get("msgctxt", ""), self.parts.get("msgid", ""), self.parts.get("msgid_plural", "")

    @property
    def pairs(self):
        """Each Spanish form with its English one."""
        if "msgid_plural" not in self.parts:
            return [(self.parts["msgid"], self.parts["msgstr"])]
        forms = self.parts["msgid"], self.parts["msgid_plural"]
        return [(form, self.parts.get(f"msgstr[{number}]", "")) for number, form in enumerate(forms)]


def entries(text):
    """Entries of a PO file, without its header. Raises AssertionError on an obsolete entry."""
    found = []
    for block in re.split(r"\n{2,}", text.strip()):
        entry, last = Entry(), ""
        for line in block.splitlines():
            assert not line.startswith("#~"), f"obsolete: {line}"
            if line.startswith("#,"):
                entry.flags += line
            elif line.startswith('"'):
                entry.parts[last] += ast.literal_eval(line)
            elif told := KEYWORD.fullmatch(line):
                last = told[1]
                entry.parts[last] = ast.literal_eval(told[2])
        if entry.parts.get("msgid"):
            found.append(entry)
    return found


def faults(entry):
    """What is wrong with an entry in itself, one sentence each."""
    wrong = ["fuzzy"] if "fuzzy" in entry.flags else []
    for spanish, english in entry.pairs:
        if not english.strip():
            wrong.append("empty")
        elif sorted(set(PLACEHOLDER.findall(spanish))) != sorted(set(PLACEHOLDER.findall(english))):
            wrong.append(f"other placeholders: {english}")
        elif sorted(TAG.findall(spanish)) != sorted(TAG.findall(english)):
            wrong.append(f"other tags: {english}")
    return [f"{entry.parts['msgid']}: {what}" for what in wrong]


def gather(folder: Path):
    """Entries that makemessages finds in a copy of the texts' sources, so that the tree itself is not touched."""
    for path in tracked():
        if path.endswith((".py", ".html", ".txt")) and not path.startswith("tests/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, folder / path)
    (folder / "locale").mkdir(exist_ok=True)
    # Without the settings, or it would write into the locale/ that they name.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-location", "--no-wrap"]
    subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
    return entries((folder / ENGLISH).read_text(encoding="utf-8"))


def compile_into(folder: Path):
    """Compile the catalogues as they are now, into a folder for LOCALE_PATHS."""
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/django.po"):
        target = folder / source.relative_to(ROOT / "locale").with_suffix(".mo")
        target.parent.mkdir(parents=True)
        subprocess.run(["msgfmt", "--check", "--output-file", target, source], check=True, capture_output=True)
