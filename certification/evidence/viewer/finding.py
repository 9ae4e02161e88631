"""Finding words in the text of a file: in whatever form and with or without accents, page by page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from certification.evidence.analyser import fold, stems, words

MOST_HITS = 50
BEFORE, AFTER = 60, 160  # characters around the first word that was found
Span = tuple[int, int]


@dataclass(frozen=True)
class Hit:
    """A page with every word that was asked for. ``count``: how often any of them stands there."""

    page: int
    count: int
    snippet: SafeString


def find(texts: list[str], query: str) -> list[Hit]:
    """The first pages, counted from 1, that hold all words of a query. Nothing is asked: nothing is found.

    One more than ``MOST_HITS`` tells that there are more than are shown.
    """
    wanted = set(stems(query))
    plain = fold(query.strip())
    if not plain:
        return []
    hits: list[Hit] = []
    for page, text in enumerate(texts, 1):
        whole = " ".join(unicodedata.normalize("NFC", text).split())
        spans = list(_spans(whole, wanted)) if wanted else list(_plain_spans(whole, plain))
        if spans:
            hits.append(Hit(page, len(spans), snippet(whole, spans)))
        if len(hits) > MOST_HITS:
            break
    return hits


def snippet(text: str, spans: list[Span]) -> SafeString:
    """A piece of the text around the first word found, with what was found marked, as safe HTML."""
    start, end = max(spans[0][0] - BEFORE, 0), min(spans[0][1] + AFTER, len(text))
    pieces, at = [], start
    for first, last in spans:
        if last > end:
            break
        pieces.append(format_html("{}<mark>{}</mark>", text[at:first], text[first:last]))
        at = last
    dots = ("…" if start else "", "…" if end < len(text) else "")
    return format_html(
        "{}{}{}{}", dots[0], format_html_join("", "{}", ((one,) for one in pieces)), text[at:end], dots[1]
    )


def _spans(text: str, wanted: set[str]) -> Iterator[Span]:
    """Where the words stand, if all of them do."""
    found = [(start, end, stem) for start, end, stem in words(text) if stem in wanted]
    if {stem for _start, _end, stem in found} == wanted:
        yield from ((start, end) for start, end, _stem in found)


def _plain_spans(text: str, plain: str) -> Iterator[Span]:
    """Where the letters stand: for what the analyser passes over, such as «de la»."""
    folded = fold(text)
    at = folded.find(plain)
    while at >= 0:
        yield at, at + len(plain)
        at = folded.find(plain, at + len(plain))
