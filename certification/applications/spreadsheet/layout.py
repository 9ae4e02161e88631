"""Which sheets the workbook has, which columns they have, and the words that stand in cells.

All words are Spanish whatever language the page is read in: a sheet goes round a firm, and comes back by another hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from certification.applications.spreadsheet.values import CLAIM, Kind
from certification.standards.enums import Claim

CLAIM_WORDS = {
    Claim.MET: _("Sí"),
    Claim.PARTLY: _("En parte"),
    Claim.NOT_MET: _("Todavía no"),
    Claim.NOT_APPLICABLE: _("No aplica"),
}
OTHER_CLAIM_WORDS = {"cumple": Claim.MET, "no cumple": Claim.NOT_MET, "todavia no": Claim.NOT_MET}
YES, NO = _("Sí"), _("No")
README, FIGURES, EXPLAINED, CONTROL = "Léeme", "Cifras", "Explicación", "Control"
READ_ALONE = (README, FIGURES, EXPLAINED, CONTROL)  # nothing of what is typed into them is taken
MOST_NOTE, MOST_REFERENCE = 10_000, 100  # characters, as in the forms of the portal


class Typed(Enum):
    """What may be typed into a cell."""

    CLAIM = auto()
    YES_NO = auto()
    DATE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Column:
    """``title`` is put into words when it is written.

    ``part`` is what the cells hold of a stored row; "" for what is there to be read alone.
    """

    title: Any
    width: int
    part: str = ""
    typed: Typed | None = None
    most: int = 0


@dataclass(frozen=True)
class Sheet:
    """A sheet that is read back. ``code_at`` is the column of the code, from 0; ``place_at`` that of the workplace."""

    title: str
    kind: Kind
    columns: tuple[Column, ...]
    code_at: int = 0
    place_at: int | None = None

    def at(self, part: str) -> int:
        """The column that holds a part; every claim stands in the one for claims."""
        wanted = CLAIM if part.startswith(CLAIM) else part
        return next(number for number, column in enumerate(self.columns) if column.part == wanted)


CODE = Column(_("Código"), 11)
ENOUGH = Column(_("Qué basta"), 40)
CLAIMED = Column(_("¿Se cumple?"), 14, CLAIM, Typed.CLAIM)
NOTE = Column(_("¿Cómo lo hacen?"), 60, "note", Typed.TEXT, MOST_NOTE)
SAVED = (Column(_("Se guardó el"), 17), Column(_("Lo guardó"), 22))
GUIDANCE = (Column(_("Qué se pide"), 40), Column(_("Por qué"), 40), Column(_("Ejemplo"), 40))
TAIL = (*GUIDANCE, Column(_("Se encarga"), 22), Column(_("Evidencias"), 11), *SAVED)

PARTICIPATION = Sheet(
    "Participación",
    Kind.REQUIREMENT,
    (
        CODE,
        Column(_("Documento"), 40),
        ENOUGH,
        Column(_("Quién lo emite"), 24),
        Column(_("¿Ya la tienen?"), 14, "is_present", Typed.YES_NO),
        Column(_("Fecha de emisión"), 16, "issued_on", Typed.DATE),
        Column(_("Número o folio"), 24, "reference", Typed.TEXT, MOST_REFERENCE),
        *TAIL,
    ),
)
CRITERIA = Sheet(
    "Criterios",
    Kind.ANSWER,
    (CODE, Column(_("Criterio"), 48), ENOUGH, Column(_("Puntos"), 9), CLAIMED, NOTE, Column(_("Requisito"), 24), *TAIL),
)
WORKPLACES = Sheet(
    "Centros",
    Kind.LOCAL,
    (
        Column(_("Centro"), 30),
        CODE,
        Column(_("Criterio"), 48),
        Column(_("Respuesta general"), 16),
        CLAIMED,
        NOTE,
        Column(_("¿Vale aquí esta respuesta?"), 16, "is_in_force", Typed.YES_NO),
        *SAVED,
    ),
    code_at=1,
    place_at=0,
)
MEASURES = Sheet(
    "Medidas",
    Kind.MEASURE,
    (
        CODE,
        Column(_("Medida"), 48),
        ENOUGH,
        Column(_("Cómo se sabe"), 24),
        Column(_("¿La tienen?"), 14, "is_claimed", Typed.YES_NO),
        Column(_("¿Cómo funciona?"), 60, "note", Typed.TEXT, MOST_NOTE),
        *TAIL,
    ),
)
SHEETS = (PARTICIPATION, CRITERIA, WORKPLACES, MEASURES)
BY_KIND = {sheet.kind: sheet for sheet in SHEETS}


@contextmanager
def in_spanish() -> Iterator[None]:
    with override("es-mx"):
        yield


def folded(text: str) -> str:
    """A word without accents, capitals and double spaces, to be compared."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


@cache
def claim_words(choices: tuple[Claim, ...]) -> tuple[str, ...]:
    with in_spanish():
        return tuple(str(CLAIM_WORDS[one]) for one in choices)


@cache
def claims_by_word() -> dict[str, str]:
    """What the portal calls each claim, and what people call it besides; folded."""
    words = dict(zip(claim_words(tuple(CLAIM_WORDS)), CLAIM_WORDS, strict=True)) | OTHER_CLAIM_WORDS
    return {folded(word): claim.value for word, claim in words.items()}


@cache
def yes_no() -> tuple[str, str]:
    with in_spanish():
        return str(YES), str(NO)


def gone() -> str:
    """The title of what is stored of a code that the version of the standard no longer has."""
    with in_spanish():
        return gettext("Ya no está en esta versión de la norma")
