"""What the history tells of the documents that the programme saw: by day and person, and by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Event
from certification.applications.access.actions import SEEN
from certification.evidence.models import Document


def looks(events: Iterable[Event], *, for_staff: bool) -> dict[int, dict[str, Any]]:
    """An entry of the timeline for each day and person, by the key of the first event of it. One query, or none.

    The people of the programme read who it was; the employer reads that it was the programme.
    """
    groups: dict[tuple[dt.date, int | None], list[Event]] = {}
    for event in events:
        if event.action == SEEN:
            groups.setdefault((timezone.localdate(event.at), event.actor_id), []).append(event)
    titles = _titles(groups.values())
    return {group[0].pk: _entry(group, titles, for_staff=for_staff) for group in groups.values()}


def _titles(groups: Iterable[list[Event]]) -> dict[int, str]:
    wanted = {event.data["document"] for group in groups for event in group}
    return dict(Document.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def _entry(group: list[Event], titles: dict[int, str], *, for_staff: bool) -> dict[str, Any]:
    items: dict[int, list[str]] = {}
    for event in group:
        codes = items.setdefault(event.data["document"], [])
        if event.data["item"] not in codes:
            codes.append(event.data["item"])
    unnamed = _("Documento")
    names = "; ".join(f"{titles.get(key, unnamed)} ({', '.join(codes)})" for key, codes in items.items())
    number = len(items)
    title = ngettext("El programa vio un documento", "El programa vio %(number)s documentos", number)
    who = f"{group[0].actor}: " if for_staff and group[0].actor else ""
    return {"at": group[0].at, "title": title % {"number": number}, "text": f"{who}{names}", "kind": ""}
