"""What a standard's document is made of: its sections, criteria, measures, levels, clocks and rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, PlainSerializer

from certification.standards.enums import Figure, StageCode, TermUnit

Confirmed = Literal[True, False, "partial"]  # partial: see the note beside it
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)]
Text = Annotated[str, Field(min_length=1)]


def _as_text(value: object) -> object:
    """JSON numbers come as float or int; through their text the decimal is the one that was written."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _plain(value: Decimal) -> str:
    """6, 6.0 and 6.00 are one number, so they are one text."""
    return format(value.normalize(), "f")


# Two decimals: points shown with two decimals, rounded down, can then never contradict a threshold.
Points = Annotated[
    Decimal, BeforeValidator(_as_text), Field(ge=0, decimal_places=2, strict=False), PlainSerializer(_plain)
]
Share = Annotated[
    Decimal, BeforeValidator(_as_text), Field(gt=0, lt=1, decimal_places=4, strict=False), PlainSerializer(_plain)
]
Minutes = Annotated[int, Field(ge=1, le=2000)]


class Part(BaseModel):
    """Every part of a document: frozen, nothing unknown, nothing coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Marked(Part):
    """A part that says whether it was confirmed against a source. What says nothing is a working value."""

    confirmed: Confirmed = False
    note: str = ""

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed is True


class Confirmation(Marked):
    value: JsonValue = None


class Authority(Marked):
    code: Code
    name: Text
    role: str = ""
    replaces: str = ""


class Certifier(Marked):
    kind: Text
    accreditation: str = ""


class Scope(Marked):
    sectors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    multi_site: bool = False


class LegalBasis(Marked):
    title: Text
    published_on: dt.date | None = None


class EligibilityDocuments(Marked):
    items: tuple[Text, ...] = ()


class Flag(Marked):
    value: bool


class Eligibility(Marked):
    who: tuple[Text, ...] = ()
    documents: EligibilityDocuments | None = None
    must_have_vulnerable_staff: Flag | None = None


class Group(Marked):
    code: Code
    title: Text


class RegistrationField(Part):
    key: Text
    label: Text
    required: bool = False


class RegistrationFields(Marked):
    fields: tuple[RegistrationField, ...] = ()


class Requirement(Marked):
    """A participation requirement: gate one. ``max_age_months`` counts from the day its paper was issued."""

    code: Code
    title: Text
    issuer: str = ""
    guidance: str = ""
    max_age_months: Annotated[int, Field(ge=1)] | None = None
    blocks_start: bool = True


class SubItem(Marked):
    code: Code
    title: Text
    official_number: str = ""
    points: Points | None = None  # None: the sub-items share the criterion's points equally
    na_allowed: bool = False


class Verification(Marked):
    on_site: bool = False


class Criterion(Marked):
    code: Code
    title: Text
    official_number: str = ""
    guidance: str = ""
    critical: bool = False
    critical_confirmed: Confirmed = False
    max_points: Points
    points_confirmed: Confirmed = False
    na_allowed: bool = False
    minutes: Minutes = 20  # our estimate of the work of answering it
    sub_items: tuple[SubItem, ...] = ()
    evidence: tuple[Text, ...] = ()
    verification: Verification | None = None


class Section(Marked):
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


class Measure(Marked):
    code: Code
    title: Text
    metric: Annotated[RatioMetric | DeclaredMetric, Field(discriminator="kind")]
    evidence: tuple[Text, ...] = ()
    minutes: Minutes = 20


class Level(Marked):
    code: Code
    title: Text
    min_points: Points
    min_measures: Annotated[int, Field(ge=0)] = 0
    all_critical: bool = True


class Stage(Marked):
    """The clock of a stage of the portal, and what happens when it runs out."""

    code: StageCode
    title: Text
    amount: Annotated[int, Field(ge=1)]
    unit: TermUnit
    then: Text


class DecisionTexts(Marked):
    """The legal fields of the *dictamen*, offered to whoever decides."""

    legal_basis: Text
    office: Text
    signatory_charge: Text
    appeal: Text


class Step(Part):
    order: int
    code: Code
    title: Text
    actor: str = ""
    optional: bool = False


class Body(Marked):
    code: Code
    title: Text


class Process(Marked):
    steps: tuple[Step, ...] = ()
    decisions: dict[str, tuple[str, ...]] = {}
    bodies: tuple[Body, ...] = ()


class Deadline(Marked):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Text
    amount: Annotated[int, Field(ge=1)] | None
    unit: TermUnit
    max: bool = False
    min: bool = False


class Surveillance(Marked):
    critical_compliance_percent: Annotated[int, Field(ge=0, le=100)]
    improvement_areas_solved_percent_min: Annotated[int, Field(ge=0, le=100)]
    climate_survey_required: bool = False


class Renewal(Marked):
    score_increase_percent_min: Annotated[int, Field(ge=0, le=100)]


class Cause(Marked):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Text
    effect: Text


class SuspensionAndCancellation(Marked):
    causes: tuple[Cause, ...] = ()
    after: str = ""


class Rules(Marked):
    rules: tuple[Text, ...] = ()
    sampling_rule: Confirmation | None = None


class PublicRegistry(Part):
    exists_confirmed: Confirmed = False
    columns_confirmed: Confirmed = False
    columns: tuple[str, ...] = ()
