"""Where workplaces answer otherwise, prepared for pages: no queries beyond the dossier's."""

from __future__ import annotations

from dataclasses import dataclass

from certification.applications.dossier import Dossier
from certification.applications.models import LocalAnswer
from certification.applications.readiness import local_address
from certification.standards.enums import Claim
from certification.standards.scoring import claim_of
from certification.standards.workplaces import lines_of
from employers.models import Workplace


@dataclass(frozen=True)
class OwnAnswer:
    """The answer of one workplace. ``parts`` are the sub-items that it claims otherwise: title and claim."""

    answer: LocalAnswer
    workplace: Workplace
    claim: Claim | None  # of the whole criterion in that workplace
    parts: tuple[tuple[str, Claim | None], ...]
    url: str  # where the employer changes it


def own_answers(dossier: Dossier, code: str) -> list[OwnAnswer]:
    """The workplaces with an answer of their own to a criterion, in the order of the application."""
    return [_own(dossier, code, answer) for answer in dossier.local.get(code, {}).values()]


def claims_of(answer: LocalAnswer) -> dict[str, Claim]:
    return {code: Claim(value) for code, value in answer.claims.items()}


def _own(dossier: Dossier, code: str, answer: LocalAnswer) -> OwnAnswer:
    criterion, general = dossier.document.criterion(code), dossier.answers.get(code)
    inherited = {part: Claim(value) for part, value in general.claims.items()} if general else {}
    lines, others = lines_of(criterion, claims_of(answer)), lines_of(criterion, inherited)
    parts = tuple(
        (f"{part.code} {part.title}", lines[part.code])
        for part in criterion.sub_items
        if lines[part.code] != others[part.code]
    )
    return OwnAnswer(
        answer=answer,
        workplace=answer.workplace,
        claim=claim_of(criterion, claims_of(answer)),
        parts=parts,
        url=local_address(dossier.application, code, answer.workplace),
    )
