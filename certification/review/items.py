"""What is verified one by one: participation requirements, criteria and measures, seen as one kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from certification.review.enums import ItemKind
from certification.standards.document import Criterion, Measure, Requirement, StandardDocument
from certification.standards.enums import Claim
from certification.standards.languages import Words, list_of, words_of

WHOLE = ((Claim.MET.value, _("Cumple")), (Claim.NOT_MET.value, _("No cumple")))
PARTIAL = (WHOLE[0], (Claim.PARTLY.value, _("En parte")), WHOLE[1])
NOT_APPLICABLE = (Claim.NOT_APPLICABLE.value, _("No aplica"))


@dataclass(frozen=True)
class ItemPart:
    """A line of the rubric: a sub-item, or the item itself when it has none."""

    code: str
    title: Words
    choices: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Item:
    code: str
    kind: ItemKind
    title: Words
    official_number: str
    guidance: Words
    evidence: tuple[Words, ...]
    parts: tuple[ItemPart, ...]
    is_critical: bool = False

    @property
    def rule(self) -> str:
        """How the rule is named when a person does not say it more precisely: in Spanish, which is what is recorded."""
        return " ".join(part for part in (self.official_number or self.code, self.title.spanish) if part)[:250]


def items_of(document: StandardDocument) -> tuple[Item, ...]:
    """All items, in the order of the gates: requirements, criteria, measures."""
    return (
        *(_of_requirement(part) for part in document.participation_requirements),
        *(_of_criterion(part) for part in document.criteria),
        *(_of_measure(part) for part in document.measures),
    )


def outcome_of(claims: Iterable[str]) -> Claim:
    """The result of an item from those of its parts. What does not apply neither helps nor harms."""
    values = {Claim(value) for value in claims}
    counted = values - {Claim.NOT_APPLICABLE}
    if not counted:
        return Claim.NOT_APPLICABLE if values else Claim.NOT_MET
    return counted.pop() if len(counted) == 1 else Claim.PARTLY


def _of_requirement(part: Requirement) -> Item:
    rubric = (ItemPart(part.code, words_of(part), WHOLE),)
    guidance = words_of(part, "guidance" if part.guidance else "issuer")
    return Item(part.code, ItemKind.REQUIREMENT, words_of(part), "", guidance, (), rubric)


def _of_criterion(part: Criterion) -> Item:
    lines = part.sub_items or (part,)
    rubric = tuple(
        ItemPart(
            line.code, words_of(line), (*PARTIAL, NOT_APPLICABLE) if part.na_allowed or line.na_allowed else PARTIAL
        )
        for line in lines
    )
    return Item(
        part.code,
        ItemKind.CRITERION,
        words_of(part),
        part.official_number,
        words_of(part, "guidance"),
        list_of(part, "evidence"),
        rubric,
        is_critical=part.critical,
    )


def _of_measure(part: Measure) -> Item:
    return Item(
        part.code,
        ItemKind.MEASURE,
        words_of(part),
        "",
        Words(""),
        list_of(part, "evidence"),
        (ItemPart(part.code, words_of(part), WHOLE),),
    )
