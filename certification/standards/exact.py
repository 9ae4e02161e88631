"""Exact numbers, made and added without being reduced at each step: scoring does little else."""

from __future__ import annotations

from collections.abc import Iterable
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
        if below % number.denominator:
            common = lcm(below, number.denominator)
            above, below = above * (common // below), common
        above += number.numerator * (below // number.denominator)
    return Fraction(above, below)


def rescaled(part: Fraction, whole: Fraction, most: Fraction) -> Fraction:
    """``part`` of ``whole``, brought to ``most``; zero where the whole is."""
    if part == 0 or whole == 0:
        return Fraction(0)
    return part if whole == most else part * most / whole
