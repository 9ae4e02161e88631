"""The four standards of the data files, read and published; and small changes to their text."""

import datetime as dt
from functools import cache
from pathlib import Path

from certification.standards import actions
from certification.standards.reading import parse_yaml

DATA = Path(actions.__file__).parent / "data"
NMX, DEFR, DEI, MEXSTI = "nmx-r-025-scfi-2015", "distintivo-efr", "distintivo-ei", "distintivo-mexsti"
NAMES = (NMX, DEFR, DEI, MEXSTI)
AT = dt.datetime(2026, 11, 3, 10, 0, tzinfo=dt.UTC)


def path_of(name):
    return DATA / f"{name}.yaml"


def text_of(name):
    return path_of(name).read_text(encoding="utf-8")


@cache
def document_of(name):
    return parse_yaml(text_of(name))


def publish(name=DEI, *, actor=None, at=AT):
    return actions.publish(document_of(name), actor=actor, at=at)[0]


def changed(name=DEI, *replacements):
    """The text of a standard with each (old, new) replaced once; the old text must be there."""
    text = text_of(name)
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
