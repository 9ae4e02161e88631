"""What only the whole document can tell: codes once, points that add up, terms, texts and cases that fit together.

It reads plain JSON data and tolerates any shape, so that one run tells all faults, also those beside a wrong type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from certification.standards.checks import advice, arithmetic, cases, survey, terms, texts
from certification.standards.checks.place import Path, Place, Problem

__all__ = ["Path", "Problem", "arithmetic_problems", "problems", "warnings"]

Check = Callable[[Place], Iterator[Problem]]
ARITHMETIC: tuple[Check, ...] = (arithmetic.codes, arithmetic.points, arithmetic.critical, arithmetic.levels)
OTHERS: tuple[Check, ...] = (
    terms.stages,
    terms.deadlines,
    terms.calls,
    terms.silence,
    terms.surveillance,
    terms.outcomes,
    survey.survey,
    texts.english,
    texts.evidence_rules,
    texts.justification,
    cases.codes,
)
ADVICE: tuple[Check, ...] = (advice.english, advice.guidance, advice.terms, advice.reserved, advice.cases)


def problems(data: Any) -> list[Problem]:
    """All problems, in the order of the checks. ``data`` is the document as JSON data."""
    return _found(data, (*ARITHMETIC, *OTHERS))


def arithmetic_problems(data: Any) -> list[Problem]:
    """Those with which scoring would say nothing: codes, points, critical criteria and levels."""
    return _found(data, ARITHMETIC)


def warnings(data: Any) -> list[Problem]:
    """What may be published so, and had better not."""
    return _found(data, ADVICE)


def _found(data: Any, checks: tuple[Check, ...]) -> list[Problem]:
    root = Place((), data)
    return [problem for check in checks for problem in check(root)]
