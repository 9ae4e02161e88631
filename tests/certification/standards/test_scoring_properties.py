"""What holds for any document and any claims."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.standards.enums import Claim, GateState
from certification.standards.scoring import Facts, MissingKind, RequirementFact, score
from certification.standards.wording import shown
from tests.certification.standards.factories import NAMES, document_of

ON = dt.date(2026, 11, 3)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
BETTER = {None: Claim.NOT_MET, Claim.NOT_MET: Claim.PARTLY, Claim.PARTLY: Claim.MET}


def answerable(document):
    """Codes that a claim may stand on: sub-items, or criteria without any."""
    return [item.code for criterion in document.criteria for item in (criterion.sub_items or (criterion,))]


@st.composite
def cases(draw):
    name = draw(st.sampled_from(NAMES))
    document = document_of(name)
    claims = {
        code: claim
        for code in answerable(document)
        if (claim := draw(st.sampled_from([*Claim, Claim.MET, Claim.MET, Claim.MET, None])))
    }
    for criterion in document.criteria:
        if draw(st.integers(0, 9)) == 0:
            claims[criterion.code] = draw(st.sampled_from(list(Claim)))
    papers = {
        requirement.code: RequirementFact(True, ON - dt.timedelta(days=draw(st.integers(0, 200))))
        for requirement in document.participation_requirements
        if draw(st.integers(0, 9))
    }
    measures = {measure.code: draw(st.booleans()) for measure in document.measures}
    figures = {
        "plantilla_total": draw(st.integers(0, 300)),
        "personas_del_sexo_con_menor_presencia": draw(st.integers(0, 150)),
        "directivos_mujeres": draw(st.none() | st.integers(0, 20)),
        "directivos_total": draw(st.none() | st.integers(0, 40)),
        "plantilla_discapacidad": draw(st.none() | st.integers(0, 20)),
    }
    return name, Facts(on=ON, claims=claims, requirements=papers, measures=measures, figures=figures)


def with_claim(facts, code, claim):
    return Facts(
        on=facts.on,
        claims={**facts.claims, code: claim},
        requirements=facts.requirements,
        measures=facts.measures,
        figures=facts.figures,
    )


def rank(document, level):
    return document.levels.index(level) if level else -1


@patient
@given(cases(), st.data())
def test_meeting_more_never_lowers_points_or_level(case, data):
    document, facts = document_of(case[0]), case[1]
    code = data.draw(st.sampled_from(answerable(document)))
    inherited = {item.code: facts.claims.get(one.code) for one in document.criteria for item in one.sub_items}
    claim = facts.claims.get(code, inherited.get(code))
    if claim == Claim.NOT_APPLICABLE:
        return
    before, after = score(document, facts), score(document, with_claim(facts, code, BETTER.get(claim, Claim.MET)))
    assert after.points >= before.points
    assert rank(document, after.level) >= rank(document, before.level)


@patient
@given(cases())
def test_points_are_bounded_and_shown_never_above(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    assert 0 <= result.points <= result.max_points
    assert Fraction(result.shown_points) <= result.points
    assert (Fraction(result.shown_points) >= result.threshold) == (result.points >= result.threshold)
    assert all(0 <= criterion.points <= criterion.max_points for criterion in result.criteria)


@patient
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_the_facts_does_not_matter(case, random):
    document, facts = document_of(case[0]), case[1]

    def shuffled(mapping):
        items = list(mapping.items())
        random.shuffle(items)
        return dict(items)

    again = Facts(
        on=facts.on,
        claims=shuffled(facts.claims),
        requirements=shuffled(facts.requirements),
        measures=shuffled(facts.measures),
        figures=shuffled(facts.figures),
    )
    assert score(document, again) == score(document, facts)


@patient
@given(cases())
def test_a_critical_criterion_that_is_not_satisfied_always_blocks(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    failed = [criterion.code for criterion in result.criteria if criterion.critical and not criterion.is_satisfied]
    if failed:
        assert result.level is None
        assert set(failed) <= {reason.item for reason in result.criteria_gate.reasons}
        assert set(failed) <= {missing.code for missing in result.missing}


@patient
@given(cases(), st.data())
def test_not_applicable_never_scores_more_than_meeting(case, data):
    document, facts = document_of(case[0]), case[1]
    criterion = data.draw(st.sampled_from(document.criteria))
    code = data.draw(st.sampled_from([criterion.code, *(item.code for item in criterion.sub_items)]))
    facts = Facts(on=ON, claims={key: value for key, value in facts.claims.items() if key != criterion.code})
    met = {item.code: Claim.MET for item in criterion.sub_items} if code == criterion.code else {}
    best = with_claim(facts, code, Claim.MET)
    for key, claim in met.items():
        best = with_claim(best, key, claim)
    assert score(document, with_claim(facts, code, Claim.NOT_APPLICABLE)).points <= score(document, best).points


@patient
@given(cases())
def test_a_level_means_three_open_gates_and_its_own_numbers(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    assert (result.level is not None) == all(gate.state == GateState.OPEN for gate in result.gates)
    assert all(bool(gate.reasons) != gate.is_open for gate in result.gates)
    if result.level:
        assert result.points >= result.level.min_points
        assert result.measures_met >= result.level.min_measures


@patient
@given(cases())
def test_doing_what_is_missing_reaches_the_next_level(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    if result.next_level is None:
        return
    codes = {missing.code for missing in result.missing}
    claims = dict(facts.claims)
    for criterion in document.criteria:
        if criterion.code in codes:
            claims |= {item.code: Claim.MET for item in criterion.sub_items} | {criterion.code: Claim.MET}
    papers = {**facts.requirements, **{code: RequirementFact(True, ON) for code in codes if document.item(code)}}
    done = score(document, Facts(on=ON, claims=claims, requirements=papers))
    assert done.participation.is_open
    assert done.criteria_gate.is_open
    assert done.points >= result.next_level.min_points


@patient
@given(cases())
def test_nothing_that_is_missing_is_needless(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    if result.next_level is None:
        return
    gaps = [missing for missing in result.missing if missing.kind == MissingKind.CRITERION]
    spare = [missing.gain for missing in gaps if not missing.critical]
    reached = result.points + sum(missing.gain for missing in gaps)
    if spare:
        assert reached - min(spare) < max(result.next_level.min_points, result.threshold)
    kinds = [missing.kind for missing in result.missing]
    assert kinds == sorted(kinds, key=list(MissingKind).index)
    critical = [missing.critical for missing in gaps]
    assert critical == sorted(critical, reverse=True)


@patient
@given(cases(), st.data())
def test_one_more_paper_figure_or_measure_never_lowers_the_level(case, data):
    document, facts = document_of(case[0]), case[1]
    papers = {code: RequirementFact(True, ON) for code in facts.requirements}
    absent = [one.code for one in document.participation_requirements if one.code not in papers]
    if absent:
        papers[data.draw(st.sampled_from(absent))] = RequirementFact(True, ON)
    measures = dict(facts.measures)
    if measures:
        measures[data.draw(st.sampled_from(sorted(measures)))] = True
    more = replace(facts, requirements=papers, measures=measures)
    before, after = score(document, facts), score(document, more)
    assert after.measures_met >= before.measures_met
    assert rank(document, after.level) >= rank(document, before.level)


@patient
@given(cases(), st.data())
def test_not_applicable_never_reaches_a_higher_level_than_meeting(case, data):
    document, facts = document_of(case[0]), case[1]
    code = data.draw(st.sampled_from([criterion.code for criterion in document.criteria]))
    inside = {item.code for item in document.criterion(code).sub_items}
    claims = {key: claim for key, claim in facts.claims.items() if key != code and key not in inside}
    met, left_out = (
        score(document, replace(facts, claims={**claims, code: claim})) for claim in (Claim.MET, Claim.NOT_APPLICABLE)
    )
    assert left_out.points <= met.points
    assert rank(document, left_out.level) <= rank(document, met.level)


@given(st.fractions(min_value=0, max_value=200))
def test_what_is_shown_never_contradicts_a_threshold_of_two_decimals(number):
    assert Fraction(shown(number)) <= number < Fraction(shown(number)) + Fraction(1, 100)
    for threshold in (Fraction(70), Fraction(6999, 100), Fraction(1, 100)):
        assert (Fraction(shown(number)) >= threshold) == (number >= threshold)
