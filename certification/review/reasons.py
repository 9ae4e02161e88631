"""What a negative verdict must say. The form and the action ask the same question here; the database asks again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from certification.review.items import Item
from certification.standards.enums import Claim

POSITIVE = (Claim.MET, Claim.NOT_APPLICABLE)
SHORTEST_REASON = 20


def is_negative(outcome: str) -> bool:
    return Claim(outcome) not in POSITIVE


def missing_reasons(item: Item, outcome: str, *, pointer: str, rule: str, reason: str) -> dict[str, str]:
    """A sentence for each field that a negative verdict lacks, by the field's name; empty when nothing is missing."""
    if not is_negative(outcome):
        return {}
    found = {}
    if not pointer.strip():
        found["pointer"] = _("Di dónde se ve: documento y página, o qué falta en el expediente.")
    if not rule.strip():
        found["rule"] = _("Di qué regla no se cumple.")
    if len(reason.strip()) < SHORTEST_REASON:
        found["reason"] = _("Escribe la razón con tus palabras: qué viste y qué lo resolvería.")
    elif _folded(reason) in {_folded(text) for text in (rule, pointer, *_texts_of(item))}:
        found["reason"] = _("La razón repite el texto de la regla. Escríbela con tus palabras.")
    return found


def _texts_of(item: Item) -> tuple[str, ...]:
    """In both languages: whoever reviews in English may repeat what an English page shows."""
    said = (item.title, item.guidance, *(part.title for part in item.parts), *item.evidence)
    return (item.rule, *(text for words in said for text in (words.spanish, words.english) if text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .;:")
