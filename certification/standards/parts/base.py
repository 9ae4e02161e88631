"""What every part of a standard's document is built on: its kinds of values, its marks and its languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Confirmed = Literal[True, False, "partial"]  # partial: see the note beside it
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=40)]  # a code that is never in an address
Text = Annotated[str, Field(min_length=1)]

# What a reader reads, and so what ``en`` may translate. Codes, numbers and notes for the editors are none of it.
TEXTS = frozenset(
    {"title", "short_title", "former_title", "name", "label", "text", "then", "after", "periodicity", "accreditation"}
    | {"guidance", "why", "example", "enough", "issuer", "evidence", "who", "items", "rules"}
    | {"legal_basis", "office", "signatory_charge", "appeal"}
)


def as_text(value: object) -> object:
    """JSON numbers come as float or int; through their text the decimal is the one that was written."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def plain(value: Decimal) -> str:
    """6, 6.0 and 6.00 are one number, so they are one text."""
    return format(value.normalize(), "f")


# Two decimals: points shown with two decimals, rounded down, can then never contradict a threshold.
Points = Annotated[
    Decimal,
    BeforeValidator(as_text),
    Field(ge=0, decimal_places=2, strict=False),
    PlainSerializer(plain, when_used="json"),
]
Share = Annotated[
    Decimal,
    BeforeValidator(as_text),
    Field(gt=0, lt=1, decimal_places=4, strict=False),
    PlainSerializer(plain, when_used="json"),
]


def _short(value: str) -> str:
    return value.rstrip("0").rstrip(".") if "." in value and "/" not in value else value


# What scoring gives is exact, and may have no end as a decimal: «70», «69.99» or «209/3».
Exact = Annotated[
    str,
    BeforeValidator(as_text),
    Field(pattern=r"^\d{1,9}(\.\d{1,9})?(/[1-9]\d{0,8})?$"),
    AfterValidator(_short),
]
Minutes = Annotated[int, Field(ge=1, le=2000)]
Months = Annotated[int, Field(ge=1, le=240)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Part(BaseModel):
    """Every part of a document: frozen, nothing unknown, nothing coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Worded(Part):
    """A part with texts for readers: Spanish in its own fields, English in ``en`` under the same names.

    A list of texts is translated by a list as long. What ``en`` does not have is shown in Spanish, and marked so.
    """

    en: dict[str, Text | tuple[Text, ...]] = Field(default_factory=dict)


class Marked(Part):
    """A part that says whether it was confirmed against a source. What says nothing is a working value."""

    confirmed: Confirmed = False
    note: str = ""

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed is True


class Guided(Worded, Marked):
    """A part that somebody must fulfil. The guidance is ours, and never the official text."""

    guidance: str = ""  # what is asked, in a sentence
    why: str = ""  # «por qué»
    example: str = ""  # «ejemplo»
    enough: str = ""  # «qué basta»
