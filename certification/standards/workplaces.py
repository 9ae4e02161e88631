"""What counts where the workplaces of an application answer differently: the weakest claim where it applies.

A certificate names all its workplaces, so each of them must hold. Sub-item by sub-item the weakest claim among the
workplaces stands for all: «no cumple», then no answer, then «en parte», then «cumple». What does not apply in one
workplace is judged by those where it applies, and does not apply where it applies in none of them. A refused «no
aplica» stays one, and scoring gives it nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from certification.standards.document import StandardDocument
from certification.standards.enums import Claim
from certification.standards.parts import Criterion
from certification.standards.results import Difference, Facts, LocalClaims

Order = tuple[Claim | None, ...]
WEAKEST_FIRST: Order = (Claim.NOT_MET, None, Claim.PARTLY, Claim.MET)
NA_LAST: Order = (*WEAKEST_FIRST, Claim.NOT_APPLICABLE)  # allowed: it counts where nothing else is claimed
NA_FIRST: Order = (Claim.NOT_APPLICABLE, *WEAKEST_FIRST)  # refused: it is worth nothing
REST = ""  # in place of a name: the workplaces without claims of their own

Claims = Mapping[str, Claim]
Lines = dict[str, Claim | None]


def combined(standard: StandardDocument, facts: Facts) -> Facts:
    """The facts as they count: each criterion with local claims brought to one claim a sub-item.

    Claims that say the same in every workplace stay as they are written.
    """
    if not facts.local:
        return facts  # nearly always
    claims = dict(facts.claims)
    for criterion in _differing(standard, facts):
        for code in _codes(criterion):
            claims.pop(code, None)
        claims |= _weakest(criterion, [one.claims for one in _said(criterion, facts)])
    return replace(facts, claims=claims, local={})


def differences(standard: StandardDocument, facts: Facts) -> dict[str, tuple[Difference, ...]]:
    """By sub-item, or criterion without them, that is not claimed alike everywhere: who claims what, weakest first."""
    found = {}
    for criterion in _differing(standard, facts):
        lines = [(one.workplace, lines_of(criterion, one.claims)) for one in _said(criterion, facts)]
        for code, order in _orders(criterion).items():
            if len({said[code] for _name, said in lines}) > 1:
                found[code] = _grouped([(name, said[code]) for name, said in lines], order)
    return found


def lines_of(criterion: Criterion, claims: Claims) -> Lines:
    """What the claims of one criterion say of each sub-item, or of the criterion where it has none."""
    own = claims.get(criterion.code)
    if not criterion.sub_items:
        return {criterion.code: own}
    if own == Claim.NOT_APPLICABLE and criterion.na_allowed:
        return {item.code: own for item in criterion.sub_items}
    own = Claim.NOT_MET if own == Claim.NOT_APPLICABLE else own
    return {item.code: claims.get(item.code, own) for item in criterion.sub_items}


def _differing(standard: StandardDocument, facts: Facts) -> list[Criterion]:
    return [criterion for criterion in standard.criteria if facts.local.get(criterion.code)]


def _said(criterion: Criterion, facts: Facts) -> list[LocalClaims]:
    """What is claimed of each workplace with claims of its own, and of the rest where there is one."""
    local = facts.local[criterion.code]
    if len(local) >= facts.workplaces:
        return list(local)
    rest = {code: facts.claims[code] for code in _codes(criterion) if code in facts.claims}
    return [LocalClaims(REST, rest), *local]


def _weakest(criterion: Criterion, said: list[Claims]) -> dict[str, Claim]:
    if all(one == said[0] for one in said):
        return dict(said[0])
    lines = [lines_of(criterion, one) for one in said]
    found = {code: min((one[code] for one in lines), key=order.index) for code, order in _orders(criterion).items()}
    return {code: claim for code, claim in found.items() if claim is not None}


def _grouped(said: list[tuple[str, Claim | None]], order: Order) -> tuple[Difference, ...]:
    found = [Difference(claim, tuple(sorted(name for name, own in said if own == claim))) for claim in order]
    return tuple(one for one in found if one.workplaces)


def _orders(criterion: Criterion) -> dict[str, Order]:
    """By sub-item, or criterion without them: the claims from the weakest on."""
    parts = criterion.sub_items or (criterion,)
    return {part.code: NA_LAST if part.na_allowed or criterion.na_allowed else NA_FIRST for part in parts}


def _codes(criterion: Criterion) -> tuple[str, ...]:
    return (criterion.code, *(item.code for item in criterion.sub_items))
