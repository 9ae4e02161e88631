"""Rows as CSV for spreadsheet programs: UTF-8 with its mark, and nothing in it that such a program would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence


def csv_lines(names: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the line of the names and a line for each row, so that a stream can be fed."""
    writer = csv.writer(_Echo())
    # The mark makes spreadsheets read the accents; it is part of the encoding, not of the first name.
    yield "\ufeff" + writer.writerow(names)
    for row in rows:
        yield writer.writerow([_plain(value) for value in row])


class _Echo:
    """Gives each written line back, so that the csv module can feed a stream."""

    def write(self, line: str) -> str:
        return line


def _plain(value: object) -> object:
    """A text that starts like a formula is disarmed: spreadsheets would run it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
