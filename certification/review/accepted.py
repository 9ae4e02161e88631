"""Evidence that was accepted before: in another application of the same employer, which was awarded.

Whoever reviews learns criterion, standard, version and date, and nothing else of the other application.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from certification.evidence.models import Document, Revision
from certification.review.models import Verdict
from certification.standards.enums import Claim

ACCEPTING = (Claim.MET, Claim.PARTLY)
SAID = ("item", "application__standard__title", "application__standard__version", "application__state_since")


@dataclass(frozen=True)
class Accepted:
    """Where a content was accepted. ``on`` is the day on which the award was published."""

    item: str
    standard: str
    version: str
    on: dt.date


def by_content(
    employer: int, hashes: Iterable[str], *, besides: Application | None = None
) -> dict[str, list[Accepted]]:
    """What each content was accepted for, by SHA-256, newest first; one query. ``besides`` is left out."""
    uses = _accepted(employer, besides).filter(revision__sha256__in=set(hashes))
    return _gathered(uses.values_list("revision__sha256", *SAID))


def by_document(
    employer: int, documents: QuerySet[Document], *, besides: Application | None = None
) -> list[tuple[str, list[Accepted]]]:
    """What the file that counts of each document was accepted for, beside the document's title; one query."""
    files = Revision.objects.usable().filter(document=OuterRef("document")).order_by("-number")
    uses = _accepted(employer, besides).filter(document__in=documents.order_by().values("pk"))
    same = uses.annotate(content=Subquery(files.values("sha256")[:1])).filter(content=F("revision__sha256"))
    rows = same.values_list("document", "document__title", *SAID)
    return [(title, ones) for (_key, title), ones in _gathered((row[:2], *row[2:]) for row in rows).items()]


def _accepted(employer: int, besides: Application | None) -> QuerySet[EvidenceUse]:
    verdicts = Verdict.objects.filter(
        application=OuterRef("application"), item=OuterRef("item"), outcome__in=ACCEPTING
    ).order_by()
    uses = EvidenceUse.objects.filter(Exists(verdicts), document__employer=employer, application__state=State.AWARDED)
    return uses.exclude(application=besides).order_by("-application__state_since", "item", "pk")


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[Accepted]]:
    found: dict[Any, dict[Accepted, None]] = {}  # a use for each of two workplaces is told once
    for key, item, standard, version, since in rows:
        one = Accepted(item, standard, version, timezone.localdate(since))
        found.setdefault(key, {})[one] = None
    return {key: list(ones) for key, ones in found.items()}
