"""What scoring takes and what it returns: frozen, exact, and without words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from certification.standards.document import StandardDocument
from certification.standards.enums import Claim, GateState, OutcomeWhen
from certification.standards.exact import total
from certification.standards.explanation import Explained, explain
from certification.standards.parts import Level, Outcome
from certification.standards.wording import Sentence, percent, shown


@dataclass(frozen=True)
class RequirementFact:
    """A participation requirement as claimed or verified. ``present`` False is a refusal; no fact at all waits."""

    present: bool
    issued_on: dt.date | None = None


@dataclass(frozen=True)
class LocalClaims:
    """What one workplace claims of one criterion, instead of what is claimed of all: by criterion or sub-item."""

    workplace: str  # its name
    claims: Mapping[str, Claim]


@dataclass(frozen=True)
class Difference:
    """One of several claims of the same sub-item, and the names of the workplaces it is claimed of."""

    claim: Claim | None  # None is unanswered
    workplaces: tuple[str, ...]  # an empty name: all that have no claims of their own


@dataclass(frozen=True)
class Facts:
    """What is claimed, or what was verified: the same shape for both."""

    on: dt.date  # the day at which the age of papers is computed
    claims: Mapping[str, Claim] = field(default_factory=dict)  # by code of criterion or sub-item
    requirements: Mapping[str, RequirementFact] = field(default_factory=dict)
    measures: Mapping[str, bool] = field(default_factory=dict)  # declared; False also denies a computed one
    figures: Mapping[str, int | None] = field(default_factory=dict)  # by the keys of enums.Figure
    local: Mapping[str, tuple[LocalClaims, ...]] = field(default_factory=dict)  # by criterion: who answers otherwise
    workplaces: int = 1  # how many there are; ``claims`` are of those without local ones


@dataclass(frozen=True)
class Reason:
    """Why a gate is not open. ``item`` is the code it hangs on, empty for the whole."""

    item: str
    sentence: Sentence

    @property
    def code(self) -> str:
        return self.sentence.key

    @property
    def text(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Gate:
    code: str  # participation, criteria, measures
    state: GateState
    reasons: tuple[Reason, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state == GateState.OPEN


@dataclass(frozen=True)
class RequirementResult:
    code: str
    title: str
    state: GateState
    sentence: Sentence
    valid_until: dt.date | None = None  # last day on which it opens the gate; None where it does not age
    blocks_start: bool = True


@dataclass(frozen=True)
class SubItemResult:
    """``max_points`` is the share before rescaling; ``claim`` None is unanswered."""

    code: str
    title: str
    claim: Claim | None
    points: Fraction
    max_points: Fraction
    is_na_refused: bool = False


@dataclass(frozen=True)
class CriterionResult:
    """``points`` of ``max_points`` of the document; neither counts where ``claim`` is NOT_APPLICABLE."""

    code: str
    title: str
    critical: bool
    claim: Claim | None  # derived from the sub-items; None is not begun
    is_complete: bool  # every sub-item is answered
    points: Fraction
    max_points: Fraction
    minutes: int
    sub_items: tuple[SubItemResult, ...] = ()
    is_na_refused: bool = False

    @property
    def is_satisfied(self) -> bool:
        """What a critical criterion must be: met whole, or allowed not to apply."""
        return self.claim in {Claim.MET, Claim.NOT_APPLICABLE}

    @property
    def applies(self) -> bool:
        return self.claim != Claim.NOT_APPLICABLE

    @property
    def share(self) -> Fraction:
        """Part of its points that it earns, from 0 to 1."""
        return self.points / self.max_points if self.max_points else Fraction(0)

    @property
    def shown_points(self) -> str:
        return shown(self.points)


@dataclass(frozen=True)
class MeasureResult:
    """``met`` None is not known yet. ``people_short`` is how many more people reach the target."""

    code: str
    title: str
    met: bool | None
    sentence: Sentence
    minutes: int
    value: Fraction | None = None  # of a ratio, from 0 to 1
    target: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    people_short: int | None = None

    @property
    def shown_value(self) -> str:
        return percent(self.value, self.target) if self.value is not None else ""

    @property
    def shown_target(self) -> str:
        return percent(self.target) if self.target is not None else ""


class MissingKind(StrEnum):
    REQUIREMENT = "requirement"
    CRITERION = "criterion"
    MEASURE = "measure"


@dataclass(frozen=True)
class Missing:
    """One thing that separates from the next level. ``gain`` is exact points; zero for requirements and measures."""

    kind: MissingKind
    code: str
    title: str
    gain: Fraction = Fraction(0)
    critical: bool = False
    minutes: int = 0
    sentence: Sentence | None = None

    @property
    def shown_gain(self) -> str:
        return shown(self.gain)


@dataclass(frozen=True)
class Score:
    document: StandardDocument = field(repr=False, compare=False)
    on: dt.date
    points: Fraction
    max_points: Fraction
    threshold: Fraction
    participation: Gate
    criteria_gate: Gate
    measures_gate: Gate
    requirements: tuple[RequirementResult, ...]
    criteria: tuple[CriterionResult, ...]
    measures: tuple[MeasureResult, ...]
    level: Level | None = None  # None while a gate is not open
    measures_level: Level | None = None  # what the measures would give, were the other gates open
    next_level: Level | None = None  # None at the highest
    missing: tuple[Missing, ...] = ()  # enough for the next level: requirements, then critical, then cheapest first
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)  # by code claimed differently

    @property
    def gates(self) -> tuple[Gate, Gate, Gate]:
        return (self.participation, self.criteria_gate, self.measures_gate)

    @property
    def shown_points(self) -> str:
        return shown(self.points)

    @property
    def measures_met(self) -> int:
        return sum(1 for measure in self.measures if measure.met)

    @property
    def answered(self) -> int:
        """Criteria with every sub-item answered."""
        return sum(1 for criterion in self.criteria if criterion.is_complete)

    def criterion(self, code: str) -> CriterionResult:
        """Raises KeyError."""
        return {result.code: result for result in self.criteria}[code]

    @property
    def outcome(self) -> Outcome | None:
        """The first outcome of the document that holds; None while a gate waits, or where it names none."""
        holds = outcomes_of(self)
        return next((outcome for outcome in self.document.outcomes if holds & set(outcome.when)), None)

    @property
    def explanation(self) -> Explained:
        """The tree in which every number opens to its arithmetic and rule; made when it is asked for."""
        return explain(self)


def applicable_points(criteria: tuple[CriterionResult, ...]) -> Fraction:
    """The document's points of the criteria that apply: what everything is rescaled by."""
    return total(result.max_points for result in criteria if result.applies)


def outcomes_of(score: Score) -> set[OutcomeWhen]:
    """How the gates stand, in the words that outcomes ask for. A gate that waits says nothing yet."""
    if score.level is not None:
        return {OutcomeWhen.PASSES}
    if any(gate.state == GateState.WAITING for gate in score.gates):
        return set()
    lost = {reason.code for reason in score.criteria_gate.reasons}
    holds = {
        OutcomeWhen.PARTICIPATION_FAILS: score.participation.state == GateState.CLOSED,
        OutcomeWhen.CRITICAL_FAILS: "criteria.critical_failed" in lost,
        OutcomeWhen.POINTS_SHORT: "criteria.points_unreachable" in lost,
        OutcomeWhen.MEASURES_FAIL: score.measures_gate.state == GateState.CLOSED,
    }
    return {when for when, is_so in holds.items() if is_so}
