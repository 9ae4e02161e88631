"""Which questions a document asks, and what their answers come to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.applications.diagnosis.questions import MOST_QUESTIONS, diagnose, questions
from certification.standards.document import canonical_data, fingerprint, parse_stored
from certification.standards.enums import Claim
from certification.standards.results import Facts
from certification.standards.scoring import score
from tests.certification.applications.large import document_with
from tests.certification.standards.factories import document_of

DAY = dt.date(2026, 11, 20)
NAMES = ["nmx-r-025-scfi-2015", "distintivo-efr", "distintivo-ei", "distintivo-mexsti"]
YES = Claim.MET.value


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_of_the_four_is_asked_once_in_plain_words(name):
    document = document_of(name)
    asked = questions(document)
    codes = [one.code for one in asked]
    assert len(codes) == len(set(codes)) <= MOST_QUESTIONS
    assert {criterion.code for criterion in document.criteria} <= set(codes)
    assert all(getattr(one.part, one.text) for one in asked)


def test_measures_that_figures_decide_are_not_asked():
    assert [one.code for one in questions(document_of(NAMES[0])) if one.is_measure] == ["M4", "M5"]


def test_a_long_standard_asks_its_critical_ones_first_and_says_how_much_it_asked():
    long = document_with(40)
    document = parse_stored(fingerprint(long), canonical_data(long))
    asked = questions(document)
    critical = [one.code for one in document.criteria if one.critical][:MOST_QUESTIONS]
    assert len(asked) == MOST_QUESTIONS
    assert set(critical) <= {one.code for one in asked}
    assert not diagnose(document, {asked[0].code: YES}, on=DAY).is_whole


@pytest.mark.parametrize("name", NAMES)
def test_all_yes_reaches_and_leaves_no_gap_of_the_criteria(name):
    document = document_of(name)
    made = diagnose(document, {one.code: YES for one in questions(document)}, on=DAY)
    assert made.reaches
    assert made.answered == made.asked
    assert [gap for gap in made.gaps if gap.gain] == []
    assert made.is_whole


def test_one_critical_no_is_named_first_and_closes_the_gate():
    document = document_of(NAMES[0])
    answers = {one.code: YES for one in questions(document)} | {"R02": Claim.NOT_MET.value}
    made = diagnose(document, answers, on=DAY)
    assert (made.reaches, made.critical_open, made.gaps[0].part.code) == (False, 1, "R02")
    assert [axis.short for axis in made.axes] == [True, False]


@given(data=st.data())
def test_points_are_those_of_the_one_scoring_function(data):
    document = document_of(data.draw(st.sampled_from(NAMES)))
    criteria = [one for one in questions(document) if not one.is_measure]
    answers = {one.code: data.draw(st.sampled_from(["", YES, "partly", "not_met"])) for one in criteria}
    claims = {code: Claim(value) for code, value in answers.items() if value}
    made = diagnose(document, answers, on=DAY)
    assert made.score.points == score(document, Facts(on=DAY, claims=claims)).points
    whole = {gap.part.code for gap in made.gaps if gap.gain}
    assert whole == {one.code for one in criteria if answers[one.code] != YES}
