"""What the library is also searched by: where documents are used, and until when they serve."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.applications.folios import normalise
from certification.applications.library.enums import LifeEnd
from certification.applications.library.life import SOON, Courses
from certification.applications.models import Application, EvidenceUse
from certification.evidence.ages import NEWEST_DAY
from certification.evidence.filters import DocumentFilter
from certification.evidence.models import Document
from certification.standards.languages import words_of
from certification.standards.scoring import months_after
from employers.models import Employer

UNUSED = "-"
MOST_NAMED = 100  # applications in the list; the newest
DAY = dt.timedelta(days=1)


class LibraryFilter(DocumentFilter):
    used = django_filters.ChoiceFilter(
        method="used_in", label=gettext_lazy("Se usa en"), empty_label=gettext_lazy("Donde sea")
    )
    item = django_filters.ChoiceFilter(
        method="proves", label=gettext_lazy("Para"), empty_label=gettext_lazy("Todo lo que pide")
    )
    life = django_filters.ChoiceFilter(
        method="ending", choices=LifeEnd, label=gettext_lazy("Vigencia"), empty_label=gettext_lazy("Cualquiera")
    )

    class Meta:
        model = Document
        fields = ("q", "kind", "used", "item", "life", "age", "state", "order")

    def __init__(self, data: Any, documents: QuerySet[Document], employer: Employer) -> None:
        super().__init__(data, documents, employer)
        own = Application.objects.filter(employer=employer).select_related("standard").defer("standard__content")
        named = {one.folio: one for one in own.order_by("-pk")[:MOST_NAMED]}
        self.filters["used"].extra["choices"] = [(UNUSED, _("Ningún lado: sin usar")), *((one, one) for one in named)]
        self.chosen = named.get(normalise(str((data or {}).get("used", ""))))
        if self.chosen is None:
            del self.filters["item"]
        else:
            self.filters["item"].extra["choices"] = _items(self.chosen)

    def used_in(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        uses = EvidenceUse.objects.filter(document=OuterRef("pk"))
        if value == UNUSED:
            return found.filter(~Exists(uses))
        return found.filter(Exists(uses.filter(application=self.chosen)))

    def proves(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return found.filter(
            Exists(EvidenceUse.objects.filter(document=OuterRef("pk"), application=self.chosen, item=value))
        )

    def ending(self, found: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return found.alias(day=NEWEST_DAY).filter(_ends(Courses.of(self.employer, timezone.localdate()), value))


def _items(application: Application) -> list[tuple[str, str]]:
    return [(part.code, f"{part.code} {words_of(part)}") for part in application.standard.document.items]


def _ends(courses: Courses, value: str) -> Q:
    """Documents whose life ends when it is asked for, by the rules of ``life``: one condition for each age.

    Days stand before uses: SQLite asks in the order of the words, and few documents are of such a day.
    """
    asked: dict[tuple[dt.date, dt.date], Q] = defaultdict(Q)
    for course in courses.under_way:
        codes = defaultdict(list)
        for code, age in course.ages.items():
            codes[age.months].append(code)
        for months, some in codes.items():
            days = _days(value, months, course.on, course.visit_on)
            asked[days] |= Q(application=course.application, item__in=some)
    ending = Q()
    for days, places in asked.items():
        ending |= Q(day__range=days) & Q(Exists(EvidenceUse.objects.filter(places, document=OuterRef("pk"))))
    in_use = EvidenceUse.objects.filter(
        document=OuterRef("pk"), application__in=[course.application for course in courses.under_way]
    )
    for course in courses.in_force:
        if course.general:
            ending |= Q(day__range=_days(value, course.general.months, course.on, course.visit_on)) & ~Q(Exists(in_use))
    return ending or Q(pk__in=())


def _days(value: str, months: int, on: dt.date, visit_on: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of documents that serve until a day which is asked for."""
    if value == LifeEnd.OVER:
        return dt.date(1, 1, 1), _first_day(months, on) - DAY
    last = visit_on if value == LifeEnd.BEFORE_VISIT else on + dt.timedelta(days=SOON + 1)
    return _first_day(months, on), _first_day(months, last) - DAY


def _first_day(months: int, until: dt.date) -> dt.date:
    """The first day from which so many months reach ``until``: months differ in length, so by trying."""
    day = months_after(until, -months) - 4 * DAY
    while months_after(day, months) < until:
        day += DAY
    return day
