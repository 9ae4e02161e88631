"""Stored cases: an example employer and what scoring must make of it, worked by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from certification.standards.enums import Claim, Figure, GateState
from certification.standards.parts.base import Code, Exact, Name, Part, Text, Worded


class ExpectedGates(Part):
    participation: GateState
    criteria: GateState
    measures: GateState


class Expected(Part):
    """Points are exact: «70», «69.99» or «209/3». ``level`` null is none."""

    points: Exact
    gates: ExpectedGates
    level: Code | None
    outcome: Name | None = None  # None: not looked at
    missing: tuple[Code, ...] | None = None  # codes on the way to the next level, in any order; None: not looked at

    @property
    def exact_points(self) -> Fraction:
        whole, _, part = self.points.partition("/")
        return Fraction(whole) / int(part or 1)


class Case(Worded):
    """Claims by code of criterion or sub-item; ``otherwise`` is the claim of every criterion that is not named.

    ``requirements``: the day on which the paper was issued, or true for one without a date, or false for a refusal.
    ``local``: all the workplaces by name, where there are several, each with what it claims otherwise; a criterion of
    which one names anything is claimed by it anew, with ``otherwise`` for what it does not name.
    """

    code: Code
    title: Text
    as_of: dt.date  # the day at which the ages of papers are computed; «on» would be a yes in YAML
    otherwise: Claim | None = None
    claims: dict[str, Claim] = Field(default_factory=dict)
    local: dict[Text, dict[str, Claim]] = Field(default_factory=dict)
    requirements: dict[str, dt.date | bool] = Field(default_factory=dict)
    measures: dict[str, bool] = Field(default_factory=dict)
    figures: dict[Figure, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    expected: Expected
