"""Where workplaces answer otherwise, prepared for pages: no queries beyond the dossier's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from certification.applications.addresses import local_address
from certification.applications.dossier import Dossier
from certification.applications.hub import Item
from certification.applications.models import CriterionAnswer, LocalAnswer
from certification.standards.enums import Claim
from certification.standards.parts import SubItem
from certification.standards.scoring import claim_of
from certification.standards.workplaces import lines_of
from employers.models import Workplace


@dataclass(frozen=True)
class OwnAnswer:
    """The answer of one workplace. ``parts`` are the sub-items that it claims otherwise: part and claim."""

    answer: LocalAnswer
    workplace: Workplace
    claim: Claim | None  # of the whole criterion in that workplace
    parts: tuple[tuple[SubItem, Claim | None], ...]
    url: str  # where the employer changes it


def own_answers(dossier: Dossier, code: str) -> list[OwnAnswer]:
    """The workplaces with an answer of their own to a criterion, in the order of the application."""
    return [_own(dossier, code, answer) for answer in dossier.local.get(code, {}).values()]


@dataclass(frozen=True)
class Place:
    """A workplace beside a criterion. ``own`` None: it stands by what its employer answers."""

    workplace: Workplace
    own: OwnAnswer | None


def places(dossier: Dossier, code: str) -> list[Place]:
    """Every workplace, in order, with its own answer where it has one; nothing where there is only one workplace."""
    own = {one.workplace.pk: one for one in own_answers(dossier, code)}
    found = [Place(workplace, own.get(workplace.pk)) for workplace in dossier.workplaces]
    return found if len(found) > 1 else []


def of_workplace(dossier: Dossier, item: Item, workplace: Workplace) -> dict[str, Any]:
    """What the page of a workplace shows instead of its employer's: its answer, its evidence, and what it inherits."""
    criterion = dossier.document.criterion(item.code)
    lines, parts = (
        lines_of(criterion, inherited_claims(dossier, item.code)),
        {part.code: part for part in criterion.sub_items},
    )
    return {
        "item": replace(
            item,
            answer=dossier.local.get(item.code, {}).get(workplace.pk),
            carried_from=dossier.carried_from(item.code, workplace.pk),
            uses=[use for use in item.uses if use.workplace_id in (None, workplace.pk)],
        ),
        "general": dossier.answers.get(item.code),
        "inherited": [(parts.get(code), claim) for code, claim in lines.items()],
    }


def general_word(dossier: Dossier, code: str) -> str:
    """What the workplaces without an answer of their own claim of a criterion; nothing where there are none."""
    if len(dossier.local.get(code, {})) >= len(dossier.workplaces):
        return ""
    claim = claim_of(dossier.document.criterion(code), inherited_claims(dossier, code))
    return str(claim.label) if claim else _("sin responder")


def inherited_claims(dossier: Dossier, code: str) -> dict[str, Claim]:
    """What the employer claims of a criterion, for every workplace without an answer of its own."""
    general = dossier.answers.get(code)
    return claims_of(general) if general else {}


def claims_of(answer: CriterionAnswer) -> dict[str, Claim]:
    return {code: Claim(value) for code, value in answer.claims.items()}


def _own(dossier: Dossier, code: str, answer: LocalAnswer) -> OwnAnswer:
    criterion = dossier.document.criterion(code)
    lines, others = lines_of(criterion, claims_of(answer)), lines_of(criterion, inherited_claims(dossier, code))
    parts = tuple((part, lines[part.code]) for part in criterion.sub_items if lines[part.code] != others[part.code])
    return OwnAnswer(
        answer=answer,
        workplace=answer.workplace,
        claim=claim_of(criterion, claims_of(answer)),
        parts=parts,
        url=local_address(dossier.application, code, answer.workplace),
    )
