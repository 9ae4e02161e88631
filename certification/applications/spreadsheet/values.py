"""What is stated, cut into the cells of a sheet: one claim, one text, one date each."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from enum import StrEnum
from typing import NamedTuple

from certification.applications.models import Answer, CriterionAnswer, LocalAnswer, MeasureClaim, RequirementRecord
from certification.applications.saving import Saved

Value = str | bool | None  # as JSON keeps it: a date is its ISO text
CLAIM = "claim:"  # before the code of a sub-item, or of a criterion: the part of an answer that a cell holds


class Kind(StrEnum):
    REQUIREMENT = "requirement"
    ANSWER = "answer"
    LOCAL = "local"
    MEASURE = "measure"


MODELS: dict[Kind, type[Saved]] = {
    Kind.REQUIREMENT: RequirementRecord,
    Kind.ANSWER: Answer,
    Kind.LOCAL: LocalAnswer,
    Kind.MEASURE: MeasureClaim,
}
PARTS: dict[Kind, tuple[str, ...]] = {  # besides claims
    Kind.REQUIREMENT: ("is_present", "issued_on", "reference"),
    Kind.ANSWER: ("note",),
    Kind.LOCAL: ("note", "is_in_force"),
    Kind.MEASURE: ("is_claimed", "note"),
}
EMPTY: dict[str, Value] = {
    "is_present": False,
    "issued_on": None,
    "reference": "",
    "note": "",
    "is_claimed": None,
    "is_in_force": False,
}

# What XML cannot hold, alone or as spreadsheet programs write it, and the end of a line as they do.
NOT_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x00(?:0[0-8BCEF]|1[0-9A-F])_", re.IGNORECASE
)
LINE_END = re.compile(r"_x000D_\n?|\r\n?", re.IGNORECASE)


class Item(NamedTuple):
    """A row of the database: its kind, the code of the standard, and the key of the workplace (0: all of them)."""

    kind: Kind
    code: str
    workplace: int = 0


def plain(text: str) -> str:
    """A text as it comes back from any spreadsheet program: what is alike after this was not changed."""
    return NOT_IN_XML.sub("", LINE_END.sub("\n", text)).strip()


def value_of(record: Saved | None, part: str) -> Value:
    """What is stored in the part of a row; what an empty form says when there is no row."""
    if part.startswith(CLAIM):
        return str(record.claims.get(part.removeprefix(CLAIM), "")) if isinstance(record, CriterionAnswer) else ""
    value = getattr(record, part) if record else EMPTY[part]
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else value


def parts_of(record: Saved, kind: Kind) -> list[str]:
    """Every part of a stored row, in one order."""
    claims = sorted(record.claims) if isinstance(record, CriterionAnswer) else []
    return [CLAIM + code for code in claims] + list(PARTS[kind])


def escaped(text: str) -> str:
    """«_x0041_» as spreadsheet programs read it: they take it for the letter A otherwise."""
    return re.sub(r"_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", text)


def unescaped(text: str) -> str:
    return text.replace("_x005F_", "_")


def digest(value: Value) -> str:
    """12 hexadecimal characters that tell whether a cell still says what was exported."""
    if isinstance(value, str):
        value = value.replace("x005F_", "")  # openpyxl drops it, also where it is no escape
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]
