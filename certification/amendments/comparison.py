"""Two versions side by side: of each changed field, what both say, what only the old one and what only the new one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.standards.diff import DocumentDiff, FieldDiff, PartDiff
from certification.standards.enums import Change

LONGEST = 4_000  # characters of a field that are compared word by word
# The states of the look that a change is shown as: a shape beside the word.
SHAPES = {
    Change.SAME: "met",
    Change.REWORDED: "review",
    Change.NEW: "doing",
    Change.GONE: "ended",
    Change.REWEIGHTED: "attention",
}
NAMES: dict[str, Promise] = {
    "title": _("Título"),
    "guidance": _("Qué se pide"),
    "why": _("Por qué"),
    "example": _("Ejemplo"),
    "enough": _("Qué basta"),
    "issuer": _("Quién lo emite"),
    "max_points": _("Puntos"),
    "points": _("Puntos"),
    "critical": _("Crítico"),
    "na_allowed": _("Admite «no aplica»"),
    "justification_required": _("«No aplica» se justifica"),
    "max_age_months": _("Antigüedad máxima, en meses"),
    "blocks_start": _("Impide empezar"),
    "evidence": _("Evidencia"),
    "minutes": _("Minutos"),
    "section": _("Apartado"),
    "official_number": _("Número oficial"),
    "min_points": _("Puntos que pide"),
    "min_measures": _("Medidas que pide"),
    "threshold": _("Mínimo de puntos"),
    "version": _("Versión"),
    "confirmed": _("Confirmado"),
    "points_confirmed": _("Puntos confirmados"),
}
WORDS: dict[Any, Promise] = {True: _("sí"), False: _("no")}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text. ``kind``: «same», «gone» or «new»."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One field. ``before`` and ``after`` are empty where it is not written."""

    name: str
    weighs: bool
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """One changed part, with its own lines, then those of its changed sub-items."""

    part: PartDiff
    shape: str
    lines: tuple[Line, ...]
    inside: tuple[Block, ...]


def blocks_of(diff: DocumentDiff) -> list[Block]:
    """Every part that is not the same, in the order of the comparison."""
    return [_block(part) for part in diff.changed]


def general_of(diff: DocumentDiff) -> list[Line]:
    return [_line(field) for field in diff.general]


def _block(part: PartDiff) -> Block:
    inside = tuple(_block(one) for one in part.parts if one.change != Change.SAME)
    return Block(part, SHAPES[part.change], tuple(_line(field) for field in part.fields), inside)


def _line(field: FieldDiff) -> Line:
    before, after = _said(field.before), _said(field.after)
    return Line(str(NAMES.get(field.name, field.name)), field.weighs, *_pieces(before, after))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(WORDS[value])
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value)
    return "" if value is None else str(value)


def _pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if not before or not after or len(before) + len(after) > LONGEST:
        return _whole("gone", before), _whole("new", after)
    old, new = before.split(" "), after.split(" ")
    left, right = [], []
    for tag, start, end, other, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _piece("same" if tag == "equal" else "gone", old[start:end])
        right += _piece("same" if tag == "equal" else "new", new[other:last])
    return tuple(left), tuple(right)


def _whole(kind: str, text: str) -> tuple[Piece, ...]:
    return (Piece(kind, text),) if text else ()


def _piece(kind: str, words: Iterable[str]) -> list[Piece]:
    text = " ".join(words)
    return [Piece(kind, text)] if text else []
