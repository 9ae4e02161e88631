"""The hidden sheet: which application, version and moment a workbook tells of, and what each of its cells said then.

It is signed, so that a workbook that was not exported here, or whose hidden sheet was changed, is told from ours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core import signing

from certification.applications.saving import Saved
from certification.applications.spreadsheet.stated import Place, Stated
from certification.applications.spreadsheet.values import EMPTY, Item, Kind, Value, digest, parts_of, value_of

MARK, FORMAT, END = "constancia-hoja", "1", "firma"
SALT = "certification.applications.spreadsheet"
WIDTH = 6  # cells of each row


class NotOursError(Exception):
    """The workbook was not exported here, or its hidden sheet was changed."""


@dataclass
class Export:
    """What a workbook was exported from. ``digests`` are of stored rows alone, packed: forty workplaces have many."""

    folio: str
    fingerprint: str
    exported_at: dt.datetime
    places: dict[str, int] = field(default_factory=dict)
    digests: dict[Item, str] = field(default_factory=dict)

    def said(self, item: Item, part: str) -> str:
        """The digest of what a cell said when it was exported."""
        packed = self.digests.get(item, "")
        for one in packed.split():
            name, _sep, known = one.rpartition("=")
            if name == part:
                return known
        return digest(EMPTY.get(part, ""))


class Writer:
    """Writes a row of the hidden sheet in the moment that the visible ones are written, so that both say the same."""

    def __init__(self, append: Callable[[list[str]], object], stated: Stated, at: dt.datetime) -> None:
        self._append, self._hash = append, hashlib.sha256()
        application = stated.application
        self._add([MARK, FORMAT, application.folio, application.standard.fingerprint, at.isoformat(), ""])
        for place in stated.places:
            self._add(["centro", place.key, str(place.workplace.pk), "", "", ""])

    def add(self, kind: Kind, code: str, record: Saved, place: Place | None = None) -> None:
        """Note what is stored in one row of the database."""
        packed = " ".join(f"{part}={digest(value_of(record, part))}" for part in parts_of(record, kind))
        page = f"{record.saved_from}/{record.saved_step}"  # and which of its saves
        self._add([kind.value, code, place.key if place else "", str(record.version), page, packed])

    def end(self) -> None:
        """Sign what was written."""
        self._append([END, signing.Signer(salt=SALT).sign(self._hash.hexdigest()), "", "", "", ""])

    def _add(self, row: list[str]) -> None:
        _count(self._hash, row)
        self._append(row)


def _count(counted: hashlib._Hash, row: Iterable[str]) -> None:
    counted.update("\x1f".join(row).encode() + b"\x1e")


def read(rows: Iterable[tuple[Value, ...]]) -> Export:
    """Take the hidden sheet apart. Raises NotOursError unless it is whole and signed here."""
    counted, export = hashlib.sha256(), None
    for raw in rows:
        row = _texts(raw)
        if row[0] == END:
            if export is None or not _is_signed(row[1], counted.hexdigest()):
                raise NotOursError
            return export
        _count(counted, row)
        if export is None:
            export = _begin(row)
        else:
            _add(export, row)
    raise NotOursError


def _texts(raw: tuple[Value, ...]) -> list[str]:
    row = ["" if value is None else value for value in raw[:WIDTH]]
    if not all(isinstance(value, str) for value in row):
        raise NotOursError
    return [str(value) for value in row] + [""] * (WIDTH - len(row))


def _begin(row: list[str]) -> Export:
    if row[:2] != [MARK, FORMAT]:
        raise NotOursError
    try:
        return Export(row[2], row[3], dt.datetime.fromisoformat(row[4]))
    except ValueError:
        raise NotOursError from None


def _add(export: Export, row: list[str]) -> None:
    try:
        if row[0] == "centro":
            export.places[row[1]] = int(row[2])
        else:
            export.digests[Item(Kind(row[0]), row[1], export.places[row[2]] if row[2] else 0)] = row[5]
    except (ValueError, KeyError):
        raise NotOursError from None


def _is_signed(signed: str, expected: str) -> bool:
    try:
        return signing.Signer(salt=SALT).unsign(signed) == expected
    except signing.BadSignature:
        return False
