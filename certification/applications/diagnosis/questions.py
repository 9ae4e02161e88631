"""At most 18 plain questions drawn from a standard's document, and what their answers come to. No I/O."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from certification.standards.document import Criterion, Measure, Section, StandardDocument
from certification.standards.enums import Claim
from certification.standards.languages import words_of
from certification.standards.parts import DeclaredMetric
from certification.standards.results import CriterionResult, Facts, Missing, MissingKind, Score
from certification.standards.scoring import score
from certification.standards.wording import shown

MOST_QUESTIONS = 18
MINUTES = 15  # to read and answer all of them; nothing has to be looked up


@dataclass(frozen=True)
class Question:
    """A criterion or a declared measure, asked as a statement: is it so where you work?"""

    part: Criterion | Measure

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def text(self) -> str:
        """The name of the text that says it: what is asked in a sentence, or else the title."""
        return "guidance" if self.part.guidance else "title"

    @property
    def is_measure(self) -> bool:
        return isinstance(self.part, Measure)

    @property
    def may_not_apply(self) -> bool:
        return isinstance(self.part, Criterion) and self.part.na_allowed


@dataclass(frozen=True)
class Block:
    """The questions of a section; the measures are the last block and have no section."""

    section: Section | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Axis:
    """A bar of the profile, on the document's points."""

    code: str
    title: str
    points: str
    maximum: str
    confirmed: bool
    short: bool


@dataclass(frozen=True)
class Gap:
    """What is not whole yet. ``separates``: it is one of those that suffice for the least that is asked."""

    part: Criterion | Measure
    minutes: int
    gain: str
    critical: bool
    separates: bool


@dataclass(frozen=True)
class Diagnosis:
    score: Score
    axes: tuple[Axis, ...]
    gaps: tuple[Gap, ...]
    answered: int
    asked: int
    asked_points: Decimal  # of the criteria that are asked; the whole document's, unless it has many

    @property
    def is_whole(self) -> bool:
        """Whether every criterion was asked about."""
        return self.asked_points == sum(criterion.max_points for criterion in self.score.document.criteria)

    @property
    def reaches(self) -> bool:
        """Whether the answers pass the gate of the criteria; letters and figures are not asked here."""
        return self.score.criteria_gate.is_open

    @property
    def codes(self) -> list[str]:
        """Of the gaps."""
        return [gap.part.code for gap in self.gaps]

    @property
    def critical_open(self) -> int:
        return sum(1 for result in self.score.criteria if result.critical and not result.is_satisfied)


def blocks(document: StandardDocument) -> tuple[Block, ...]:
    """The questions by section in the order of the document: at most MOST_QUESTIONS in all.

    Critical criteria come first, then those of most points, then the measures that are declared: those that are
    reckoned from the staff's figures, and the letters of others, cannot be answered from memory.
    """
    ranked = sorted(document.criteria, key=lambda one: (not one.critical, -one.max_points))
    chosen = {criterion.code for criterion in ranked[:MOST_QUESTIONS]}
    declared = [measure for measure in document.measures if isinstance(measure.metric, DeclaredMetric)]
    made = [
        Block(section, tuple(Question(one) for one in section.criteria if one.code in chosen))
        for section in document.sections
    ]
    made.append(Block(None, tuple(Question(one) for one in declared[: MOST_QUESTIONS - len(chosen)])))
    return tuple(block for block in made if block.questions)


def questions(document: StandardDocument) -> tuple[Question, ...]:
    return tuple(question for block in blocks(document) for question in block.questions)


def diagnose(document: StandardDocument, answers: Mapping[str, str], *, on: dt.date) -> Diagnosis:
    """What the answers come to, by the one scoring function. ``answers``: a value of Claim by code of a question.

    What was not asked or not answered counts as not met; codes that are no question are ignored.
    """
    asked = questions(document)
    given = {one.code: Claim(answers[one.code]) for one in asked if answers.get(one.code)}
    facts = Facts(on=on, claims=_claims(document, given), measures=_measures(document, given))
    scored = score(document, facts)
    axes = tuple(_axis(scored, section, number) for number, section in enumerate(document.sections, start=1))
    weight = sum((one.part.max_points for one in asked if isinstance(one.part, Criterion)), Decimal(0))
    return Diagnosis(scored, axes, _gaps(document, scored), len(given), len(asked), weight)


def _claims(document: StandardDocument, given: Mapping[str, Claim]) -> dict[str, Claim]:
    return {one.code: given[one.code] for one in document.criteria if one.code in given}


def _measures(document: StandardDocument, given: Mapping[str, Claim]) -> dict[str, bool]:
    return {one.code: given[one.code] == Claim.MET for one in document.measures if one.code in given}


def _axis(scored: Score, section: Section, number: int) -> Axis:
    results = [scored.criterion(criterion.code) for criterion in section.criteria]
    return Axis(
        code=str(number),
        title=str(words_of(section, "title")),
        points=shown(sum((result.points for result in results), Fraction(0))),
        maximum=f"{section.max_points.normalize():f}",
        confirmed=section.points_confirmed is True,
        short=any(result.critical and not result.is_satisfied for result in results),
    )


def _gaps(document: StandardDocument, scored: Score) -> tuple[Gap, ...]:
    """What separates from the least that is asked, in the order of the scoring; then the rest by their points."""
    separates = {one.code: one for one in scored.missing if one.kind != MissingKind.REQUIREMENT}
    open_ones = [result for result in scored.criteria if not result.is_satisfied and result.code not in separates]
    rest = sorted(open_ones, key=lambda result: (not result.critical, result.points - result.max_points))
    first = tuple(_separating(document, one) for one in separates.values())
    return (*first, *(_other(document, result) for result in rest))


def _separating(document: StandardDocument, one: Missing) -> Gap:
    measures = {measure.code: measure for measure in document.measures}
    part = measures.get(one.code) or document.criterion(one.code)
    return Gap(part, one.minutes, one.shown_gain if one.gain else "", one.critical, separates=True)


def _other(document: StandardDocument, result: CriterionResult) -> Gap:
    gain = shown(result.max_points - result.points) if result.max_points else ""
    return Gap(document.criterion(result.code), result.minutes, gain, result.critical, separates=False)
