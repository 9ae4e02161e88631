"""Stored cases, run: each example employer is scored, and what comes out is held against what was worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from certification.standards.checks.place import Path, Problem
from certification.standards.document import StandardDocument
from certification.standards.enums import Claim
from certification.standards.parts import Case, Criterion
from certification.standards.results import Facts, LocalClaims, RequirementFact, Score
from certification.standards.scoring import score
from certification.standards.wording import shown

REMEDY = "Corrige el caso si la cuenta a mano está mal, o la norma si cambió sin querer."


def facts_of(document: StandardDocument, case: Case) -> Facts:
    """What the example employer claims; ``otherwise`` stands for every criterion that the case does not name."""
    claims: dict[str, Claim] = dict(case.claims)
    if case.otherwise is not None:
        for criterion in document.criteria:
            claims.setdefault(criterion.code, case.otherwise)
    local = {criterion.code: own for criterion in document.criteria if (own := _own(criterion, case))}
    requirements = {
        code: RequirementFact(present=said is not False, issued_on=None if isinstance(said, bool) else said)
        for code, said in case.requirements.items()
    }
    figures = {figure.value: count for figure, count in case.figures.items()}
    return Facts(
        case.as_of, claims, requirements, dict(case.measures), figures, local=local, workplaces=len(case.local) or 1
    )


def _own(criterion: Criterion, case: Case) -> tuple[LocalClaims, ...]:
    """What single workplaces claim of the criterion; one that names nothing of it claims what all do."""
    codes, found = {criterion.code, *(item.code for item in criterion.sub_items)}, []
    for workplace, said in case.local.items():
        claims = {code: claim for code, claim in said.items() if code in codes}
        if claims and case.otherwise is not None:
            claims.setdefault(criterion.code, case.otherwise)
        if claims:
            found.append(LocalClaims(workplace, claims))
    return tuple(found)


def score_case(document: StandardDocument, case: Case) -> Score:
    return score(document, facts_of(document, case))


def case_problems(document: StandardDocument) -> list[Problem]:
    """Every expectation that scoring does not meet, with what was expected and what was found."""
    return [problem for index, case in enumerate(document.cases) for problem in _case(document, case, index)]


def _case(document: StandardDocument, case: Case, index: int) -> Iterator[Problem]:
    result, expected = score_case(document, case), case.expected
    for key, wanted, found in _compared(result, case):
        if wanted != found:
            path: Path = ("cases", index, "expected", *key.split("."))
            yield Problem(path, f"El caso «{case.code}» espera {key}: {wanted}, y sale {found}.", REMEDY)
    if expected.missing is not None:
        found_codes = {missing.code for missing in result.missing}
        if set(expected.missing) != found_codes:
            wanted, found = ", ".join(sorted(expected.missing)), ", ".join(sorted(found_codes))
            said = f"El caso «{case.code}» espera que falte: {wanted or 'nada'}, y falta: {found or 'nada'}."
            yield Problem(("cases", index, "expected", "missing"), said, REMEDY)


def _compared(result: Score, case: Case) -> Iterator[tuple[str, str, str]]:
    """Key, expected and found, as they are written in the file."""
    expected = case.expected
    yield "points", _exact(expected.exact_points), _exact(result.points)
    for gate in result.gates:
        yield f"gates.{gate.code}", getattr(expected.gates, gate.code).value, gate.state.value
    yield "level", expected.level or "null", result.level.code if result.level else "null"
    if expected.outcome is not None:
        yield "outcome", expected.outcome, result.outcome.code if result.outcome else "null"


def _exact(number: Fraction) -> str:
    """«69.99», or «209/3 (69.66…)» where no two decimals say it."""
    text = shown(number)
    return text if Fraction(text) == number else f"{number} ({text}…)"
