"""The answer to a search of practices by the best SQL we know to write for it, without our search's code.

One tier after the other until the page is full, instead of all in one statement; one statement for total and facets.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from bench.harness import fetch

MATCH = {
    "sqlite": "SELECT rowid AS id FROM good_practices_fts WHERE good_practices_fts MATCH %s ORDER BY rowid DESC",
    "postgresql": (
        "SELECT entry_id AS id FROM good_practices_entrytokens WHERE vector @@ %s::tsquery ORDER BY entry_id DESC"
    ),
}
NEWEST = "SELECT id FROM good_practices_practiceentry ORDER BY id DESC"
WORDS = {"sqlite": (' "{}" ', " OR ", " AND "), "postgresql": ("'{}'", " | ", " & ")}
FACETS = ("topic", "subtopic", "entity", "sector", "size")
ROWS = """
    SELECT e.id, p.slug, p.title, p.topic, p.subtopic, p.problem, p.action, p.cost, p.result, p.entity, p.sector,
           p.size, p.published_at, m.legal_name, m.trade_name, c.folio, c.issued_on
    FROM good_practices_practiceentry e
    JOIN good_practices_practice p ON p.id = e.practice_id
    JOIN employers_employer m ON m.id = p.employer_id
    JOIN certification_certificate c ON c.id = p.certificate_id
    WHERE e.id IN ({})
"""
COUNTS = {  # the matches are the outer loop: left to itself, PostgreSQL reads all entries
    "sqlite": """
        SELECT e.topic, e.subtopic, e.entity, e.sector, e.size FROM ({} LIMIT 1001) AS matching
        CROSS JOIN good_practices_practiceentry e ON e.id = matching.id ORDER BY e.id DESC
    """,
    "postgresql": """
        SELECT e.topic, e.subtopic, e.entity, e.sector, e.size FROM ({} LIMIT 1001) AS matching
        CROSS JOIN LATERAL (SELECT * FROM good_practices_practiceentry WHERE id = matching.id OFFSET 0) AS e
        ORDER BY e.id DESC
    """,
}


def by_hand(query: str) -> tuple[list[dict[str, Any]], int, dict[str, dict[str, int]]]:
    """The first twenty hits, the total (at most 1,001), and how many have each value of each facet."""
    from django.db import connection

    from certification.evidence.analyser import stems

    words = list(dict.fromkeys(stems(query)))
    keys = _keys(words)
    found = {row["id"]: row for row in fetch(ROWS.format(", ".join(["%s"] * len(keys))), keys)} if keys else {}
    sql, params = _match(words, 4)
    counted = fetch(COUNTS[connection.vendor].format(sql), params)
    counts = {name: dict(Counter(row[name] for row in counted[:1000])) for name in FACETS}
    return [found[key] for key in keys], len(counted), counts


def page_by_hand(query: str) -> dict[str, object]:
    """What the template of the search gets from the answer by hand."""
    from django.core.paginator import Paginator

    from certification.evidence.analyser import stems
    from good_practices import facets
    from good_practices.search import SearchResult

    hits, total, counts = by_hand(query)
    shown: list[Any] = [_shown(row) for row in hits]
    result = SearchResult(shown, min(total, 1_000), total > 1_000, False, 1, counts, frozenset(stems(query)))
    return {
        "result": result,
        "page": Paginator(range(result.total), 20).get_page(1),
        "groups": facets.groups({name: [] for name in FACETS}, counts),
    }


def _shown(row: dict[str, Any]) -> SimpleNamespace:
    from employers import catalogues
    from good_practices import topics

    titles = {
        "topic_said": topics.topic_said(row["topic"]),
        "subtopic_said": topics.subtopic_said(row["subtopic"]),
        "size_title": catalogues.strata()[row["size"]].title,
        "state_name": catalogues.state(row["entity"]).name,
        "proof_word": f"Comprobada para un certificado de {str(row['issued_on'])[:4]}",
        "employer": {"name": row["trade_name"] or row["legal_name"]},
    }
    return SimpleNamespace(**row, **titles)


def _keys(words: list[str]) -> list[int]:
    keys: dict[int, None] = {}
    for tier in (1, 2, 3, 4) if words else (4,):
        sql, params = _match(words, tier)
        keys |= {row["id"]: None for row in fetch(f"{sql} LIMIT 20", params)}
        if len(keys) >= 20:
            break
    return list(keys)[:20]


def _match(words: list[str], tier: int) -> tuple[str, list[object]]:
    from django.db import connection

    if not words:
        return NEWEST, []
    quoted, either, both = WORDS[connection.vendor]
    groups = (either.join(quoted.format(f"{place}{word}") for place in range(1, tier + 1)) for word in words)
    return MATCH[connection.vendor], [both.join(f"({group})" for group in groups)]
