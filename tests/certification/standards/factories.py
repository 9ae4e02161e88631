"""The four standards of the data files, read and published; and small changes to their text."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

from django.db import transaction

from audit.models import Event
from certification.standards import actions
from certification.standards.models import Standard
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


_published = {}  # by name: the row that publishing wrote, and what its event says


def publish(name=DEI, *, actor=None, at=AT):
    """The standard in force. Checking it takes long: once a process the action does, then its row is written again."""
    document = document_of(name)
    if name not in _published or Standard.objects.filter(code=document.code).exists():
        standard, is_new = actions.publish(document, actor=actor, at=at)
        if is_new:
            _keep(name, standard)
        return standard
    fields, content, data = _published[name]
    said = {"content": json.loads(content), "published_at": at, "published_by": actor}
    with transaction.atomic():
        standard = Standard.objects.create(**fields, **said)
        Event.record(standard, "publish", actor=actor, at=at, data=data)
    return standard


def _keep(name, standard):
    fields = {field: getattr(standard, field) for field in ("code", "slug", "version", "title", "kind", "fingerprint")}
    data = Event.objects.about(standard).get().data
    _published[name] = (fields, json.dumps(standard.content), data)


def changed(name=DEI, *replacements):
    """The text of a standard with each (old, new) replaced once; the old text must be there."""
    text = text_of(name)
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
