"""Exact numbers that are not reduced at each step are the same numbers."""

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from certification.standards.exact import in_units, portion, rescaled, total

numbers = st.fractions(min_value=-50, max_value=100, max_denominator=360)
amounts = st.fractions(min_value=Fraction(1, 360), max_value=100, max_denominator=360)


@given(st.lists(numbers, max_size=8))
def test_a_total_is_the_sum(some):
    assert total(some) == sum(some, Fraction(0))


@given(st.lists(numbers, min_size=1, max_size=8))
def test_units_keep_what_numbers_are_to_each_other(some):
    units = in_units(some)
    unit = next((number / whole for number, whole in zip(some, units, strict=True) if whole), Fraction(1))
    assert [whole * unit for whole in units] == some
    assert unit > 0


@given(st.integers(min_value=0, max_value=600), amounts, amounts)
def test_a_portion_of_minutes_is_rounded_up(minutes, part, whole):
    assert portion(minutes, part, whole) == ceil(minutes * part / whole)


@given(amounts, amounts, amounts)
def test_rescaling_keeps_the_share(part, whole, most):
    assert rescaled(part, whole, most) / most == part / whole
    assert rescaled(Fraction(0), whole, most) == rescaled(part, Fraction(0), most) == 0
