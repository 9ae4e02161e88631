"""Numbers that a browser sends."""

import pytest

from accounts.numbers import KEY, number_in


@pytest.mark.parametrize("text", ["", "-1", " 1", "1.0", "uno", "²", "٣", "1" * 10, "9" * 5_000])
def test_what_is_no_number_of_ours(text):
    assert number_in(text) is None


def test_numbers_of_as_many_digits_as_there_is_room_for():
    assert (number_in("0"), number_in("007"), number_in("9" * 9)) == (0, 7, 999_999_999)
    assert (number_in("9" * KEY, KEY), number_in("9" * (KEY + 1), KEY)) == (10**KEY - 1, None)
