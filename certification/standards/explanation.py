"""How a score came about, as a tree: label, value, rule, and the parts it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from certification.standards.enums import Claim, Figure
from certification.standards.parts import DeclaredMetric, RatioMetric
from certification.standards.wording import Sentence, say, shown

if TYPE_CHECKING:
    from certification.standards.results import (
        CriterionResult,
        Difference,
        Gate,
        MeasureResult,
        Score,
        SubItemResult,
    )


@dataclass(frozen=True)
class Explained:
    """``label``, ``value`` and ``rule`` are put into words by ``str()``, in a template by printing them."""

    label: Sentence | str
    value: Sentence | str
    rule: Sentence | str
    children: tuple[Explained, ...] = ()
    code: str = ""  # of the criterion, sub-item, requirement or measure, for links


def explain(score: Score) -> Explained:
    """The whole tree: level, then the three gates, then every number down to the last sub-item."""
    level = score.level
    rule = say("explain.no_level")
    if level is not None:
        rule = say(
            "explain.level_rule", title=level.title, points=_number(level.min_points), measures=level.min_measures
        )
    gates = (_participation(score), _criteria(score), _measures(score))
    return Explained(say("explain.level"), level.title if level else "—", rule, gates)


def _number(value: Fraction | Decimal) -> str:
    return shown(Fraction(value))


def _state(gate: Gate) -> str:
    return str(gate.state.label)


def _participation(score: Score) -> Explained:
    children = tuple(
        Explained(
            say("explain.criterion", code=result.code, title=result.title),
            str(result.state.label),
            result.sentence,
            code=result.code,
        )
        for result in score.requirements
    )
    rule = say("explain.participation_rule", on=score.on)
    if not children:
        rule = say("explain.participation_none")
    return Explained(say("explain.participation"), _state(score.participation), rule, children)


def _criteria(score: Score) -> Explained:
    critical = [result for result in score.criteria if result.critical]
    children = (
        _points(score),
        Explained(
            say("explain.threshold"),
            _number(score.threshold),
            say("explain.threshold_rule", points=str(score.points), threshold=str(score.threshold)),
        ),
        Explained(
            say("explain.critical"),
            say("explain.counted", count=sum(1 for result in critical if result.is_satisfied), total=len(critical)),
            say("explain.critical_rule"),
        ),
    )
    rule = say("explain.criteria_rule", threshold=_number(score.threshold))
    return Explained(say("explain.criteria"), _state(score.criteria_gate), rule, children)


def _points(score: Score) -> Explained:
    applying = [result for result in score.criteria if result.applies]
    applicable = sum((result.max_points for result in applying), Fraction(0))
    source = {"standard": score.document.code, "version": score.document.version}
    rule = say("explain.points_rule", **source)
    if applicable != score.max_points:
        earned = sum((result.points for result in applying), Fraction(0))
        rule = say(
            "explain.points_rule_rescaled",
            earned=_number(earned),
            applicable=_number(applicable),
            max=_number(score.max_points),
            **source,
        )
    return Explained(say("explain.points"), _of(score.points, score.max_points), rule, _sections(score))


def _sections(score: Score) -> tuple[Explained, ...]:
    results = {result.code: result for result in score.criteria}
    made = []
    for section in score.document.sections:
        inside = [results[criterion.code] for criterion in section.criteria]
        applying = [result for result in inside if result.applies]
        value = _of(
            sum((result.points for result in applying), Fraction(0)),
            sum((result.max_points for result in applying), Fraction(0)),
        )
        children = tuple(explain_criterion(result, score) for result in inside)
        made.append(
            Explained(say("explain.section", title=section.title), value, say("explain.section_rule"), children)
        )
    return tuple(made)


def explain_criterion(result: CriterionResult, score: Score) -> Explained:
    """One criterion, opened to its sub-items."""
    label = say("explain.criterion", code=result.code, title=result.title)
    if not result.applies:
        return Explained(label, "—", say("explain.criterion_na"), code=result.code)
    rule = say("explain.criterion_whole")
    if result.is_na_refused:
        rule = say("explain.item_na_refused")
    if result.sub_items:
        given = any(item.points is not None for item in score.document.criterion(result.code).sub_items)
        key = "explain.criterion_given" if given else "explain.criterion_shared"
        rule = say(key, count=len(result.sub_items))
    children = tuple(_sub_item(item, score) for item in result.sub_items) or _by_workplace(result.code, score)
    return Explained(label, _of(result.points, result.max_points), rule, children, result.code)


def _by_workplace(code: str, score: Score) -> tuple[Explained, ...]:
    """Where workplaces claim differently: who claims what, and first what counts."""
    return tuple(
        Explained(_where(one), _claim(one.claim), say("explain.stronger" if number else "explain.weakest"))
        for number, one in enumerate(score.differences.get(code, ()))
    )


def _where(one: Difference) -> Sentence:
    """An empty name is of all workplaces that are named nowhere else."""
    if "" in one.workplaces:
        return say("explain.in_the_rest")
    return say("explain.in_workplaces", names=", ".join(one.workplaces))


def _claim(claim: Claim | None) -> Sentence | str:
    return say("explain.unanswered") if claim is None else str(claim.label)


def _sub_item(item: SubItemResult, score: Score) -> Explained:
    key = f"explain.item_{item.claim.value if item.claim else 'unanswered'}"
    if item.is_na_refused:
        key = "explain.item_na_refused"
    value = "—" if item.claim == Claim.NOT_APPLICABLE else _of(item.points, item.max_points)
    label = say("explain.criterion", code=item.code, title=item.title)
    return Explained(label, value, say(key), _by_workplace(item.code, score), item.code)


def _measures(score: Score) -> Explained:
    metrics = {measure.code: measure.metric for measure in score.document.measures}
    children = tuple(_measure(measure, metrics[measure.code]) for measure in score.measures)
    return Explained(
        say("explain.measures"),
        say("explain.counted", count=score.measures_met, total=len(score.measures)),
        say("explain.measures_rule"),
        children,
    )


def _measure(measure: MeasureResult, metric: RatioMetric | DeclaredMetric) -> Explained:
    label = say("explain.criterion", code=measure.code, title=measure.title)
    if isinstance(metric, DeclaredMetric):
        return Explained(label, measure.sentence, say("explain.declared_rule"), code=measure.code)
    value = measure.shown_value or say("explain.unknown")
    return Explained(label, value, measure.sentence, (_ratio(measure, metric),), measure.code)


def _ratio(measure: MeasureResult, metric: RatioMetric) -> Explained:
    rule = say(
        "explain.ratio_rule",
        numerator=_figure(measure.numerator, metric.numerator),
        denominator=_figure(measure.denominator, metric.denominator),
        target=measure.shown_target,
    )
    return Explained(say("explain.arithmetic"), measure.shown_value or "—", rule)


def _figure(count: int | None, figure: Figure) -> Sentence:
    known = say("explain.unknown") if count is None else count
    return say("explain.figure", count=known, name=figure.label)


def _of(points: Fraction, most: Fraction) -> Sentence:
    return say("explain.of", points=_number(points), max=_number(most))
