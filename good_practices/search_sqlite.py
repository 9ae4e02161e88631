"""The tokens in SQLite: an FTS5 table over ``EntryTokens``, fed by triggers."""

from __future__ import annotations

from collections.abc import Sequence

# Only whether a token is there matters: no positions, no sizes. The content is not stored a second time.
FTS = """
CREATE VIRTUAL TABLE good_practices_fts USING fts5(
    tokens, content='good_practices_entrytokens', content_rowid='entry_id', detail='none', columnsize=0,
    tokenize="unicode61 remove_diacritics 0 tokenchars '=-'"
)
"""
ON_INSERT = """
CREATE TRIGGER good_practices_fts_insert AFTER INSERT ON good_practices_entrytokens BEGIN
    INSERT INTO good_practices_fts(rowid, tokens) VALUES (new.entry_id, new.tokens);
END
"""
ON_DELETE = """
CREATE TRIGGER good_practices_fts_delete AFTER DELETE ON good_practices_entrytokens BEGIN
    INSERT INTO good_practices_fts(good_practices_fts, rowid, tokens) VALUES ('delete', old.entry_id, old.tokens);
END
"""
ON_UPDATE = """
CREATE TRIGGER good_practices_fts_update AFTER UPDATE ON good_practices_entrytokens BEGIN
    INSERT INTO good_practices_fts(good_practices_fts, rowid, tokens) VALUES ('delete', old.entry_id, old.tokens);
    INSERT INTO good_practices_fts(rowid, tokens) VALUES (new.entry_id, new.tokens);
END
"""
CREATE = (FTS, ON_INSERT, ON_DELETE, ON_UPDATE)
DROP = (
    "DROP TRIGGER good_practices_fts_update",
    "DROP TRIGGER good_practices_fts_delete",
    "DROP TRIGGER good_practices_fts_insert",
    "DROP TABLE good_practices_fts",
)

# Newest first costs nothing here: FTS5 walks its lists backwards and stops at the limit.
MATCH = "SELECT rowid AS id FROM good_practices_fts WHERE good_practices_fts MATCH %s ORDER BY rowid DESC LIMIT %s"
# Facets of the matches, one by one: CROSS makes the matches the outer loop.
LOOK_UP = "CROSS JOIN {table} AS entry ON entry.id = matching.id"


def expression(groups: Sequence[Sequence[str]]) -> str:
    """All groups, any token of each, in the words of FTS5."""
    return " AND ".join("(" + " OR ".join(f'"{token}"' for token in group) + ")" for group in groups)
