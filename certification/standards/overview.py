"""The one-page map of a standard: what its document does not say in so many words, counted and put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from certification.standards.document import Level, StandardDocument
from certification.standards.enums import SchemeKind
from certification.standards.languages import Words, words_of
from certification.standards.parts import Deadline

ACTORS: dict[str, str | Promise] = {
    "centro_de_trabajo": _("Tu centro"),
    "consejo_interinstitucional": _("Consejo Interinstitucional"),
    "organismo_de_certificacion": _("Organismo de certificación"),
}
CERTIFIERS: dict[str, str | Promise] = {"organismo_de_certificacion": _("Organismo de certificación acreditado")}


@dataclass(frozen=True)
class Segment:
    """A criterion on the strip of points; sizes in per cent of the whole."""

    label: str
    x: str
    width: str
    middle: str
    critical: bool


@dataclass(frozen=True)
class LevelStep:
    """A level and what it asks beyond the one below."""

    level: Level
    words: Words
    points: Decimal | None  # None: no more than the level below
    measures: int | None


@dataclass(frozen=True)
class StepOnTheWay:
    words: Words
    actor: str | Promise
    optional: bool


@dataclass(frozen=True)
class Overview:
    document: StandardDocument

    @property
    def critical_count(self) -> int:
        return sum(1 for criterion in self.document.criteria if criterion.critical)

    @property
    def critical_points(self) -> Decimal:
        return sum((criterion.max_points for criterion in self.document.criteria if criterion.critical), Decimal(0))

    @property
    def strip(self) -> list[Segment]:
        """Each criterion as wide as its points, in the order of the document."""
        return list(_segments(self.document))

    @property
    def levels(self) -> list[LevelStep]:
        return list(_steps(self.document.levels))

    @property
    def way(self) -> list[StepOnTheWay]:
        steps = sorted(self.document.process.steps, key=lambda step: step.order)
        return [StepOnTheWay(words_of(step), ACTORS.get(step.actor, step.actor), step.optional) for step in steps]

    @property
    def decider(self) -> str | Promise:
        """Who awards: the accredited body of a norm, the authority of a distintivo."""
        certifier = self.document.certifier
        if certifier is not None:
            return CERTIFIERS.get(certifier.kind, certifier.kind)
        return str(words_of(self.document.authorities[0], "name"))

    @property
    def is_norm(self) -> bool:
        return self.document.kind == SchemeKind.NORM

    @property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines that the standard itself sets, by their codes."""
        return {deadline.code: deadline for deadline in self.document.deadlines}

    @property
    def duration(self) -> str | Promise:
        return in_hours(self.document.minutes)

    @property
    def points_confirmed(self) -> bool:
        return self.document.is_confirmed("max_total_points") or self.document.is_confirmed("points")

    @property
    def confirmed(self) -> dict[str, bool]:
        """The general values of the page and whether each was confirmed."""
        names = ("validity_years", "surveillance_months", "threshold", "evidence_max_age_months")
        return {name: self.document.is_confirmed(name) for name in names}

    @property
    def has_working_values(self) -> bool:
        return not (self.points_confirmed and all(self.confirmed.values()))


def in_hours(minutes: int) -> str | Promise:
    """Rounded up to whole hours: it is an estimate, and short ones disappoint."""
    hours = max(1, -(-minutes // 60))
    return ngettext_lazy("alrededor de %(hours)d hora", "alrededor de %(hours)d horas", "hours") % {"hours": hours}


def _segments(document: StandardDocument) -> Iterator[Segment]:
    done, whole = Decimal(0), sum(criterion.max_points for criterion in document.criteria)
    for criterion in document.criteria:
        x, width = 100 * done / whole, 100 * criterion.max_points / whole - Decimal("0.3")
        yield Segment(
            label=criterion.code.rpartition("-")[2].lstrip("R"),
            x=_percent(x),
            width=_percent(width),
            middle=_percent(x + width / 2),
            critical=criterion.critical,
        )
        done += criterion.max_points


def _percent(number: Decimal) -> str:
    return f"{number:.2f}%"


def _steps(levels: tuple[Level, ...]) -> Iterator[LevelStep]:
    first = levels[0]
    yield LevelStep(first, words_of(first), first.min_points, first.min_measures or None)
    for below, level in pairwise(levels):
        points = level.min_points if level.min_points > below.min_points else None
        yield LevelStep(
            level, words_of(level), points, level.min_measures if level.min_measures > below.min_measures else None
        )
