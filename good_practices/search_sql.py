"""The SQL of the search, the same for both databases but for how tokens are matched."""
# ruff: noqa: S608 - values are parameters; only names of ours are written into the statements

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.db import connection

from good_practices import search_postgresql, search_sqlite

PAGE_SIZE = 20
CAP = 1_000  # rows that totals and facets look at: the newest matches
TIERS = "1234"
BETTER_TIERS, ANYWHERE = TIERS[:-1], TIERS[-1]
MOST_VALUES = 40  # of a facet in one search: more than there are states
NO_CODE = "-"  # stands for what could not be a code; no entry has it
FACETS = {"topic": "t", "subtopic": "u", "entity": "e", "sector": "s", "size": "z"}
ENTRIES = "good_practices_practiceentry"
BACKENDS: dict[str, ModuleType] = {"sqlite": search_sqlite, "postgresql": search_postgresql}

Facets = Mapping[str, Sequence[str]]  # facet → chosen values, any of which will do


@dataclass(frozen=True)
class Match:
    """What to look for. Without ``wants_all``, any of the stems is enough."""

    stems: tuple[str, ...]
    facets: Facets = field(default_factory=dict)
    wants_all: bool = True

    def expression(self, tier: str) -> str:
        """The expression of the configured database for one tier; empty when everything matches."""
        tiers = TIERS[: TIERS.index(tier) + 1]
        words = [[place + stem for place in tiers] for stem in self.stems]
        if not self.wants_all:
            words = [[token for group in words for token in group]]
        chosen = [[facet_token(name, value) for value in values] for name, values in self.facets.items() if values]
        groups = [group for group in words + chosen if group]
        return str(_backend().expression(groups)) if groups else ""


@dataclass(frozen=True)
class Answer:
    """``keys`` of the entries on a page, best first; ``total`` stops at one more than CAP; ``counts`` by facet."""

    keys: list[int]
    total: int
    counts: dict[str, dict[str, int]]


def facet_token(name: str, value: str) -> str:
    """The token of a facet's value. What could not be a code is replaced by one that no entry has."""
    return f"{FACETS[name]}={code(value)}"


def code(value: str) -> str:
    """The value as it came when it could be a code of ours, otherwise NO_CODE."""
    return value if value.replace("-", "").isalnum() and value.isascii() else NO_CODE


def answer(match: Match, page: int) -> Answer:
    """A page of hits, the total and the counts of the facets. One statement: the newest matches are looked for once."""
    ends_at = page * PAGE_SIZE  # so many of each tier are enough: what is newer and in a better place fills the page
    everything, params = _matches(match, ANYWHERE, CAP + 1)
    around, values = _around(match)
    params += values
    parts = [f"SELECT id, {ANYWHERE} AS tier FROM everything"]
    for tier in BETTER_TIERS if match.stems else "":
        sql, values = _matches(match, tier, ends_at)
        parts.append(f"SELECT id, {tier} AS tier FROM ({sql}) AS tier_{tier}")
        params += values
    counts, values = _counts(match.facets)
    statement = (
        f"WITH everything AS MATERIALIZED ({everything}), around AS MATERIALIZED ({around}), hit AS (SELECT id,"
        f" min(tier) AS tier FROM ({' UNION ALL '.join(parts)}) AS found GROUP BY id ORDER BY min(tier), id DESC"
        " LIMIT %s OFFSET %s) SELECT 'hit' AS kind, CAST(id AS varchar) AS value, tier AS number FROM hit"
        f" UNION ALL SELECT 'total', '', count(*) FROM everything UNION ALL {counts}"
    )
    return _answer(_rows(statement, [*params, PAGE_SIZE, ends_at - PAGE_SIZE, *values]))


def newest(match: Match, most: int) -> list[int]:
    """Keys of the newest matches, wherever the words stand."""
    return [key for (key,) in _rows(*_matches(match, ANYWHERE, most))]


def _around(match: Match) -> tuple[str, list[Any]]:
    """SQL of what facets are counted on: the newest CAP matches of the words, whatever facets are chosen."""
    if any(match.facets.values()):
        sql, params = _matches(Match(match.stems, {}, match.wants_all), ANYWHERE, CAP)
    else:
        sql, params = "SELECT id FROM everything ORDER BY id DESC LIMIT %s", [CAP]
    return f"SELECT entry.* FROM ({sql}) AS matching {_backend().LOOK_UP.format(table=ENTRIES)}", params


def _counts(facets: Facets) -> tuple[str, list[Any]]:
    """SQL that counts the values of each facet, the other facets as chosen."""
    parts, params = [], []
    for name in FACETS:
        others = {other: values for other, values in facets.items() if other != name and values}
        wheres = [f"{other} IN ({', '.join(['%s'] * len(values))})" for other, values in others.items()]
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        parts.append(f"SELECT '{name}', {name}, count(*) FROM around{where} GROUP BY {name}")
        params += [value for values in others.values() for value in values]
    return " UNION ALL ".join(parts), params


def _answer(rows: list[Any]) -> Answer:
    found: dict[str, dict[str, int]] = {kind: {} for kind in ("hit", "total", *FACETS)}
    for kind, value, number in rows:
        found[kind][value] = number
    tiers = {int(key): tier for key, tier in found.pop("hit").items()}
    keys = sorted(tiers, key=lambda key: (tiers[key], -key))
    return Answer(keys, found.pop("total")[""], found)


def _backend() -> ModuleType:
    return BACKENDS[connection.vendor]


def _matches(match: Match, tier: str, limit: int) -> tuple[str, list[Any]]:
    """SQL that gives the keys of the newest matches in a tier, and its parameters."""
    expression = match.expression(tier)
    if not expression:
        return f"SELECT id FROM {ENTRIES} ORDER BY id DESC LIMIT %s", [limit]
    return _backend().MATCH, [expression, limit]


def _rows(statement: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[Any] = cursor.fetchall()
    return rows
