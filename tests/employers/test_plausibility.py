"""Unlikely numbers are asked about; likely ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers import figures
from employers.plausibility import doubts_of

USUAL = {"women": 12, "men": 18}


def rules(before=None, **now):
    return [doubt.rule for doubt in doubts_of({**USUAL, **now}, before, year=2026)]


def test_usual_figures_are_not_questioned():
    levels = {"women_managers": 1, "women_middle": 3, "women_operative": 8}
    before = {"women": 11, "men": 19}
    assert rules(before, **levels, with_disability=2, women_with_disability=1, returned_percent=100) == []


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"women": 0, "men": 0}, "nobody"),
        ({"women_managers": 13}, "part_exceeds_whole:women_managers"),
        ({"men_operative": 19}, "part_exceeds_whole:men_operative"),
        ({"with_disability": 31}, "part_exceeds_whole:with_disability"),
        ({"with_disability": 2, "women_with_disability": 3}, "part_exceeds_whole:women_with_disability"),
        ({"maternity_leave": 13}, "part_exceeds_whole:maternity_leave"),
        ({"men_care_leave": 19}, "part_exceeds_whole:men_care_leave"),
        ({"women_promoted": 13}, "part_exceeds_whole:women_promoted"),
        ({"women_managers": 5, "women_middle": 5, "women_operative": 5}, "parts_do_not_add_up:levels:women"),
        ({"women_managers": 1, "women_middle": 2, "women_operative": 3}, "parts_do_not_add_up:levels:women"),
        ({"men_pay_1": 10, "men_pay_2": 9}, "parts_do_not_add_up:pay:men"),
        ({"women": 10, "men": 10}, "exact_half:women"),
        ({"women_managers": 10, "men_managers": 10}, "exact_half:women_managers"),
        ({"returned_percent": 101}, "percent_over_100:returned_percent"),
    ],
)
def test_what_is_asked(said, rule):
    assert rules(**said) == [rule]


@pytest.mark.parametrize(
    "said",
    [
        {"women": 9, "men": 9},  # in a small workplace halves are common
        {"women_managers": 12},  # all of them direct: unusual, possible
        {"women_managers": 1, "women_middle": 2},  # the third level was not said
        {"with_disability": None, "women_with_disability": 3},
        {"returned_percent": 0},
    ],
)
def test_what_is_not_asked(said):
    assert rules(**said) == []


@pytest.mark.parametrize(
    ("women", "men", "asked"),
    [
        (16, 24, ["jump:staff"]),  # 30 → 40: a third
        (15, 23, []),  # 38: less than a third
        (8, 12, ["jump:staff"]),  # 30 → 20
        (17, 13, ["jump:women"]),  # the staff stays, the women do not
        (7, 23, ["jump:women"]),
    ],
)
def test_a_jump_of_a_third(women, men, asked):
    assert rules(USUAL, women=women, men=men) == asked


def test_a_third_of_very_few_people_is_no_jump():
    assert rules({"women": 4, "men": 5}, women=6, men=7) == []


def test_the_question_says_both_numbers():
    (doubt,) = doubts_of({"women": 16, "men": 24}, USUAL, year=2026)
    assert doubt.question == "La plantilla pasó de 30 personas en 2025 a 40. ¿Qué cambió?"
    assert doubt.numbers == "30 40"


COUNTS = st.dictionaries(st.sampled_from(figures.NAMES), st.none() | st.integers(0, 10_000))


@given(now=COUNTS, before=st.none() | COUNTS)
def test_any_counts_are_judged_once_a_rule_and_point_at_a_field(now, before):
    doubts = doubts_of(now, before, year=2026)
    assert len({doubt.rule for doubt in doubts}) == len(doubts)
    assert {doubt.field for doubt in doubts} <= set(figures.NAMES)
    assert all(len(doubt.rule) <= 60 for doubt in doubts)
    assert all(0 < len(doubt.numbers) <= 60 for doubt in doubts)


def test_small_cells_are_not_for_the_public():
    assert [figures.shown_to_public(count) for count in (None, 0, 1, 4, 5, 90)] == [None, 0, None, None, 5, 90]


@pytest.mark.parametrize(
    ("staff", "shown"), [((12, 18), (12, 18)), ((3, 40), (None, None)), ((40, 4), (None, None)), ((0, 9), (0, 9))]
)
def test_one_small_sex_hides_both(staff, shown):
    assert figures.staff_for_public(*staff) == shown
