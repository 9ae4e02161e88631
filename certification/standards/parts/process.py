"""How an application goes: steps, clocks, rounds, silence and the legal texts of the decision."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from certification.standards.enums import SilenceEffect, StageCode, TermUnit
from certification.standards.parts.base import Code, Marked, Name, Text, Worded


class Stage(Worded, Marked):
    """The clock of a stage of the portal, and what happens when it runs out.

    ``extension``: at most so many units more, where the employer asks for them in time and they are granted.
    """

    code: StageCode
    title: Text
    amount: Annotated[int, Field(ge=1)]
    unit: TermUnit
    extension: Annotated[int, Field(ge=1, le=365)] | None = None
    then: Text


class DecisionTexts(Worded, Marked):
    """The legal fields of the *dictamen*, offered to whoever decides."""

    legal_basis: Text
    office: Text
    signatory_charge: Text
    appeal: Text


class Step(Worded):
    order: int
    code: Code
    title: Text
    actor: str = ""
    optional: bool = False


class Body(Worded, Marked):
    code: Code
    title: Text


class Process(Marked):
    steps: tuple[Step, ...] = ()
    decisions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bodies: tuple[Body, ...] = ()


class Deadline(Worded, Marked):
    code: Name
    title: Text
    amount: Annotated[int, Field(ge=1)] | None
    unit: TermUnit
    max: bool = False
    min: bool = False


class Rounds(Worded, Marked):
    """How often the reviewer may ask for corrections, and what happens after the last time."""

    max: Annotated[int, Field(ge=1, le=9)]
    then: Text


class Silence(Worded, Marked):
    """What it means when nobody has decided by the end of the term. Without a term it is that of the law cited."""

    effect: SilenceEffect
    text: Text
    legal_basis: str = ""
    amount: Annotated[int, Field(ge=1)] | None = None
    unit: TermUnit | None = None
