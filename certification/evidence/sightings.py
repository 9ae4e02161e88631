"""Personal data in the pages of a document, also where a line, or gaps between the letters, cut it in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from certification.evidence.personal_data import Finding, PersonalData, find

# Addresses and telephones stand on every letterhead: here they would be alarm without danger.
WATCHED = {PersonalData.CURP, PersonalData.RFC, PersonalData.NSS, PersonalData.CLABE, PersonalData.CARD}
LETTERED = {PersonalData.CURP, PersonalData.RFC}
BEFORE = 80  # characters in which a number that is in pieces must be announced
ANNOUNCED = re.compile(
    r"\b(?:nss|imss|issste|seguro social|seguridad social|clabe|cuenta|tarjeta|d[eé]bito|cr[eé]dito)\b", re.IGNORECASE
)
# A run of spaces is looked at from its start only: long ones would otherwise cost their square.
LINE_END = re.compile(r"(?:[\x02\xad-][ \t]*|(?<![ \t])[ \t]*)\r?\n[ \t]*|\x02")
APART = re.compile(r"(?<!\w)\w(?:[ \r\n]{1,2}\w){9,}(?!\w)")
GAP = re.compile(r"[ \r\n]+")

Gaps = Iterator[tuple[int, int]]


def sightings(text: str) -> list[Finding]:
    """What looks like personal data in a page, in order, without overlaps. Positions are those of ``text``."""
    seen = [one for one in find(text) if one.kind in WATCHED]
    for gaps in (_line_ends, _between_letters):
        seen += _across(text, gaps, seen)
    return sorted(seen, key=lambda one: one.start)


def _across(text: str, gaps_of: Callable[[str], Gaps], seen: list[Finding]) -> list[Finding]:
    """Look again without the gaps, and return what only then appears."""
    joined, places = _without(text, gaps_of(text))
    taken = bytearray(len(text))
    for one in seen:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    found = []
    for one in find(joined):
        start, end = places[one.start], places[one.end - 1] + 1
        is_cut = end - start > one.end - one.start
        if one.kind in WATCHED and is_cut and not any(taken[start:end]) and _is_sure(joined, one):
            found.append(Finding(one.kind, start, end))
    return found


def _is_sure(joined: str, one: Finding) -> bool:
    """Figures of two lines that follow each other make a valid number by chance: somebody must say what it is."""
    return one.kind in LETTERED or bool(ANNOUNCED.search(joined[max(one.start - BEFORE, 0) : one.start]))


def _without(text: str, gaps: Gaps) -> tuple[str, list[int]]:
    """The text without those stretches, and the place that each character had."""
    places: list[int] = []
    last = 0
    for start, end in gaps:
        places.extend(range(last, start))
        last = end
    places.extend(range(last, len(text)))
    return "".join(text[place] for place in places), places


def _line_ends(text: str) -> Gaps:
    return (match.span() for match in LINE_END.finditer(text))


def _between_letters(text: str) -> Gaps:
    """The gaps of «G O M C 8 0…»: letters set apart, or a line for each where a page lies on its side."""
    for run in APART.finditer(text):
        yield from (gap.span() for gap in GAP.finditer(text, *run.span()))
