"""Canonical JSON: one text for one content, so that its hash says whether the content changed.

Keys sorted, no blanks, letters as they are, in UTF-8. A standard is hashed as it is here. A text that is kept, the
snapshot of an application and the data of a certificate, ends in a line feed besides (``canonical_text``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any


def canonical_json(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical_text(content: dict[str, Any]) -> str:
    """The canonical JSON as a text of one line, which ends in a line feed."""
    return canonical_json(content) + "\n"


def sha256_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def day_text(day: dt.date | None) -> str | None:
    """A day as it is kept in canonical JSON."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> dt.date | None:
    """The day that ``day_text`` wrote. Raises ValueError for anything else."""
    return dt.date.fromisoformat(text) if text else None
