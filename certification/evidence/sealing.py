"""The original of a masked copy is sealed: whoever is not of the employer opens it with a reason, which it reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event, EventQuerySet
from certification.evidence.models import Document, Revision

OPENED = "original_opened"
LONGEST = 500


@transaction.atomic
def record_opening(
    revision: Revision, *, reason: str, actor: User, at: dt.datetime, data: dict[str, Any] | None = None
) -> None:
    """Note that somebody opens a sealed original, each time and before it is shown; ``data`` says from where.

    Raises ActionRefused without a reason.
    """
    reason = " ".join(reason.split())[:LONGEST]
    if not reason:
        raise ActionRefused(_("Escribe por qué necesitas ver el original: la empresa lo leerá."))
    said = {"number": revision.number, "sha256": revision.sha256, **(data or {})}
    Event.record(revision.document, OPENED, actor=actor, at=at, reason=reason, data=said)


def openings_of(document: Document) -> EventQuerySet:
    """Who opened its sealed originals and why, the last first."""
    return Event.objects.about(document).filter(action=OPENED).select_related("actor").order_by("-pk")
