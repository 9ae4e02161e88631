"""Personal data in the pages of a document, also where a line, or gaps between the letters, cut it in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.mx import curp

from certification.evidence.personal_data import Finding, PersonalData, find

# Addresses and telephones stand on every letterhead: here they would be alarm without danger.
WATCHED = {PersonalData.CURP, PersonalData.RFC, PersonalData.NSS, PersonalData.CLABE, PersonalData.CARD}
LETTERED = {PersonalData.CURP, PersonalData.RFC}
BEFORE = 80  # characters in which a number that is in pieces must be announced
ANNOUNCED = re.compile(
    r"\b(?:nss|imss|issste|seguro social|seguridad social|clabe|cuenta|tarjeta|d[eé]bito|cr[eé]dito)\b", re.IGNORECASE
)
LINE = re.compile(r"[^\r\n\x02]*[^\r\n\x02\s]")
EDGE, LINES = 30, 4  # the longest piece at the edge of a line, and over how many lines a value may be cut
KEY = re.compile(r"[A-ZÑ&]{4}[ -]?[0-9]{6}[ -]?[A-Z0-9]{3}", re.IGNORECASE)
NUMBER = re.compile(r"(?:[0-9][ -]?){11}")
GLUED = re.compile(r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9]", re.IGNORECASE)
APART = re.compile(r"(?<!\w)\w(?:[ \r\n]{1,2}\w){9,}(?!\w)")
GAP = re.compile(r"[ \r\n]+")

Pieces = tuple[tuple[int, int], ...]  # stretches of a text that may belong together


def sightings(text: str) -> list[Finding]:
    """What looks like personal data in a page, in order, without overlaps. Positions are those of ``text``."""
    seen = [one for one in _within(text) if one.kind in WATCHED]
    taken = bytearray(len(text))
    for one in seen:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    for pieces in (*_letters_apart(text), *_over_lines(text)):
        for one in _joined(text, pieces):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                seen.append(one)
    return sorted(seen, key=lambda one: one.start)


def _within(text: str) -> Iterator[Finding]:
    """What is found in a text, and a CURP that touches another word: cells of a table may follow without a space."""
    found = find(text)
    yield from found
    starts = {one.start for one in found}
    for match in GLUED.finditer(text):
        if match.start() not in starts and curp.is_valid(match.group()):
            yield Finding(PersonalData.CURP, *match.span())


def _joined(text: str, pieces: Pieces) -> Iterator[Finding]:
    """What appears only when the pieces are one, without or with a space between them."""
    for glue in ("", " "):
        joined = glue.join(text[start:end] for start, end in pieces)
        is_number = NUMBER.search(joined) and _is_announced(text, pieces[0][1])
        if not (is_number or KEY.search(joined)):
            continue
        places: list[int] = []
        for start, end in pieces:
            places += [*range(start, end), *([end] if glue else [])]
        for one in _within(joined):
            start, end = places[one.start], places[one.end - 1] + 1
            is_cut = end - start > one.end - one.start
            if one.kind in (WATCHED if is_number else LETTERED) and is_cut:
                yield Finding(one.kind, start, end)


def _is_announced(text: str, place: int) -> bool:
    """Figures of two lines that follow each other make a valid number by chance: somebody must say what it is."""
    return bool(ANNOUNCED.search(text, max(place - BEFORE, 0), place))


def _letters_apart(text: str) -> Iterator[Pieces]:
    """The letters of «G O M C 8 0…»: set apart, or a line for each where a page lies on its side."""
    for run in APART.finditer(text):
        gaps = [gap.span() for gap in GAP.finditer(text, *run.span())]
        starts = [run.start(), *(end for _start, end in gaps)]
        yield tuple(zip(starts, [*(start for start, _end in gaps), run.end()], strict=True))


def _over_lines(text: str) -> Iterator[Pieces]:
    """The end of each line with the beginning of the next, and with short lines between them whole."""
    lines = [_trimmed(text, *line.span()) for line in LINE.finditer(text)]
    for number, (first, last) in enumerate(lines):
        pieces: Pieces = ((max(first, last - EDGE), last),)
        for start, end in lines[number + 1 : number + LINES]:
            yield (*pieces, (start, min(end, start + EDGE)))
            if end - start > EDGE:
                break
            pieces = (*pieces, (start, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A line without the spaces before it and the hyphen that cuts its last word."""
    while text[start].isspace():
        start += 1
    return start, end - 1 if text[end - 1] in "-\xad" and end - start > 1 else end
