"""What moving to a newer version does to what an application says: pure, over two documents and a copy of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from certification.standards.diff import PartDiff, compare
from certification.standards.document import StandardDocument
from certification.standards.enums import Change, Claim, PartKind
from certification.standards.languages import Words, title_of

KINDS = {PartKind.REQUIREMENT: "requirements", PartKind.CRITERION: "answers", PartKind.MEASURE: "measures"}
REVISED = (Change.REWORDED, Change.REWEIGHTED)


@dataclass(frozen=True)
class Line:
    """One requirement, criterion or measure of either version. ``says``: the application says something of it."""

    kind: PartKind
    code: str
    title: Words
    change: Change
    says: bool
    lost: tuple[str, ...] = ()  # titles of sub-items that are gone, and of which it says something

    @property
    def is_carried(self) -> bool:
        return self.says and self.change != Change.GONE


@dataclass(frozen=True)
class Kept:
    """What an application said of something that its version does not ask for. Words as people wrote them."""

    code: str
    title: Words
    claims: tuple[tuple[str, str], ...]  # title of the sub-item, or of the whole, and what was claimed
    notes: tuple[str, ...]
    documents: tuple[str, ...]


class _Held:
    """A document as a key of the cache: it never changes, and hashing its whole content would cost as much."""

    def __init__(self, document: StandardDocument) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=32)
def _compared(before: _Held, after: _Held) -> tuple[PartDiff, ...]:
    return tuple(part for part in compare(before.document, after.document).parts if part.kind in KINDS)


def compared_parts(before: StandardDocument, after: StandardDocument) -> tuple[PartDiff, ...]:
    """Requirements, criteria and measures of both, compared once a process for two published versions."""
    return _compared(_Held(before), _Held(after))


def without_place(before: StandardDocument, after: StandardDocument) -> set[str]:
    """Codes under which claims of a criterion that stays have no place in ``after``: saving there drops them."""
    found = set()
    for part in compared_parts(before, after):
        found |= {item.code for item in part.parts if item.change == Change.GONE}
        if part.change != Change.NEW and part.parts and all(item.change == Change.NEW for item in part.parts):
            found.add(part.code)  # it had no sub-items, and was claimed as a whole
    return found


def lines(before: StandardDocument, after: StandardDocument, said: Mapping[str, Any]) -> list[Line]:
    """Every part of either version, in the order of the newer one, gone ones last of their kind."""
    return [_line(part, _title(part.code, after, before), said) for part in compared_parts(before, after)]


def _title(code: str, *documents: StandardDocument) -> Words:
    """In the first of the documents that has the part."""
    return title_of(next(one for one in documents if one.item(code)), code)


def _line(part: PartDiff, title: Words, said: Mapping[str, Any]) -> Line:
    claimed = _claimed(said) if part.kind == PartKind.CRITERION else set()
    says = part.code in said[KINDS[part.kind]] or part.code in said["evidence"] or _is_local(part.code, said)
    lost = tuple(f"{one.code} {one.title}" for one in part.parts if one.change == Change.GONE and one.code in claimed)
    return Line(part.kind, part.code, title, part.change, says, lost)


def _is_local(code: str, said: Mapping[str, Any]) -> bool:
    return any(code in place["answers"] for place in said["local"].values())


def _claimed(said: Mapping[str, Any]) -> set[str]:
    """Codes of criteria and sub-items of which something is claimed, of all workplaces or of one."""
    own = [answer for place in said["local"].values() for answer in place["answers"].values()]
    return {code for answer in [*said["answers"].values(), *own] for code in answer["claims"]}


# What is not asked for any more -----------------------------------------------------
def kept(before: StandardDocument, after: StandardDocument, said: Mapping[str, Any]) -> list[Kept]:
    """What ``said`` holds of parts and sub-items of ``before`` that ``after`` does not know: all of it, to be read."""
    found = []
    for part in compared_parts(before, after):
        codes = {one.code for one in part.parts if one.change == Change.GONE}
        title = _title(part.code, after, before)
        if part.change == Change.GONE:
            found.append(_kept(part, title, said, None))
        elif codes:
            found.append(_kept(part, title, said, codes))
    return [one for one in found if one.claims or one.notes or one.documents]


def _kept(part: PartDiff, title: Words, said: Mapping[str, Any], only: set[str] | None) -> Kept:
    """The whole part, or ``only`` those of its sub-items that are gone: its notes and documents stay with the rest."""
    claims = [(f"{code}{where}", claim) for code, claim, where in _claims_of(part.code, said)]
    if only is not None:
        chosen = tuple((code, claim) for code, claim in claims if code.partition(" ")[0] in only)
        return Kept(part.code, title, chosen, (), ())
    record = said["requirements"].get(part.code) if part.kind == PartKind.REQUIREMENT else None
    measure = said["measures"].get(part.code) if part.kind == PartKind.MEASURE else None
    notes = [answer["note"] for answer in _answers_of(part.code, said)] if part.kind == PartKind.CRITERION else []
    notes += [record["reference"], record["issued_on"] or ""] if record else []
    notes += [measure["note"]] if measure else []
    if measure and measure["claimed"] is not None:
        claims.append((part.code, Claim.MET if measure["claimed"] else Claim.NOT_MET))
    titles = tuple(use["title"] for use in said["evidence"].get(part.code, ()))
    return Kept(part.code, title, tuple(claims), tuple(note for note in notes if note), titles)


def _answers_of(code: str, said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    own = (place["answers"].get(code) for place in said["local"].values())
    return [answer for answer in (said["answers"].get(code), *own) if answer]


def _claims_of(code: str, said: Mapping[str, Any]) -> list[tuple[str, Claim, str]]:
    """Code, claim and, for what one workplace says, its name after a dash."""
    places = [(said["answers"].get(code), "")]
    places += [(place["answers"].get(code), f" — {place['name']}") for place in said["local"].values()]
    return [
        (part, Claim(claim), where) for answer, where in places if answer for part, claim in answer["claims"].items()
    ]
