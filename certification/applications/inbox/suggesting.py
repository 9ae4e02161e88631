"""Which criterion and which kind the words of a document speak for. A guess for a person to judge: nothing follows it.

Criteria are ranked by BM25 over the stems of what their standard says of them, where a word of the title or of a line
of evidence weighs more than one of the guidance. A word of the document's title weighs more than one of its file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certification.evidence.analyser import stem, stems, words
from certification.evidence.enums import DocumentKind
from certification.evidence.models import Document
from certification.standards.document import Criterion, Measure, StandardDocument
from certification.standards.enums import EvidenceKind
from certification.standards.languages import Words, words_of

SATURATION, LENGTHS = 1.2, 0.6  # of BM25: how soon repeating says no more, and how much long texts are held back
TITLE_WEIGHT = 3.0  # of a word in the document's title or file name, against one in its file
WHOLE = 40  # so many words of a file weigh one each; those of a longer one share that weight
BEGINNING = 60  # words of a document that may tell its kind
LEAST = 9.5  # a lower score is chance: papers that prove nothing reach 9, and nine in ten lines of evidence pass
MOST_SHOWN = 3
WEIGHTS = {"title": 4, "evidence": 4, "enough": 2, "guidance": 2, "example": 1, "why": 1}

# Words that name a kind, the most telling first; what a document is called counts before what it says.
KIND_WORDS = {
    DocumentKind.MINUTES: "acta minuta sesión",
    DocumentKind.SURVEY: "encuesta cuestionario clima",
    DocumentKind.POLICY: "política código reglamento protocolo procedimiento lineamiento manual",
    DocumentKind.CERTIFICATE: "constancia certificado diploma comprobante acreditación",
    DocumentKind.LETTER: "carta oficio escrito declaración",
    DocumentKind.PHOTOGRAPH: "foto fotografía imagen",
    DocumentKind.FIGURE: "estadística tabulador nómina indicador registro cifra gráfica",
}
KIND_STEMS = {kind: frozenset(stem(word) for word in named.split()) for kind, named in KIND_WORDS.items()}
OF_RULE = {
    EvidenceKind.FIGURE: DocumentKind.FIGURE,
    EvidenceKind.SURVEY: DocumentKind.SURVEY,
    EvidenceKind.PHOTOGRAPH: DocumentKind.PHOTOGRAPH,
}


@dataclass(frozen=True)
class ItemGuess:
    """The item that the words speak for best. ``because``: words of the standard that the document has, too."""

    code: str
    title: Words
    because: tuple[str, ...]


class Ranking:
    """The criteria and measures of one standard, ready to be ranked."""

    def __init__(self, document: StandardDocument) -> None:
        parts: tuple[Criterion | Measure, ...] = (*document.criteria, *document.measures)
        self.titles = {part.code: words_of(part) for part in parts}
        self.counts = {part.code: _counted(part) for part in parts}
        self.lengths = {code: sum(counts.values()) for code, counts in self.counts.items()}
        self.usual = sum(self.lengths.values()) / len(parts)
        known = Counter(one for counts in self.counts.values() for one in counts)
        self.rarity = {one: math.log(1 + (len(parts) - n + 0.5) / (n + 0.5)) for one, n in known.items()}
        self.spoken = _spoken(parts)

    def guess(self, weights: Mapping[str, float]) -> ItemGuess | None:
        """The best item for the stems of a document; None where nothing stands out."""
        scores = {code: self._score(code, weights) for code in self.counts}
        best = max(scores, key=lambda code: scores[code])
        if scores[best] < LEAST:
            return None
        shared = [one for one in weights if one in self.counts[best]]
        shared.sort(key=lambda one: -self.rarity[one] * weights[one] * self.counts[best][one])
        because = tuple(self.spoken[one] for one in shared[:MOST_SHOWN])
        return ItemGuess(best, self.titles[best], because)

    def _score(self, code: str, weights: Mapping[str, float]) -> float:
        counts, held = self.counts[code], 1 - LENGTHS + LENGTHS * self.lengths[code] / self.usual
        found = ((counts[one], one) for one in weights.keys() & counts.keys())
        return sum(
            weights[one] * self.rarity[one] * count * (SATURATION + 1) / (count + SATURATION * held)
            for count, one in found
        )


_rankings: dict[str, Ranking] = {}  # by fingerprint; a document never changes, and there are few


def ranking_of(fingerprint: str, document: StandardDocument) -> Ranking:
    """The ranking of a published standard, made once a process."""
    if fingerprint not in _rankings:
        _rankings[fingerprint] = Ranking(document)
    return _rankings[fingerprint]


def weights_of(document: Document, found: str) -> dict[str, float]:
    """How much each stem of a document weighs. ``found``: what it is found by (evidence.search)."""
    said = found.split()
    each = min(1.0, WHOLE / max(len(said), 1))
    return dict.fromkeys(said, each) | dict.fromkeys(_named(document), TITLE_WEIGHT)


def guess_kind(document: Document, found: str, part: Criterion | Measure | None = None) -> DocumentKind | None:
    """The kind that the words speak for, or that the lines of evidence of ``part`` name; None for what is not said."""
    newest = document.newest
    if newest and newest.media_type.startswith("image/"):
        return DocumentKind.PHOTOGRAPH
    for said in (set(_named(document)), set(found.split()[:BEGINNING])):
        for kind, named in KIND_STEMS.items():
            if named & said:
                return kind
    kinds = {kind for rule in part.evidence_rules for kind in rule.kinds} if part else set()
    return OF_RULE.get(next(iter(kinds))) if len(kinds) == 1 else None


def _named(document: Document) -> list[str]:
    newest = document.newest
    return stems(document.title) + (stems(newest.original_name.rpartition(".")[0]) if newest else [])


def _texts(part: Criterion | Measure) -> Iterable[tuple[str, int]]:
    for name, weight in WEIGHTS.items():
        value = getattr(part, name)
        for text in (value,) if isinstance(value, str) else value:
            yield text, weight
    for line in getattr(part, "sub_items", ()):
        yield line.title, WEIGHTS["title"]


def _counted(part: Criterion | Measure) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in _texts(part):
        for one in stems(text):
            counts[one] += weight
    return counts


def _spoken(parts: Iterable[Criterion | Measure]) -> dict[str, str]:
    """A word as the standard writes it, for each stem."""
    found: dict[str, str] = {}
    for part in parts:
        for text, _weight in _texts(part):
            for start, end, one in words(text):
                found.setdefault(one, text[start:end].lower())
    return found
