"""What a version changes against another: each part by its stable code, and every field that differs. Pure data.

    compare(before: StandardDocument | None, after: StandardDocument) -> DocumentDiff

A part is *reweighted* when something in it that scoring reads has changed (points, critical, «no aplica», ages, ratios,
what a level asks, sub-items that came or went), else *reworded* when anything else in it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from certification.standards.document import StandardDocument, canonical_data
from certification.standards.enums import Change, PartKind

# What scoring reads of a part, by the first step of the field's name.
WEIGHTS: dict[PartKind, frozenset[str]] = {
    PartKind.REQUIREMENT: frozenset({"max_age_months", "blocks_start"}),
    PartKind.CRITERION: frozenset({"max_points", "critical", "na_allowed"}),
    PartKind.SUB_ITEM: frozenset({"points", "na_allowed"}),
    PartKind.MEASURE: frozenset({"metric"}),
    PartKind.LEVEL: frozenset({"min_points", "min_measures", "all_critical"}),
}
GENERAL_WEIGHTS = frozenset({"threshold", "max_total_points", "critical_all_required"})
LISTED = ("participation_requirements", "sections", "measures", "levels")


@dataclass(frozen=True)
class FieldDiff:
    """``name`` is the path inside the part, such as ``en.title``; a value is None where the field is not written."""

    name: str
    before: Any
    after: Any
    weighs: bool


@dataclass(frozen=True)
class PartDiff:
    """``fields`` is empty for what is same, new or gone. ``parts`` are the sub-items of a criterion."""

    kind: PartKind
    code: str
    change: Change
    title_before: str
    title_after: str
    fields: tuple[FieldDiff, ...] = ()
    parts: tuple[PartDiff, ...] = ()

    @property
    def title(self) -> str:
        return self.title_after or self.title_before


@dataclass(frozen=True)
class DocumentDiff:
    """``general`` is what changed outside the parts: clocks, deadlines, legal texts, cases, sections' titles."""

    before: StandardDocument | None
    after: StandardDocument
    parts: tuple[PartDiff, ...]
    general: tuple[FieldDiff, ...]

    @property
    def changed(self) -> tuple[PartDiff, ...]:
        return tuple(part for part in self.parts if part.change != Change.SAME)

    @property
    def is_same(self) -> bool:
        return not self.changed and not self.general

    @property
    def counts(self) -> dict[Change, int]:
        """How many parts of each change, also where there are none."""
        return {change: sum(1 for part in self.parts if part.change == change) for change in Change}


def compare(before: StandardDocument | None, after: StandardDocument) -> DocumentDiff:
    """``before`` None, a standard's first version, makes every part new. Order is that of ``after``, gone ones last."""
    old, new = canonical_data(before) if before else {}, canonical_data(after)
    parts = [part for kind in PARTS for part in _parts(kind, PARTS[kind](old), PARTS[kind](new))]
    general = _fields(_leaves(_general(old)), _leaves(_general(new)), GENERAL_WEIGHTS) if before else ()
    return DocumentDiff(before, after, tuple(parts), general)


def _criteria(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Each criterion with the code of its section: a move between sections is a change of the criterion."""
    return [
        {**criterion, "section": section["code"]}
        for section in data.get("sections", ())
        for criterion in section["criteria"]
    ]


PARTS = {
    PartKind.REQUIREMENT: lambda data: data.get("participation_requirements", []),
    PartKind.CRITERION: _criteria,
    PartKind.MEASURE: lambda data: data.get("measures", []),
    PartKind.LEVEL: lambda data: data.get("levels", []),
}


def _general(data: dict[str, Any]) -> dict[str, Any]:
    sections = [
        {key: value for key, value in section.items() if key not in {"criteria", "max_points"}}
        for section in data.get("sections", ())
    ]
    return {key: value for key, value in data.items() if key not in LISTED} | {"sections": sections}


def _parts(kind: PartKind, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[PartDiff]:
    old, new = ({part["code"]: part for part in parts} for parts in (before, after))
    for code in [*new, *(code for code in old if code not in new)]:
        yield _part(kind, code, old.get(code), new.get(code))


def _part(kind: PartKind, code: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> PartDiff:
    was, now = (str(part["title"]) if part else "" for part in (old, new))
    if old is None or new is None:
        return PartDiff(kind, code, Change.NEW if old is None else Change.GONE, was, now)
    inside = tuple(_parts(PartKind.SUB_ITEM, old.get("sub_items", []), new.get("sub_items", [])))
    fields = _fields(_leaves(_own(old)), _leaves(_own(new)), WEIGHTS[kind])
    return PartDiff(kind, code, _change(fields, inside), was, now, fields, inside)


def _own(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "sub_items"}


def _change(fields: Iterable[FieldDiff], inside: Iterable[PartDiff]) -> Change:
    changes = {part.change for part in inside}
    if any(field.weighs for field in fields) or changes & {Change.NEW, Change.GONE, Change.REWEIGHTED}:
        return Change.REWEIGHTED
    return Change.REWORDED if fields or Change.REWORDED in changes else Change.SAME


def _fields(old: dict[str, Any], new: dict[str, Any], weights: frozenset[str]) -> tuple[FieldDiff, ...]:
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        FieldDiff(name, old.get(name), new.get(name), name.partition(".")[0] in weights)
        for name in names
        if old.get(name) != new.get(name)
    )


def _leaves(value: Any, name: str = "") -> dict[str, Any]:
    """Every value by its path; what has a code is named by it, so that a new clock does not move the ones after it."""
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        steps = {_step(item, index): item for index, item in enumerate(value)}.items()
    else:
        return {name: value}
    return {path: leaf for step, item in steps for path, leaf in _leaves(item, f"{name}.{step}".lstrip(".")).items()}


def _step(item: Any, index: int) -> str:
    named = item.get("code") or item.get("key") or item.get("title") if isinstance(item, dict) else None
    return str(named or index)
