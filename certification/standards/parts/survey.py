"""The climate survey that a standard asks for: its questions by section, how they are scored, and the sample.

The portal takes no surveys yet: it keeps the rules, and the wording of the questions is in the official text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from certification.standards.parts.base import Code, Confirmed, Marked, Name, Part, Points, Share, Text, as_text, plain

Count = Annotated[int, Field(ge=1)]
Deviation = Annotated[
    Decimal, BeforeValidator(as_text), Field(gt=0, strict=False), PlainSerializer(plain, when_used="json")
]


class Scale(Part):
    """The answers of a question, and their points where agreeing is good, or bad. One that is not scored has none."""

    code: Name
    options: Annotated[tuple[Text, ...], Field(min_length=2)]
    scored: bool = True
    points_if_favorable: tuple[Annotated[int, Field(ge=0)], ...] = ()
    points_if_unfavorable: tuple[Annotated[int, Field(ge=0)], ...] = ()
    points_confirmed: Confirmed = False


class Band(Part):
    code: Name
    min_mean: Points


class Bands(Marked):
    items: Annotated[tuple[Band, ...], Field(min_length=1)]


class SampleLevel(Marked):
    """``z`` is the deviation that belongs to the confidence."""

    confidence: Share
    error: Share
    z: Deviation


class SampleRow(Part):
    headcount: Count
    initial: Count
    surveillance: Count


class Sample(Part):
    formula: Text
    formula_confirmed: Confirmed = False
    p: Share
    initial_and_recertification: SampleLevel
    surveillance: SampleLevel | None = None
    table_note: str = ""
    table: tuple[SampleRow, ...] = ()


class Demographic(Part):
    key: Name
    options: Annotated[tuple[Text, ...], Field(min_length=2)]


class Preliminary(Part):
    scale: Name
    items: tuple[Text, ...]


class Question(Part):
    """``topic`` is ours; ``favorable`` whether agreeing is good; ``conditional`` is asked of some people only."""

    n: Count
    topic: Text
    favorable: bool
    conditional: bool = False


class SurveySection(Part):
    code: Code
    title: Text
    scale: Name
    max_points: Count
    items: Annotated[tuple[Question, ...], Field(min_length=1)]


class Survey(Marked):
    title: Text
    anonymous: bool
    items_count: Count
    max_points: Count
    points_per_item_max: Count
    scales: Annotated[tuple[Scale, ...], Field(min_length=1)]
    bands: Bands | None = None
    sample: Sample | None = None
    demographics: tuple[Demographic, ...] = ()
    preliminary: Preliminary | None = None
    sections: Annotated[tuple[SurveySection, ...], Field(min_length=1)]
