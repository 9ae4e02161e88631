"""How a score came about, as a tree: label, value, rule, arithmetic, and the parts it was made of.

explain(score) -> Explained        # the whole, for the employer, the reviewer and exports
outline(tree) -> Explained         # without what is said of single items: for a public certificate
as_data(tree) -> dict              # either as JSON data, in Spanish
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils import translation

from certification.standards.enums import Claim, Figure
from certification.standards.languages import Words, words_of
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
    """All but the arithmetic is put into words by ``str()``, in a template by printing it."""

    label: Sentence | Words | str
    value: Sentence | Words | str
    rule: Sentence | str
    children: tuple[Explained, ...] = ()
    code: str = ""  # of the criterion, sub-item, requirement or measure, for links
    arithmetic: str = ""  # exact, such as «6 ÷ 4 ÷ 2 = 0.75»
    text: Sentence | Words | str = ""  # what the standard asks here, or which standard it is


def explain(score: Score) -> Explained:
    """The whole tree: level, then the three gates, then every number down to the last sub-item."""
    level = score.level
    rule = say("explain.no_level")
    if level is not None:
        rule = say(
            "explain.level_rule", title=level.title, points=_number(level.min_points), measures=level.min_measures
        )
    parts = (_participation(score), _criteria(score), _measures(score), _levels(score))
    source = say("explain.source", standard=score.document.code, version=score.document.version)
    value = words_of(level) if level else "—"
    return Explained(say("explain.level"), value, rule, parts, text=source)


def outline(tree: Explained) -> Explained:
    """The tree without requirements, criteria, sub-items and measures: what they were is not told to the public."""
    children = tuple(outline(child) for child in tree.children if not child.code)
    return replace(tree, children=children)


def as_data(tree: Explained) -> dict[str, Any]:
    """The tree as JSON data, in Spanish whoever asks: what is empty is left out."""
    with translation.override("es-mx"):
        said = {name: str(getattr(tree, name)) for name in ("label", "value", "rule", "arithmetic", "text", "code")}
    data: dict[str, Any] = {name: text for name, text in said.items() if text}
    return data | ({"children": [as_data(child) for child in tree.children]} if tree.children else {})


def _levels(score: Score) -> Explained:
    """Every level with what it asks: those up to the one that is given are reached."""
    given = score.document.levels.index(score.level) if score.level else -1
    children = tuple(
        Explained(
            words_of(level),
            say("explain.reached" if number <= given else "explain.not_reached"),
            say("explain.level_asks", points=_number(level.min_points), measures=level.min_measures),
            arithmetic=f"{_compared(score.points, Fraction(level.min_points))}; "
            f"{_compared(Fraction(score.measures_met), Fraction(level.min_measures))}",
        )
        for number, level in enumerate(score.document.levels)
    )
    return Explained(say("explain.levels"), _count(given + 1, len(children)), say("explain.levels_rule"), children)


def _count(count: int, total: int) -> Sentence:
    return say("explain.counted", count=count, total=total)


def _number(value: Fraction | Decimal) -> str:
    return shown(Fraction(value))


def _exact(number: Fraction) -> str:
    """«0.75», or «10/3» where two decimals do not say it: arithmetic that adds up to the last digit."""
    text = shown(number)
    return text if Fraction(text) == number else str(number)


def _sum(numbers: Iterable[Fraction]) -> str:
    parts = list(numbers)
    whole = _exact(sum(parts, Fraction(0)))
    return f"{' + '.join(map(_exact, parts))} = {whole}" if len(parts) > 1 else ""


def _rescaled(earned: Fraction, applicable: Fraction, most: Fraction) -> str:
    """What is earned of what applies, brought to the whole."""
    points = earned * most / applicable if applicable else Fraction(0)
    return f"{_exact(earned)} × {_exact(most)} ÷ {_exact(applicable)} = {_exact(points)}"


def _compared(number: Fraction, least: Fraction) -> str:
    return f"{_exact(number)} {'≥' if number >= least else '<'} {_exact(least)}"


def _state(gate: Gate) -> str:
    return str(gate.state.label)


def _participation(score: Score) -> Explained:
    children = tuple(
        Explained(
            say("explain.criterion", code=result.code, title=_title(score, result.code)),
            str(result.state.label),
            result.sentence,
            code=result.code,
            text=_guidance(score, result.code),
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
            say("explain.threshold_rule", points=_exact(score.points), threshold=_exact(score.threshold)),
            arithmetic=_compared(score.points, score.threshold),
        ),
        Explained(
            say("explain.critical"),
            _count(sum(1 for result in critical if result.is_satisfied), len(critical)),
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
    sections = _sections(score)
    arithmetic = _sum(points for _node, points in sections)
    if applicable != score.max_points:
        earned = sum((result.points for result in applying), Fraction(0))
        arithmetic = _rescaled(earned, applicable, score.max_points)
        rule = say(
            "explain.points_rule_rescaled",
            earned=_number(earned),
            applicable=_number(applicable),
            max=_number(score.max_points),
            **source,
        )
    children = tuple(node for node, _points in sections)
    value = _of(score.points, score.max_points)
    return Explained(say("explain.points"), value, rule, children, arithmetic=arithmetic)


def _sections(score: Score) -> list[tuple[Explained, Fraction]]:
    """Each section, and what its criteria earn."""
    results = {result.code: result for result in score.criteria}
    made = []
    for section in score.document.sections:
        inside = [results[criterion.code] for criterion in section.criteria]
        applying = [result for result in inside if result.applies]
        earned = sum((result.points for result in applying), Fraction(0))
        value = _of(earned, sum((result.max_points for result in applying), Fraction(0)))
        children = tuple(explain_criterion(result, score) for result in inside)
        arithmetic = _sum(result.points for result in applying)
        rule = say("explain.section_rule")
        made.append((Explained(words_of(section), value, rule, children, arithmetic=arithmetic), earned))
    return made


def explain_criterion(result: CriterionResult, score: Score) -> Explained:
    """One criterion, opened to its sub-items."""
    label = say("explain.criterion", code=result.code, title=_title(score, result.code))
    text = _guidance(score, result.code)
    if not result.applies:
        return Explained(label, "—", say("explain.criterion_na"), code=result.code, text=text)
    value = _of(result.points, result.max_points)
    children = tuple(_sub_item(item, result, score) for item in result.sub_items) or _by_workplace(result.code, score)
    return Explained(label, value, _criterion_rule(result, score), children, result.code, _criterion_sum(result), text)


def _criterion_rule(result: CriterionResult, score: Score) -> Sentence:
    if result.is_na_refused:
        return say("explain.item_na_refused")
    if not result.sub_items:
        return say("explain.criterion_whole")
    key = "explain.criterion_given" if _has_own_points(result, score) else "explain.criterion_shared"
    return say(key, count=len(result.sub_items))


def _has_own_points(result: CriterionResult, score: Score) -> bool:
    return any(item.points is not None for item in score.document.criterion(result.code).sub_items)


def _criterion_sum(result: CriterionResult) -> str:
    applying = [item for item in result.sub_items if item.claim != Claim.NOT_APPLICABLE]
    if not result.sub_items:
        return f"{_exact(result.max_points)} ÷ 2 = {_exact(result.points)}" if result.claim == Claim.PARTLY else ""
    most = sum((item.max_points for item in applying), Fraction(0))
    earned = sum((item.points for item in applying), Fraction(0))
    if most != result.max_points:
        return _rescaled(earned, most, result.max_points)
    return _sum(item.points for item in applying)


def _title(score: Score, code: str) -> Words | str:
    part = score.document.item(code)
    return words_of(part) if part else ""


def _guidance(score: Score, code: str) -> Words | str:
    """What the standard asks of an item, in the words of its document."""
    part = score.document.item(code)
    return words_of(part, "guidance") if part and part.guidance else ""


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


def _sub_item(item: SubItemResult, whole: CriterionResult, score: Score) -> Explained:
    key = f"explain.item_{item.claim.value if item.claim else 'unanswered'}"
    if item.is_na_refused:
        key = "explain.item_na_refused"
    value = "—" if item.claim == Claim.NOT_APPLICABLE else _of(item.points, item.max_points)
    parts = {part.code: part for part in score.document.criterion(whole.code).sub_items}
    label = say("explain.criterion", code=item.code, title=words_of(parts[item.code]))
    inside = _by_workplace(item.code, score)
    return Explained(label, value, say(key), inside, item.code, _sub_item_sum(item, whole, score))


def _sub_item_sum(item: SubItemResult, whole: CriterionResult, score: Score) -> str:
    """The share of the criterion's points, and half of it for «partly»."""
    if item.claim not in {Claim.MET, Claim.PARTLY}:
        return ""
    half = " ÷ 2" if item.claim == Claim.PARTLY else ""
    if _has_own_points(whole, score):
        return f"{_exact(item.max_points)}{half} = {_exact(item.points)}" if half else ""
    return f"{_exact(whole.max_points)} ÷ {len(whole.sub_items)}{half} = {_exact(item.points)}"


def _measures(score: Score) -> Explained:
    metrics = {measure.code: measure.metric for measure in score.document.measures}
    children = tuple(_measure(measure, metrics[measure.code], score) for measure in score.measures)
    return Explained(
        say("explain.measures"),
        _count(score.measures_met, len(score.measures)),
        say("explain.measures_rule"),
        children,
    )


def _measure(measure: MeasureResult, metric: RatioMetric | DeclaredMetric, score: Score) -> Explained:
    label = say("explain.criterion", code=measure.code, title=_title(score, measure.code))
    text = _guidance(score, measure.code)
    if isinstance(metric, DeclaredMetric):
        return Explained(label, measure.sentence, say("explain.declared_rule"), code=measure.code, text=text)
    value = measure.shown_value or say("explain.unknown")
    return Explained(label, value, measure.sentence, (_ratio(measure, metric),), measure.code, text=text)


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
