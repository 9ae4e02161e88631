"""What separates a score from the level above: what blocks, then critical criteria, then the cheapest points."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from certification.standards.enums import Claim, GateState
from certification.standards.exact import exact, in_units, portion, total
from certification.standards.results import CriterionResult, Missing, MissingKind, Score, applicable_points
from certification.standards.wording import Sentence, say

MOST_NAMES = 3  # of workplaces in one sentence; of more, their number is said


def missing_for(score: Score) -> tuple[Missing, ...]:
    """Enough for the next level and no more: doing all of it reaches the level."""
    upper = score.next_level
    if upper is None:
        return ()
    needed = max(exact(upper.min_points), score.threshold)
    return (*_papers(score), *_criteria(score, needed - score.points), *_measures(score, upper.min_measures))


def _papers(score: Score) -> tuple[Missing, ...]:
    return tuple(
        Missing(MissingKind.REQUIREMENT, result.code, result.title, critical=True, sentence=result.sentence)
        for result in score.requirements
        if result.blocks_start and result.state != GateState.OPEN
    )


def _criteria(score: Score, short: Fraction) -> tuple[Missing, ...]:
    """All critical ones that are not met, then the cheapest others until ``short`` points are made up."""
    most = applicable_points(score.criteria)
    scale = score.max_points / most if most else Fraction(1)
    gaps = [_gap(result, scale, score) for result in score.criteria if result.applies and not result.is_satisfied]
    blocking = score.document.critical_all_required
    critical = [gap for gap in gaps if gap.critical and blocking]
    critical.sort(key=lambda gap: (gap.minutes, -gap.gain, gap.code))
    short -= total(gap.gain for gap in critical)
    rest = [gap for gap in gaps if gap.gain and not (gap.critical and blocking)]
    return (*critical, *_cheapest(rest, short))


def _cheapest(gaps: list[Missing], short: Fraction) -> list[Missing]:
    """The fewest minutes a point first; the last one is the quickest that makes up what is still short.

    What it makes up beyond that may leave an earlier one without need: it is dropped, the longest first.
    """
    lacking, *units = in_units([short, *(gap.gain for gap in gaps)])
    gain, common = {gap.code: unit for gap, unit in zip(gaps, units, strict=True)}, lcm(*units)
    chosen: list[Missing] = []
    # Minutes a point, times the same number everywhere, so that it is whole.
    left = sorted(gaps, key=lambda gap: (gap.minutes * (common // gain[gap.code]), -gain[gap.code], gap.code))
    while left and gain[left[0].code] < lacking:
        lacking -= gain[left[0].code]
        chosen.append(left.pop(0))
    if not left or lacking <= 0:
        return chosen
    enough = (gap for gap in left if gain[gap.code] >= lacking)
    last = min(enough, key=lambda gap: (gap.minutes, -gain[gap.code], gap.code))
    beyond = gain[last.code] - lacking
    for gap in sorted(chosen, key=lambda gap: -gap.minutes):
        if gain[gap.code] <= beyond:
            beyond -= gain[gap.code]
            chosen.remove(gap)
    return [*chosen, last]


def _gap(result: CriterionResult, scale: Fraction, score: Score) -> Missing:
    short = result.max_points - result.points
    gain = short if scale == 1 else short * scale
    # What is met already costs nothing more.
    left = portion(result.minutes, short, result.max_points) if short else result.minutes
    where = _where(result, score)
    return Missing(MissingKind.CRITERION, result.code, result.title, gain, result.critical, left, where)


def _where(result: CriterionResult, score: Score) -> Sentence | None:
    """Which workplaces lower it, where only some do."""
    if not score.differences:
        return None
    codes = [item.code for item in result.sub_items if item.claim != Claim.MET] or [result.code]
    lowest = [score.differences[code][0] for code in codes if code in score.differences]
    names = sorted({name for one in lowest for name in one.workplaces})
    if not names or "" in names or len(lowest) < len(codes):
        return None
    if len(names) > MOST_NAMES:
        return say("missing.in_many", count=len(names))
    return say("missing.in_workplaces", names=", ".join(names))


def _measures(score: Score, needed: int) -> tuple[Missing, ...]:
    """The nearest ones: those that lack a paper or a figure first, then by how many people they are short."""
    unmet = [measure for measure in score.measures if not measure.met]
    unmet.sort(key=lambda measure: (measure.people_short or 0, measure.minutes, measure.code))
    return tuple(
        Missing(MissingKind.MEASURE, measure.code, measure.title, minutes=measure.minutes, sentence=measure.sentence)
        for measure in unmet[: max(0, needed - score.measures_met)]
    )
