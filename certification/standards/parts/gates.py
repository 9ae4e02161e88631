"""The three gates: participation requirements, criteria with their evidence, measures; and the levels they lead to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from certification.standards.enums import EvidenceKind, Figure, OutcomeWhen
from certification.standards.parts.base import (
    Code,
    Confirmed,
    Guided,
    Marked,
    Minutes,
    Months,
    Part,
    Points,
    Share,
    Text,
    Worded,
)


class Requirement(Guided):
    """A participation requirement: gate one. ``max_age_months`` counts from the day its paper was issued."""

    code: Code
    title: Text
    issuer: str = ""
    max_age_months: Annotated[int, Field(ge=1)] | None = None
    blocks_start: bool = True


class EvidenceRule(Marked):
    """What one line of the plain ``evidence`` list must be. ``title`` is that line, so it is translated there.

    ``required`` without which the criterion is not proved; otherwise it is typical. ``max_age_months`` None is the
    age of the whole document. ``period_months``: the stretch of practice that it proves, such as minutes of a year.
    """

    title: Text
    kinds: Annotated[tuple[EvidenceKind, ...], Field(min_length=1)]
    required: bool = False
    max_age_months: Months | None = None
    period_months: Months | None = None


class SubItem(Worded, Marked):
    code: Code
    title: Text
    official_number: str = ""
    points: Points | None = None  # None: the sub-items share the criterion's points equally
    na_allowed: bool = False


class Verification(Marked):
    on_site: bool = False


class Criterion(Guided):
    code: Code
    title: Text
    official_number: str = ""
    critical: bool = False
    critical_confirmed: Confirmed = False
    max_points: Points
    points_confirmed: Confirmed = False
    na_allowed: bool = False
    justification_required: bool = False  # «no aplica» is only taken with a text that says why
    minutes: Minutes = 20  # our estimate of the work of answering it
    sub_items: tuple[SubItem, ...] = ()
    evidence: tuple[Text, ...] = ()
    evidence_rules: tuple[EvidenceRule, ...] = ()
    verification: Verification | None = None

    def evidence_rule(self, title: str) -> EvidenceRule | None:
        """The rule of a line of ``evidence``, or None where it is merely typical."""
        return next((rule for rule in self.evidence_rules if rule.title == title), None)


class Section(Worded, Marked):
    code: Code
    title: Text
    former_title: str = ""
    max_points: Points
    points_confirmed: Confirmed = False
    all_required: bool = False
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class RatioMetric(Part):
    """Computed from the workforce figures: numerator / denominator ≥ min."""

    kind: Literal["ratio"]
    numerator: Figure
    denominator: Figure
    min: Share


class DeclaredMetric(Part):
    """Declared by the employer and verified by the reviewer."""

    kind: Literal["boolean"]


class Measure(Guided):
    code: Code
    title: Text
    metric: Annotated[RatioMetric | DeclaredMetric, Field(discriminator="kind")]
    evidence: tuple[Text, ...] = ()
    evidence_rules: tuple[EvidenceRule, ...] = ()
    minutes: Minutes = 20


class Level(Worded, Marked):
    code: Code
    title: Text
    min_points: Points
    min_measures: Annotated[int, Field(ge=0)] = 0
    all_critical: bool = True


class Outcome(Worded, Marked):
    """What is decided when the gates stand in one of these ways. The first of the list that holds is the outcome."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Text
    when: Annotated[tuple[OutcomeWhen, ...], Field(min_length=1)]
    text: str = ""  # what follows for the employer
