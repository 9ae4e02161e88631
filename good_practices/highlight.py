"""Excerpts of practices with the words that were searched, as safe HTML: the user's text is always escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from certification.evidence import analyser

LENGTH = 240
BEFORE = 60  # characters of context before the first word found
Span = tuple[int, int]


def marked(text: str, stems: Set[str]) -> SafeString:
    """The whole text, with every word of a wanted stem inside <mark>; neighbours share one."""
    return _marked(text, _spans(text, stems))


def excerpt(texts: Iterable[str], stems: Set[str]) -> SafeString:
    """A piece of the text with most of the wanted words, or the beginning of the first text that is not empty."""
    filled = [" ".join(text.split()) for text in texts if text.strip()]
    if not filled:
        return SafeString("")
    found = [(text, _spans(text, stems)) for text in filled]
    text, spans = max(found, key=lambda pair: len(pair[1]))
    start = _start(text, spans[0][0]) if spans else 0
    end = _end(text, start)
    inside = [(first - start, last - start) for first, last in spans if first >= start and last <= end]
    piece = _marked(text[start:end], inside)
    return format_html_join("", "{}", ((part,) for part in ("…" if start else "", piece, _dots(text, end))))


def _spans(text: str, stems: Set[str]) -> list[Span]:
    """Where the wanted words stand; words with only space between them are one."""
    spans: list[Span] = []
    for start, end, stem in analyser.words(text) if stems else ():
        if stem not in stems:
            continue
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [conditional_escape(text[at:start]), "<mark>", conditional_escape(text[start:end]), "</mark>"]
        at = end
    pieces.append(conditional_escape(text[at:]))
    return mark_safe("".join(pieces))  # every piece of the text was escaped above


def _start(text: str, first: int) -> int:
    """The beginning of a sentence or of a word, shortly before the first word found."""
    if first <= BEFORE * 2:
        return 0
    sentence = max((match.end() for match in re.finditer(r"[.;:?!]\s", text[:first])), default=0)
    if first - sentence <= BEFORE * 2:
        return sentence
    return text.index(" ", first - BEFORE - 1) + 1 if " " in text[first - BEFORE - 1 : first] else first


def _end(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    space = text.rfind(" ", start, start + LENGTH)
    return space if space > start else start + LENGTH


def _dots(text: str, end: int) -> str:
    return "…" if end < len(text) else ""
