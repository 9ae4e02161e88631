"""The tokens in PostgreSQL: a generated tsvector beside ``EntryTokens.tokens``, with a GIN index."""

from __future__ import annotations

from collections.abc import Sequence

# The lexemes are our tokens as they are: no parser or dictionary of PostgreSQL changes them.
VECTOR = """
ALTER TABLE good_practices_entrytokens ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
"""
# A vector is a little too long for a row by default, and reading it from elsewhere for each candidate costs ten times
# the match. The text of the tokens, which no search reads, moves out instead.
INLINE = """
ALTER TABLE good_practices_entrytokens ALTER COLUMN vector SET STORAGE MAIN, SET (toast_tuple_target = 4080)
"""
INDEX = """
CREATE INDEX good_practices_entrytokens_vector ON good_practices_entrytokens USING gin (vector)
    WITH (fastupdate = off)
"""
CREATE = (VECTOR, INLINE, INDEX)
DROP = ("ALTER TABLE good_practices_entrytokens DROP COLUMN vector",)

MATCH = (
    "SELECT entry_id AS id FROM good_practices_entrytokens WHERE vector @@ %s::tsquery ORDER BY entry_id DESC LIMIT %s"
)
# Facets of the matches, one by one: without OFFSET 0 the planner reads the whole table rather than look up 1,000 rows.
LOOK_UP = "CROSS JOIN LATERAL (SELECT * FROM {table} WHERE id = matching.id OFFSET 0) AS entry"


def expression(groups: Sequence[Sequence[str]]) -> str:
    """All groups, any token of each, in the words of a tsquery."""
    return " & ".join("(" + " | ".join(f"'{token}'" for token in group) + ")" for group in groups)
