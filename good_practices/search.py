"""The search of published practices: what it finds, in which order, and how many in each facet.

Every entry has tokens: one for each stem, with the best place where it stands («1» the title, «2» the topic, «3» what
was done and achieved, «4» the rest), and one for each facet («s=publico»). To match in a tier is to have every stem in
that place or a better one, so a match is a plain intersection of lists of keys. Both databases get the same tokens and
the same expression, and the order is tier first, then newest: the same hits in the same order on both by construction,
and nothing to compute for each match. Only as many keys are read as the page needs; totals and facets stop at a cap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from django.db import transaction

from certification.evidence import analyser
from good_practices import search_sql, suggestions, topics
from good_practices.models import EntryTokens, Practice, PracticeEntry, SearchWord
from good_practices.search_sql import FACETS, PAGE_SIZE, TIERS, Facets, Match, facet_token

BATCH = 500
MAX_STEMS = 12  # of a query: what follows is a pasted text, not a search
SHOWN = (
    *("slug", "title", "topic", "subtopic", "problem", "action", "cost", "result", "entity", "sector", "size"),
    *("published_at", "entry__practice", "employer__legal_name", "employer__trade_name"),
    *("certificate__folio", "certificate__issued_on"),
)


@dataclass(frozen=True)
class SearchResult:
    """One page of hits. ``counts`` says how many there would be with each value, the other facets as chosen."""

    hits: list[Practice]
    total: int
    is_capped: bool  # there are more than ``total``
    is_loose: bool  # nothing has all the words: these have some of them
    page: int
    counts: dict[str, dict[str, int]]
    stems: frozenset[str]
    suggestion: str = ""  # the query as the person may have meant it; empty when there is nothing better

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))


def search(query: str, facets: Facets | None = None, page: int = 1) -> SearchResult:
    """Find published practices. ``facets`` maps topic, subtopic, entity, sector and size to values; an unknown
    value of a facet finds nothing, and of more than MOST_VALUES the first count. An empty query lists the newest.
    Two queries, whatever the table holds; at most six when nothing has all the words.
    """
    chosen = {name: _codes(values) for name, values in (facets or {}).items() if name in FACETS and values}
    stems = tuple(dict.fromkeys(analyser.stems(query)))[:MAX_STEMS]
    match = Match(stems, chosen)
    page = min(max(page, 1), search_sql.CAP // PAGE_SIZE)
    answer = search_sql.answer(match, page)
    suggestion = "" if answer.total or not stems else suggestions.suggest(query, stems)
    if not answer.total and len(stems) > 1:
        match = Match(stems, chosen, wants_all=False)
        answer = search_sql.answer(match, page)
    last = max(1, ceil(min(answer.total, search_sql.CAP) / PAGE_SIZE))
    if page > last:
        page = last
        answer = search_sql.answer(match, page)
    return SearchResult(
        hits=_practices(answer.keys),
        total=min(answer.total, search_sql.CAP),
        is_capped=answer.total > search_sql.CAP,
        is_loose=not match.wants_all,
        page=page,
        counts=answer.counts,
        stems=frozenset(stems),
        suggestion=suggestion,
    )


def similar(practice: Practice, limit: int = 3) -> list[Practice]:
    """Other published practices of the same subtopic, then of the same topic, newest first."""
    found: dict[int, Practice] = {}
    for name in ("subtopic", "topic"):
        if len(found) < limit:
            keys = search_sql.newest(Match((), {name: [getattr(practice, name)]}), limit + 1)
            found |= {other.pk: other for other in _practices(keys) if other.pk != practice.pk}
    return list(found.values())[:limit]


@transaction.atomic
def index_practice(practice: Practice) -> None:
    """Put a published practice into the search as the newest one, in place of what was there of it."""
    index_practices([practice])


def index_practices(practices: Iterable[Practice]) -> None:
    """Put published practices into the search, the oldest first."""
    rows = list(practices)
    PracticeEntry.objects.filter(practice__in=[row.pk for row in rows]).delete()
    entries = PracticeEntry.objects.bulk_create(
        PracticeEntry(practice=row, **{name: getattr(row, name) for name in FACETS}) for row in rows
    )
    EntryTokens.objects.bulk_create(
        EntryTokens(entry=entry, tokens=tokens(row)) for entry, row in zip(entries, rows, strict=True)
    )
    suggestions.learn(text for row in rows for text in _texts(row))


@transaction.atomic
def reindex() -> int:
    """Make the index anew from what is published; the order of publication stays. Return how many there are."""
    PracticeEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    published = Practice.objects.published().order_by("published_at", "pk")
    batch: list[Practice] = []
    count = 0
    for count, practice in enumerate(published.iterator(chunk_size=BATCH), start=1):  # noqa: B007
        batch.append(practice)
        if len(batch) == BATCH:
            index_practices(batch)
            batch = []
    index_practices(batch)
    return count


def remove_practice(practice: Practice) -> None:
    """Take a practice out of the search. It is no error if it was not there."""
    PracticeEntry.objects.filter(practice=practice).delete()


def tokens(practice: Practice) -> str:
    """The tokens of a practice, separated by spaces: stems by place, then facets."""
    seen: set[str] = set()
    found: list[str] = []
    for tier, text in zip(TIERS, _texts(practice), strict=True):
        new = set(analyser.stems(text)) - seen
        seen |= new
        found += [tier + stem for stem in sorted(new)]
    return " ".join(found + [facet_token(name, getattr(practice, name)) for name in FACETS])


def _codes(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(search_sql.code, values)))[: search_sql.MOST_VALUES]


def _texts(practice: Practice) -> tuple[str, str, str, str]:
    topic = f"{topics.topic_title(practice.topic)} {topics.subtopic_title(practice.subtopic)}"
    done = f"{practice.action}\n{practice.result}"
    return practice.title, topic, done, f"{practice.problem}\n{practice.cost}"


def _practices(keys: Sequence[int]) -> list[Practice]:
    # Only what a list shows: the certified data of a certificate alone are longer than its practice.
    rows = Practice.objects.filter(entry__in=keys).select_related("entry", "employer", "certificate").only(*SHOWN)
    found = {practice.entry.pk: practice for practice in rows}
    return [found[key] for key in keys if key in found]
