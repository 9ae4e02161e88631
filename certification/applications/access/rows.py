"""Who of the programme saw which document of an employer, when, how and which version: the events, told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from audit.models import Event
from certification.applications.access.actions import DOSSIER_TAKEN, ORIGINAL_OPENED, SEEN
from certification.applications.access.enums import Look
from certification.applications.models import Application
from certification.evidence.models import Document
from employers.models import Employer


@dataclass(frozen=True)
class Row:
    """One opening. ``document`` is None for a whole dossier, and ``item`` then is empty."""

    at: dt.datetime
    who: str
    how: str
    what: str
    versions: str
    item: str
    folio: str
    reason: str
    document: int | None


def looks_at(employer: Employer, document: Document | None = None) -> QuerySet[Event]:
    """Every time that the programme opened a document of the employer, newest first; or one document alone."""
    own = Application.objects.filter(employer=employer).order_by().values("pk")
    kind = Application._meta.label_lower
    found = Event.objects.filter(
        subject_kind=kind, subject_id__in=own, action__in=(SEEN, DOSSIER_TAKEN, ORIGINAL_OPENED)
    )
    if document:
        found = found.filter(Q(data__document=document.pk) | Q(data__files__has_key=str(document.pk)))
    return found.order_by("-pk")


def page_of_rows(events: Iterable[Event], document: Document | None = None) -> list[Row]:
    """The rows of some events, in two queries."""
    events = list(events)
    documents = Document.objects.filter(pk__in={event.data.get("document", 0) for event in events})
    applications = Application.objects.filter(pk__in={event.subject_id for event in events})
    return list(_told(events, document, _names(documents, "title"), _names(applications, "folio")))


def all_rows(employer: Employer, document: Document | None = None) -> Iterator[Row]:
    """The rows of all of them, read as they are asked for, in three queries."""
    titles, folios = _names(employer.documents.all(), "title"), _names(employer.applications.all(), "folio")
    yield from _told(looks_at(employer, document).iterator(), document, titles, folios)


def _names(rows: QuerySet[Document] | QuerySet[Application], name: str) -> dict[int, str]:
    return dict(rows.order_by().values_list("pk", name))


def _told(
    events: Iterable[Event], document: Document | None, titles: Mapping[int, str], folios: Mapping[int, str]
) -> Iterator[Row]:
    for event in events:
        data = event.data
        files = data.get("files", {})
        numbers = files.get(str(document.pk), []) if files and document else [data.get("revision", "")]
        yield Row(
            at=event.at,
            who=_who(data),
            how=_how(event),
            what=_whole(len(files)) if files else titles.get(data.get("document", 0), _("Documento")),
            versions=", ".join(str(number) for number in numbers),
            item=data.get("item", ""),
            folio=folios.get(event.subject_id, ""),
            reason=event.reason,
            document=None if files else data.get("document"),
        )


def _whole(number: int) -> str:
    return ngettext("%(number)s documento", "%(number)s documentos", number) % {"number": number}


def _who(data: Mapping[str, str]) -> str:
    """Role and body, as the history tells the employer: no name of a person of the programme."""
    if data.get("role") not in Role.values:
        return _("El programa")  # noted before the role was
    return ", ".join(filter(None, (str(Role(data["role"]).label), data.get("body", ""))))


def _how(event: Event) -> str:
    if event.action == DOSSIER_TAKEN:
        return str(Look.DOSSIER.label)
    if event.action == ORIGINAL_OPENED:
        return str(Look.ORIGINAL.label)
    said = event.data.get("how")
    return str(Look(said).label) if said in Look.values else _("Lo vio o lo descargó")
