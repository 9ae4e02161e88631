"""What the history tells of the documents that the programme saw: by day and person, sealed originals one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Event
from certification.applications.access.actions import ORIGINAL_OPENED, SEEN
from certification.evidence.models import Document


def looks(events: Iterable[Event], *, for_staff: bool) -> dict[int, dict[str, Any]]:
    """An entry of the timeline for each day and person, by the key of the first event of it. One query, or none.

    The people of the programme read who it was; the employer reads that it was the programme.
    """
    groups: dict[tuple[dt.date, int | None], list[Event]] = {}
    originals: list[Event] = []
    for event in events:
        if event.action == SEEN:
            groups.setdefault((timezone.localdate(event.at), event.actor_id), []).append(event)
        elif event.action == ORIGINAL_OPENED:
            originals.append(event)
    titles = _titles([*originals, *chain(*groups.values())])
    seen = {group[0].pk: _entry(group, titles, for_staff=for_staff) for group in groups.values()}
    return seen | {event.pk: _original(event, titles, for_staff=for_staff) for event in originals}


def _titles(events: list[Event]) -> dict[int, str]:
    wanted = {event.data["document"] for event in events}
    return dict(Document.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def _entry(group: list[Event], titles: dict[int, str], *, for_staff: bool) -> dict[str, Any]:
    items: dict[int, list[str]] = {}
    for event in group:
        codes = items.setdefault(event.data["document"], [])
        if event.data["item"] not in codes:
            codes.append(event.data["item"])
    names = "; ".join(_named(key, codes, titles) for key, codes in items.items())
    number = len(items)
    title = ngettext("El programa vio un documento", "El programa vio %(number)s documentos", number)
    text = f"{_who(group[0], for_staff=for_staff)}{names}"
    return {"at": group[0].at, "title": title % {"number": number}, "text": text, "kind": ""}


def _original(event: Event, titles: dict[int, str], *, for_staff: bool) -> dict[str, Any]:
    """With the reason that was given: both sides read it."""
    name = _named(event.data["document"], [event.data["item"]], titles)
    text = f"{_who(event, for_staff=for_staff)}{name}. {event.reason}"
    return {"at": event.at, "title": _("El programa abrió el original de un documento"), "text": text, "kind": ""}


def _named(document: int, codes: list[str], titles: dict[int, str]) -> str:
    return f"{titles.get(document, _('Documento'))} ({', '.join(codes)})"


def _who(event: Event, *, for_staff: bool) -> str:
    return f"{event.actor}: " if for_staff and event.actor else ""
