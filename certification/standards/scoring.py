"""The one scoring function: the same arithmetic for what an employer claims and for what a reviewer verified.

    score(standard: StandardDocument, facts: Facts) -> Score

    Facts(on: date,                                        # day at which the ages of papers are computed
          claims: Mapping[str, Claim] = {},                # by criterion or sub-item code
          requirements: Mapping[str, RequirementFact] = {},  # RequirementFact(present: bool, issued_on: date | None)
          measures: Mapping[str, bool] = {},               # declared; False also denies a measure that is computed
          figures: Mapping[str, int | None] = {},          # keys of enums.Figure (the Spanish words of the data)
          local: Mapping[str, tuple[LocalClaims, ...]] = {},  # by criterion: workplaces that claim something else
          workplaces: int = 1)                             # how many there are

    Score: points, max_points, threshold (exact Fractions), shown_points (str, rounded down),
           participation, criteria_gate, measures_gate (Gate: code, state OPEN/CLOSED/WAITING, reasons, is_open), gates,
           requirements, criteria (CriterionResult: points, max_points, claim, share, sub_items…), measures
           (MeasureResult: met, value, target, people_short, sentence), level, measures_level, next_level
           (document.Level or None), missing (what separates from next_level), explanation (Explained tree),
           differences (who claims what, where workplaces differ), answered, measures_met

Rules, all from the standard's document: a criterion with sub-items earns their sum; without points of their own they
share the criterion's equally; «partly» is half; «not applicable» counts only where allowed and is left out of both
sides, the rest rescaled; unanswered is not met. A claim on a criterion stands for its unanswered sub-items. Where
workplaces claim differently the weakest counts (``workplaces.py``).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from certification.standards.document import StandardDocument
from certification.standards.enums import Claim, GateState
from certification.standards.exact import exact, rescaled, share, total
from certification.standards.explanation import Explained
from certification.standards.languages import words_of
from certification.standards.missing import missing_for
from certification.standards.parts import Criterion, Level, Measure, RatioMetric, Requirement, SubItem
from certification.standards.results import (
    CriterionResult,
    Facts,
    Gate,
    LocalClaims,
    MeasureResult,
    Missing,
    MissingKind,
    Reason,
    RequirementFact,
    RequirementResult,
    Score,
    SubItemResult,
    applicable_points,
)
from certification.standards.wording import Sentence, percent, say, shown
from certification.standards.workplaces import combined, differences

__all__ = [
    "CriterionResult",
    "Explained",
    "Facts",
    "Gate",
    "LocalClaims",
    "MeasureResult",
    "Missing",
    "MissingKind",
    "Reason",
    "RequirementFact",
    "RequirementResult",
    "Score",
    "SubItemResult",
    "score",
]

ZERO = Fraction(0)


def score(standard: StandardDocument, facts: Facts) -> Score:
    """Points, gates, level and what is missing, from the document and the facts alone: no I/O, no clock.

    Points are exact and on the scale of the document (0 to ``max_total_points``). Unknown codes in ``facts`` are
    ignored.
    """
    made = _weighed(standard, combined(standard, facts))
    met = made.measures_met
    level = _highest(standard, made.points, met) if all(gate.is_open for gate in made.gates) else None
    made = replace(
        made,
        level=level,
        measures_level=_highest(standard, None, met),
        next_level=_next(standard, level),
        differences=differences(standard, facts),
    )
    return replace(made, missing=missing_for(made))


def _weighed(standard: StandardDocument, facts: Facts) -> Score:
    """Points and gates; the levels that follow from them are not said yet."""
    requirements = tuple(_requirement(requirement, facts) for requirement in standard.participation_requirements)
    criteria = tuple(_criterion(criterion, facts) for criterion in standard.criteria)
    measures = tuple(_measure(measure, facts) for measure in standard.measures)
    points = points_of(standard, criteria)
    return Score(
        document=standard,
        on=facts.on,
        points=points,
        max_points=exact(standard.max_total_points),
        threshold=exact(standard.threshold),
        participation=_participation(requirements),
        criteria_gate=_criteria_gate(standard, criteria, points),
        measures_gate=_measures_gate(standard, measures),
        requirements=requirements,
        criteria=criteria,
        measures=measures,
    )


# Gate one: participation ------------------------------------------------------
def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day: six months from 31 August is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def _requirement(requirement: Requirement, facts: Facts) -> RequirementResult:
    fact = facts.requirements.get(requirement.code)
    until = None
    if fact and fact.issued_on and requirement.max_age_months:
        until = months_after(fact.issued_on, requirement.max_age_months)
    state, sentence = _requirement_state(requirement, fact, until, facts.on)
    return RequirementResult(
        requirement.code, requirement.title, state, sentence, until, blocks_start=requirement.blocks_start
    )


def _requirement_state(
    requirement: Requirement, fact: RequirementFact | None, until: dt.date | None, on: dt.date
) -> tuple[GateState, Sentence]:
    title = words_of(requirement)
    if fact is None:
        return GateState.WAITING, say("requirement.absent", title=title)
    if not fact.present:
        return GateState.CLOSED, say("requirement.refused", title=title)
    if fact.issued_on and fact.issued_on > on:
        return GateState.CLOSED, say("requirement.future", title=title)
    if requirement.max_age_months and until is None:
        return GateState.WAITING, say("requirement.undated", title=title)
    if until and until < on:
        return GateState.CLOSED, say("requirement.expired", title=title, months=requirement.max_age_months)
    return GateState.OPEN, say("requirement.met")


def _participation(results: tuple[RequirementResult, ...]) -> Gate:
    blocking = [result for result in results if result.blocks_start and result.state != GateState.OPEN]
    return Gate("participation", _worst(result.state for result in blocking), _reasons(blocking))


def _reasons(results: list[RequirementResult]) -> tuple[Reason, ...]:
    return tuple(Reason(result.code, result.sentence) for result in results)


def _worst(states: object) -> GateState:
    found = set(states)  # type: ignore[call-overload]
    if GateState.CLOSED in found:
        return GateState.CLOSED
    return GateState.WAITING if GateState.WAITING in found else GateState.OPEN


# Gate two: criteria -----------------------------------------------------------
def _criterion(criterion: Criterion, facts: Facts) -> CriterionResult:
    own, most = facts.claims.get(criterion.code), exact(criterion.max_points)
    refused = own == Claim.NOT_APPLICABLE and not criterion.na_allowed
    claim = Claim.NOT_MET if refused else own
    items: tuple[SubItemResult, ...] = ()
    is_complete, points = own is not None, _earned(most, claim)
    if criterion.sub_items and claim != Claim.NOT_APPLICABLE:
        items = _sub_items(criterion, facts.claims, claim)
        claim, is_complete = _derived(items), all(item.claim is not None for item in items)
        points = _sum_of(items, most, [item.points for item in items])
    return CriterionResult(
        code=criterion.code,
        title=criterion.title,
        critical=criterion.critical,
        claim=claim,
        is_complete=is_complete,
        points=points,
        max_points=most,
        minutes=criterion.minutes,
        sub_items=items,
        is_na_refused=refused,
    )


def claim_of(criterion: Criterion, claims: Mapping[str, Claim]) -> Claim | None:
    """What claims of sub-items, or of the whole, make of one criterion; None is not begun."""
    return _criterion(criterion, Facts(on=dt.date.min, claims=claims)).claim


def _sub_items(criterion: Criterion, claims: Mapping[str, Claim], own: Claim | None) -> tuple[SubItemResult, ...]:
    """A claim on the criterion, ``own``, stands for those without an answer."""
    return tuple([_sub_item(item, claims.get(item.code, own), criterion) for item in criterion.sub_items])


def _sum_of(items: tuple[SubItemResult, ...], most: Fraction, points: list[Fraction]) -> Fraction:
    """``points`` of the sub-items that apply, brought to ``most``. What does not apply has no points."""
    return rescaled(total(points), total(item.max_points for item in items if item.claim != Claim.NOT_APPLICABLE), most)


def _earned(most: Fraction, claim: Claim | None) -> Fraction:
    if claim == Claim.MET:
        return most
    return most / 2 if claim == Claim.PARTLY else ZERO


def _sub_item(item: SubItem, claim: Claim | None, criterion: Criterion) -> SubItemResult:
    refused = claim == Claim.NOT_APPLICABLE and not (item.na_allowed or criterion.na_allowed)
    if refused:
        claim = Claim.NOT_MET
    whole, parts = (criterion.max_points, len(criterion.sub_items)) if item.points is None else (item.points, 1)
    most = share(whole, parts)
    points = share(whole, 2 * parts) if claim == Claim.PARTLY else _earned(most, claim)  # halved once a process
    return SubItemResult(item.code, item.title, claim, points, most, is_na_refused=refused)


def _derived(items: tuple[SubItemResult, ...]) -> Claim | None:
    claims = {item.claim for item in items} - {Claim.NOT_APPLICABLE}
    if not claims:
        return Claim.NOT_APPLICABLE
    if claims == {Claim.MET}:
        return Claim.MET
    if claims & {Claim.MET, Claim.PARTLY}:
        return Claim.PARTLY
    return Claim.NOT_MET if Claim.NOT_MET in claims else None


def points_of(standard: StandardDocument, criteria: tuple[CriterionResult, ...]) -> Fraction:
    """What is earned of what applies, on the scale of the whole; nothing where nothing applies."""
    return _scaled(standard, criteria, [result.points for result in criteria])


def _scaled(standard: StandardDocument, criteria: tuple[CriterionResult, ...], points: list[Fraction]) -> Fraction:
    earned = total(points[index] for index, result in enumerate(criteria) if result.applies)
    return rescaled(earned, applicable_points(criteria), exact(standard.max_total_points))


def _at_best(result: CriterionResult) -> Fraction:
    """Its points if everything unanswered in it were met."""
    if result.is_complete:
        return result.points
    if not result.sub_items:
        return result.max_points
    best = [item.max_points if item.claim is None else item.points for item in result.sub_items]
    return _sum_of(result.sub_items, result.max_points, best)


def _criteria_gate(standard: StandardDocument, criteria: tuple[CriterionResult, ...], points: Fraction) -> Gate:
    """Closed when a critical criterion is answered and falls short, or the threshold is out of reach."""
    states, reasons = [], []
    for result in criteria:
        if result.critical and standard.critical_all_required and not result.is_satisfied:
            lost = result.applies and _at_best(result) < result.max_points
            states.append(GateState.CLOSED if lost else GateState.WAITING)
            key = "criteria.critical_failed" if lost else "criteria.critical_unanswered"
            reasons.append(Reason(result.code, say(key, title=words_of(standard.criterion(result.code)))))
    threshold = exact(standard.threshold)
    if points < threshold:
        best = _scaled(standard, criteria, [_at_best(result) for result in criteria])
        lost = best < threshold
        states.append(GateState.CLOSED if lost else GateState.WAITING)
        key = "criteria.points_unreachable" if lost else "criteria.points_short"
        reasons.append(Reason("", say(key, points=shown(best if lost else points), threshold=shown(threshold))))
    return Gate("criteria", _worst(states), tuple(reasons))


# Gate three: measures ---------------------------------------------------------
def _measure(measure: Measure, facts: Facts) -> MeasureResult:
    if isinstance(measure.metric, RatioMetric):
        return _ratio(measure, measure.metric, facts)
    declared = facts.measures.get(measure.code)
    key = {True: "measure.declared", False: "measure.denied", None: "measure.undeclared"}[declared]
    return MeasureResult(measure.code, measure.title, declared, say(key), measure.minutes)


def _ratio(measure: Measure, metric: RatioMetric, facts: Facts) -> MeasureResult:
    part, whole = facts.figures.get(metric.numerator.value), facts.figures.get(metric.denominator.value)
    target = exact(metric.min)
    result = MeasureResult(
        code=measure.code,
        title=measure.title,
        met=None,
        sentence=say("measure.figures_missing"),
        minutes=measure.minutes,
        target=target,
        numerator=part,
        denominator=whole,
    )
    if part is None or not whole:
        return result
    if not 0 <= part <= whole:
        return replace(result, met=False, sentence=say("measure.impossible"))
    value = Fraction(part, whole)
    if facts.measures.get(measure.code) is False:
        return replace(result, met=False, value=value, sentence=say("measure.denied"))
    if value >= target:
        return replace(result, met=True, value=value, sentence=_met(value, target))
    people = people_short(part, whole, target)
    sentence = say("measure.people_short", people=people, target=percent(target))
    return replace(result, met=False, value=value, people_short=people, sentence=sentence)


def _met(value: Fraction, target: Fraction) -> Sentence:
    return say("measure.met", value=percent(value), target=percent(target))


def people_short(part: int, whole: int, target: Fraction) -> int:
    """People to add to part and whole alike: (part + n) / (whole + n) ≥ target, the smallest n.

    Whoever fills existing places instead of new ones needs no more than that, so the number is never too small.
    """
    return max(0, ceil((target * whole - part) / (1 - target)))


def _measures_gate(standard: StandardDocument, measures: tuple[MeasureResult, ...]) -> Gate:
    needed = min(level.min_measures for level in standard.levels)
    met = sum(1 for measure in measures if measure.met)
    if met >= needed:
        return Gate("measures", GateState.OPEN)
    unknown = sum(1 for measure in measures if measure.met is None)
    state = GateState.WAITING if met + unknown >= needed else GateState.CLOSED
    return Gate("measures", state, (Reason("", say("measures.short", met=met, needed=needed)),))


# Levels -----------------------------------------------------------------------
def _highest(standard: StandardDocument, points: Fraction | None, met: int) -> Level | None:
    """The highest level for those points (None: whatever they are) and measures. Levels rise, as ``checks`` sees to."""
    reached = [
        level
        for level in standard.levels
        if level.min_measures <= met and (points is None or points >= exact(level.min_points))
    ]
    return reached[-1] if reached else None


def _next(standard: StandardDocument, level: Level | None) -> Level | None:
    above = standard.levels[standard.levels.index(level) + 1 :] if level else standard.levels
    return above[0] if above else None
