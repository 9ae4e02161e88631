"""Until when documents serve: by the age rule of each standard, and whether that reaches the likely day of the visit.

A document that is used in applications under way lives as long as the standards of these say, each by the strictest
of the items that it proves. One that is used in none lives as long as the standards in force say in general.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.requirements import likely_visit
from certification.evidence.ages import newest_day
from certification.evidence.models import Document
from certification.standards.document import Requirement, StandardDocument
from certification.standards.evidence_lines import most_months
from certification.standards.languages import Words, words_of
from certification.standards.models import Standard
from certification.standards.parts import Criterion, Measure
from certification.standards.scoring import months_after
from employers.models import Employer

SOON = 60  # days in which a document can still be got again
UNDER_WAY = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.OBSERVED)


@dataclass(frozen=True)
class Age:
    """How old evidence may be at most."""

    months: int
    is_confirmed: bool


@dataclass(frozen=True)
class Life:
    """Until when a document serves for one standard. ``on`` is the day of the calculation."""

    standard: Words
    age: Age
    valid_until: dt.date
    visit_on: dt.date
    on: dt.date

    @property
    def is_over(self) -> bool:
        return self.valid_until < self.on

    @property
    def ends_soon(self) -> bool:
        return 0 <= (self.valid_until - self.on).days <= SOON

    @property
    def lapses_before_visit(self) -> bool:
        return not self.is_over and self.valid_until < self.visit_on


@dataclass(frozen=True)
class Course:
    """An application under way, or, without ``application``, a standard in force that may be asked for."""

    document: StandardDocument
    on: dt.date
    is_assigned: bool = False
    application: int | None = None

    @cached_property
    def visit_on(self) -> dt.date:
        return likely_visit(self.document, self.on, is_assigned=self.is_assigned)

    @cached_property
    def general(self) -> Age | None:
        months = self.document.evidence_max_age_months
        return Age(months, self.document.is_confirmed("evidence_max_age_months")) if months else None

    @cached_property
    def ages(self) -> dict[str, Age]:
        """The age of each item that has one, by code."""
        found = ((part.code, self._age(part)) for part in self.document.items)
        return {code: age for code, age in found if age}

    def _age(self, part: Requirement | Criterion | Measure) -> Age | None:
        if isinstance(part, Requirement):
            return Age(part.max_age_months, part.is_confirmed) if part.max_age_months else None
        months = most_months(self.document, part)
        if not months or (self.general and months == self.general.months):
            return self.general if months else None
        rules = [rule for rule in part.evidence_rules if rule.max_age_months == months]
        return Age(months, all(rule.is_confirmed for rule in rules))

    def life(self, age: Age, day: dt.date) -> Life:
        until = months_after(day, age.months)
        return Life(words_of(self.document, "short_title"), age, until, self.visit_on, self.on)


@dataclass(frozen=True)
class Courses:
    """What the documents of an employer may be needed for, in two queries."""

    under_way: tuple[Course, ...]
    in_force: tuple[Course, ...]

    @classmethod
    def of(cls, employer: Employer, today: dt.date) -> Courses:
        return cls(tuple(_under_way(employer, today)), tuple(_in_force(today)))

    def lives(self, document: Document, uses: Iterable[tuple[int, str]]) -> list[Life]:
        """One a standard, the shortest first. ``uses``: application and item; none for a document without a date."""
        day = newest_day(document.issued_on, document.proves_until)
        if day is None:
            return []
        found: dict[str, Life] = {}
        for course, age in self._asked(set(uses)):
            life, code = course.life(age, day), course.document.code
            if code not in found or life.valid_until < found[code].valid_until:
                found[code] = life
        return sorted(found.values(), key=lambda life: life.valid_until)

    def _asked(self, uses: set[tuple[int, str]]) -> Iterator[tuple[Course, Age]]:
        known = {course.application: course for course in self.under_way}
        mine = [(known[application], item) for application, item in uses if application in known]
        if not mine:
            yield from ((course, course.general) for course in self.in_force if course.general)
        yield from ((course, course.ages[item]) for course, item in mine if item in course.ages)


def _under_way(employer: Employer, today: dt.date) -> Iterator[Course]:
    rows = Application.objects.filter(employer=employer, state__in=UNDER_WAY).select_related("standard")
    for row in rows.defer("standard__content").annotate(last_sent=Max("submissions__submitted_at")).order_by("pk"):
        sent = row.last_sent or row.submitted_at  # type: ignore[attr-defined]
        on = today if row.is_with_employer or not sent else timezone.localdate(sent)
        yield Course(row.standard.document, on, row.reviewer_id is not None, row.pk)


def _in_force(today: dt.date) -> Iterator[Course]:
    for standard in Standard.objects.in_force().defer("content"):
        yield Course(standard.document, today)
