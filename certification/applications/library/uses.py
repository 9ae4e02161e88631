"""Where documents are used: for the rows of a page of the library, and one by one on the page of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from certification.applications.addresses import Addresses
from certification.applications.library.life import Courses, Life
from certification.applications.models import Application, EvidenceUse
from certification.evidence.models import Document
from certification.standards.languages import Words, words_of
from employers.models import Employer


@dataclass(frozen=True)
class Row:
    """A document of the list. ``uses``: in how many criteria, letters and measures of applications it is used."""

    document: Document
    uses: int
    lives: list[Life]


@dataclass(frozen=True)
class Use:
    """One place where a document is used."""

    code: str
    title: Words
    url: str
    workplace: str
    pointer: str


@dataclass(frozen=True)
class UsesOfApplication:
    application: Application
    uses: list[Use]


def rows_of(employer: Employer, documents: Sequence[Document]) -> list[Row]:
    """The documents of a page with their uses and lives: three queries, however many there are."""
    uses: dict[int, set[tuple[int, str]]] = defaultdict(set)
    known = EvidenceUse.objects.filter(document__in=[document.pk for document in documents]).order_by()
    for document, application, item in known.values_list("document_id", "application_id", "item"):
        uses[document].add((application, item))
    courses = Courses.of(employer, timezone.localdate())
    return [Row(one, len(uses[one.pk]), courses.lives(one, uses[one.pk])) for one in documents]


def lives_of(document: Document) -> list[Life]:
    """Until when one document serves."""
    return rows_of(document.employer, [document])[0].lives


def uses_of(document: Document, user: User) -> list[UsesOfApplication]:
    """Every place where the document is used, by application, the newest first, in the order of its standard."""
    rows = document.uses.select_related("workplace", "application__standard").defer("application__standard__content")
    seen = Application.objects.of_member(user).filter(employer=document.employer_id)
    found: dict[int, list[EvidenceUse]] = defaultdict(list)
    for use in rows.filter(application__in=seen.values("pk")):
        found[use.application_id].append(use)
    return [_of_application(found[pk]) for pk in sorted(found, reverse=True)]


def _of_application(rows: list[EvidenceUse]) -> UsesOfApplication:
    application = rows[0].application
    document, addresses = application.standard.document, Addresses.of(application)
    order = {part.code: number for number, part in enumerate(document.items)}
    rows.sort(key=lambda use: (order.get(use.item, len(order)), use.pk))
    return UsesOfApplication(application, [_use(use, addresses) for use in rows])


def _use(use: EvidenceUse, addresses: Addresses) -> Use:
    part = addresses.document.item(use.item)
    place = use.workplace
    if part is None:  # the version that the application follows now asks for it no longer
        return Use(use.item, Words(""), "", place.name if place else "", use.pointer)
    return Use(use.item, words_of(part), addresses.use(use), place.name if place else "", use.pointer)
