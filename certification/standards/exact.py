"""Exact numbers, made and added without being reduced at each step: scoring does little else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm


@lru_cache(maxsize=4096)
def exact(number: Decimal) -> Fraction:
    """A number of a document; the same few come again and again."""
    return Fraction(number)


@lru_cache(maxsize=4096)
def share(number: Decimal, parts: int) -> Fraction:
    """What each of ``parts`` equal parts has of it."""
    return Fraction(number) / parts


def total(numbers: Iterable[Fraction]) -> Fraction:
    """Their sum; zero for none. Reduced once, at the end."""
    above, below = 0, 1
    for number in numbers:
        part, whole = number.as_integer_ratio()
        if below % whole:
            common = lcm(below, whole)
            above, below = above * (common // below), common
        above += part * (below // whole)
    return Fraction(above, below)


def in_units(numbers: Sequence[Fraction]) -> list[int]:
    """The same numbers as whole ones of their common unit: fractions take ten times as long to compare."""
    unit = lcm(*(number.denominator for number in numbers))
    return [number.numerator * (unit // number.denominator) for number in numbers]


def rescaled(part: Fraction, whole: Fraction, most: Fraction) -> Fraction:
    """``part`` of ``whole``, brought to ``most``; zero where the whole is."""
    if not part or not whole:
        return Fraction(0)
    return part if whole == most else part * most / whole


def portion(minutes: int, part: Fraction, whole: Fraction) -> int:
    """``minutes`` for ``part`` of ``whole``, rounded up."""
    (above, below), (all_above, all_below) = part.as_integer_ratio(), whole.as_integer_ratio()
    return -(-minutes * above * all_below // (below * all_above))
