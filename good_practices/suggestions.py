"""«¿Quisiste decir…?»: the nearest words that the published practices use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from certification.evidence import analyser
from good_practices.models import SearchWord

MIN_LENGTH = 4  # shorter words are a letter away from too many others
MAX_LENGTH = 40


def learn(texts: Iterable[str]) -> None:
    """Add the words of the texts to the vocabulary."""
    found: dict[str, str] = {}
    for text in texts:
        lowered = text.lower()
        for start, end, stem in analyser.words(lowered):
            if MIN_LENGTH <= end - start <= MAX_LENGTH:
                found.setdefault(lowered[start:end], stem)
    known = set(SearchWord.objects.values_list("word", flat=True)) if len(found) > 500 else set()
    new = [SearchWord(word=word, stem=stem) for word, stem in sorted(found.items()) if word not in known]
    SearchWord.objects.bulk_create(new, ignore_conflicts=True)


def suggest(query: str, stems: Sequence[str]) -> str:
    """The query with every unknown word replaced by the nearest known one, or nothing if there is no near word."""
    known = set(SearchWord.objects.filter(stem__in=stems).values_list("stem", flat=True))
    unknown = [
        (start, end) for start, end, stem in analyser.words(query) if stem not in known and end - start >= MIN_LENGTH
    ]
    if not unknown:
        return ""
    lengths = [end - start for start, end in unknown]
    candidates = SearchWord.objects.annotate(length=Length("word")).filter(
        length__gte=min(lengths) - 2, length__lte=max(lengths) + 2
    )
    vocabulary = {word: analyser.fold(word) for word in candidates.order_by("pk").values_list("word", flat=True)}
    mended = query
    for start, end in reversed(unknown):
        nearest = _nearest(analyser.fold(query[start:end]), vocabulary)
        mended = mended[:start] + (nearest or query[start:end]) + mended[end:]
    return mended if mended != query else ""


def _nearest(word: str, vocabulary: dict[str, str]) -> str:
    # A slip in a short word, two in a long one; ñ typed as n is one.
    slips = 1 if len(word) <= 5 else 2
    best = process.extractOne(word, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
    return str(best[2]) if best else ""
