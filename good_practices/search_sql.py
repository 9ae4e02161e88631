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
ANYWHERE = "4"
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


def facet_token(name: str, value: str) -> str:
    """The token of a facet's value. What could not be a code is replaced by one that no entry has."""
    return f"{FACETS[name]}={code(value)}"


def code(value: str) -> str:
    """The value as it came when it could be a code of ours, otherwise NO_CODE."""
    return value if value.replace("-", "").isalnum() and value.isascii() else NO_CODE


def keys(match: Match, page: int) -> tuple[list[int], int]:
    """Keys of the entries on a page, best first, and the total, which stops at one more than CAP."""
    # Of each tier, twice as many as the page ends at: at most half of them are in the tiers before.
    needed = 2 * page * PAGE_SIZE
    parts, params = [], []
    for tier in TIERS if match.stems else ANYWHERE:
        sql, values = _matches(match, tier, needed)
        parts.append(f"SELECT id, {tier} AS tier FROM ({sql}) AS tier_{tier}")
        params += values
    sql, values = _matches(match, ANYWHERE, CAP + 1)
    # The total stands on the left, so that a page past the end still says how many there are.
    statement = (
        f"SELECT hit.id, everything.total FROM (SELECT count(*) AS total FROM ({sql}) AS capped) AS everything"
        f" LEFT JOIN (SELECT id, min(tier) AS tier FROM ({' UNION ALL '.join(parts)}) AS found"
        " GROUP BY id ORDER BY min(tier), id DESC LIMIT %s OFFSET %s) AS hit ON true ORDER BY hit.tier, hit.id DESC"
    )
    rows = _rows(statement, [*values, *params, PAGE_SIZE, (page - 1) * PAGE_SIZE])
    return [key for key, _ in rows if key is not None], rows[0][1]


def counts(match: Match) -> dict[str, dict[str, int]]:
    """How many of the newest CAP matches of the words have each value, the other facets as chosen."""
    sql, params = _matches(Match(match.stems, {}, match.wants_all), ANYWHERE, CAP)
    parts = []
    for name in FACETS:
        others = {other: values for other, values in match.facets.items() if other != name and values}
        wheres = [f"{other} IN ({', '.join(['%s'] * len(values))})" for other, values in others.items()]
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        parts.append(f"SELECT '{name}' AS facet, {name} AS value, count(*) AS number FROM found{where} GROUP BY {name}")
        params += [value for values in others.values() for value in values]
    statement = (
        f"WITH found AS MATERIALIZED (SELECT entry.* FROM {ENTRIES} AS entry"
        f" JOIN ({sql}) AS matching ON matching.id = entry.id) {' UNION ALL '.join(parts)}"
    )
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, value, number in _rows(statement, params):
        found[name][value] = number
    return found


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
