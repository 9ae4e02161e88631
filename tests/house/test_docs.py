"""The documents say what the code does, where a machine can tell."""

import re

import pytest
from django.core.management import get_commands

from certification.applications.workflow import TRANSITIONS
from tests.house.tree import ROOT, files, read, tracked

PAGES = [path for path in tracked() if path.endswith(".md")]


def test_every_command_that_is_told_is_there():
    told = [path for path in tracked() if path.endswith((".md", ".service")) or path in {"Makefile", "scripts/demo"}]
    named = {name for path in told for name in re.findall(r'manage(?:\.py|\[@\]}") ([a-z_]+)', read(path))}
    assert named - set(get_commands()) == set()


def test_every_target_that_is_told_is_there():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    told = {name for path in PAGES for name in re.findall(r"`make ([a-z][a-z-]*)", read(path))}
    assert told - targets == set()


def test_the_workflow_page_shows_the_table():
    rows = re.findall(
        r"^\| `([a-z_]+)` \| ([a-z, ]+) \| ([a-z ]+) \| (.+) \|$", read("docs/architecture.md"), re.MULTILINE
    )
    shown = {action: (sources, target, "with a reason" in who) for action, sources, target, who in rows}
    assert shown == {
        action: (
            ", ".join(state.value.replace("_", " ") for state in move.sources),
            move.target.value.replace("_", " "),
            move.needs_reason,
        )
        for action, move in TRANSITIONS.items()
    }


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    folder = (ROOT / page).parent
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", read(page))
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_room_is_told():
    rooms = {path.split("/")[0] for path in files("apps.py")}
    assert {room for room in rooms if f"{room}/" not in read("docs/architecture.md")} == set()
