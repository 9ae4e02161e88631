"""Whole numbers in what a browser sends: in an address, a hidden field or a header."""

from __future__ import annotations

KEY = 18  # digits that every key of a row has room for


def number_in(text: str, digits: int = 9) -> int | None:
    """The number that ``text`` is, of at most so many digits; None for all else, also for a sign or a blank."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
