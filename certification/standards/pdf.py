"""The map of a standard on paper: one page where it fits legibly, otherwise as many as it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from certification.papers.qr import qr_svg
from certification.papers.render import Paper, page_count, picture, render
from certification.papers.words import in_groups
from certification.standards.document import Criterion, Section, StandardDocument
from certification.standards.languages import list_of, reader_language, words_of
from certification.standards.models import Standard
from certification.standards.overview import Overview, Segment

FORMAT = 1  # of the drawing: a new one makes every reader's copy old
FITS = {"wide": 24, "roomy": 32, "close": 48}  # how roomy, and the lines of criteria with which it is worth a try
# Characters of a line of a column, roughly, and the lines of a heading.
TITLE_LINE, EVIDENCE_LINE, HEADING = 40, 54, 1.4
_drawn_maps: dict[tuple[str, str], bytes] = {}  # a document never changes, and there are few in force
AGAVE, TILE, INK, PAPER = "#0b5d57", "#e5f0ec", "#1d1b1a", "#fbfaf7"


@dataclass(frozen=True)
class Block:
    """A section, or what of it stands in one column."""

    section: Section
    criteria: tuple[Criterion, ...]
    continues: bool  # it began in the column before


def map_tag(standard: Standard, language: str) -> str:
    """What a reader's copy is known by: the same document in the same language is the same paper."""
    return f'"{standard.fingerprint}-{language}-{FORMAT}"'


def render_map(standard: Standard, language: str) -> bytes:
    """Return the PDF/A-3u of the map of a standard in a language of the site: drawn once a process."""
    key = (standard.fingerprint, language)
    if key not in _drawn_maps:
        with translation.override(language):
            _drawn_maps[key] = _fitting(standard.fingerprint, standard.document)
    return _drawn_maps[key]


def _fitting(fingerprint: str, document: StandardDocument) -> bytes:
    """The roomiest drawing that fits on one page, or else the one that goes on."""
    lines = max(map(_height_of, _columns(document)))
    for fit in (fit for fit, most in FITS.items() if lines <= most):
        pdf = render(map_paper(fingerprint, document, fit))
        if page_count(pdf) == 1:
            return pdf
    return render(map_paper(fingerprint, document, "long"))


def map_paper(fingerprint: str, document: StandardDocument, fit: str) -> Paper:
    """The paper in the active language; texts that the document lacks in it are marked as Spanish."""
    overview, address = Overview(document), settings.SITE_URL + reverse("standard_detail", args=[document.slug])
    words = {
        "document": document,
        "overview": overview,
        "language": reader_language(),
        "fit": fit,
        "columns": _columns(document),
        "address": address.partition("://")[2].rstrip("/"),
        "fingerprint": in_groups(fingerprint)[:17],
    }
    return Paper(
        html=render_to_string("certification/standards/pdf/map.html", words),
        style="papeles",
        identifier=hashlib.sha256(f"{fingerprint} {reader_language()} {FORMAT}".encode()).digest()[:16],
        drawings={"qr.svg": qr_svg(address), "band.svg": picture("banda"), "strip.svg": strip_svg(overview.strip)},
    )


def _columns(document: StandardDocument) -> tuple[tuple[Block, ...], ...]:
    """The criteria in two columns of like height, in their order."""
    heights = [_height(criterion) for criterion in document.criteria]
    places = range(1, len(heights)) or [1]
    return _split(document, min(places, key=lambda place: max(sum(heights[:place]), sum(heights[place:]))))


def _split(document: StandardDocument, place: int) -> tuple[tuple[Block, ...], ...]:
    first = {criterion.code for criterion in document.criteria[:place]}
    return tuple(tuple(_blocks(document, first, wanted=wanted)) for wanted in (True, False))


def _blocks(document: StandardDocument, first: set[str], *, wanted: bool) -> Iterator[Block]:
    for section in document.sections:
        own = tuple(criterion for criterion in section.criteria if (criterion.code in first) == wanted)
        if own:
            yield Block(section, own, continues=own[0] != section.criteria[0])


def _height_of(column: tuple[Block, ...]) -> float:
    return sum(HEADING + sum(_height(criterion) for criterion in block.criteria) for block in column)


def _height(criterion: Criterion) -> float:
    """About how many lines a criterion takes: its title, what is asked to prove it, and the room between."""
    evidence = ", ".join(str(text) for text in list_of(criterion, "evidence"))
    return -(-len(str(words_of(criterion))) // TITLE_LINE) + -(-(len(evidence) + 12) // EVIDENCE_LINE) + 0.4


def strip_svg(segments: list[Segment]) -> str:
    """Each criterion as wide as its points; the critical ones are filled."""
    drawn = "".join(map(_drawn, segments))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2510 80">'
        f'<g font-family="Source Sans Pro" font-size="38" text-anchor="middle">{drawn}</g></svg>'
    )


def _drawn(segment: Segment) -> str:
    x, width, middle = (float(size.rstrip("%")) * 25.1 for size in (segment.x, segment.width, segment.middle))
    fill, ink = (AGAVE, PAPER) if segment.critical else (TILE, INK)
    return (
        f'<rect x="{x:.0f}" y="2" width="{width:.0f}" height="76" fill="{fill}" stroke="{AGAVE}" stroke-width="2"/>'
        f'<text x="{middle:.0f}" y="53" fill="{ink}">{segment.label}</text>'
    )
