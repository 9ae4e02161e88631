"""What a sheet would change, held against the portal as it is now: both texts, and whether the portal moved."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.applications.models import Application
from certification.applications.saving import CODE_FIELD, Saved
from certification.applications.spreadsheet.layout import BY_KIND, CLAIM_WORDS, NO, YES
from certification.applications.spreadsheet.reading import Change
from certification.applications.spreadsheet.stated import lines_of
from certification.applications.spreadsheet.values import CLAIM, MODELS, Item, Kind, Value, digest, value_of
from certification.standards.document import StandardDocument
from employers.models import Workplace


@dataclass(frozen=True)
class Line:
    """A change to say yes or no to. ``number`` is its place in the upload, ``seen`` the version that the page shows."""

    number: int
    seen: int
    code: str
    title: str
    question: str
    workplace: str
    now: str
    then: str
    moved: bool  # changed in the portal since the export: the portal's stays unless it is ticked
    place: str


class Portal:
    """The stored rows that some changes are about, read in a query for each kind."""

    def __init__(self, application: Application, changes: Iterable[Change]) -> None:
        codes: dict[Kind, set[str]] = defaultdict(set)
        self.by_item: dict[Item, dict[str, Change]] = defaultdict(dict)
        for change in changes:
            codes[change.item.kind].add(change.code)
            self.by_item[change.item][change.part] = change
        codes[Kind.ANSWER] |= codes[Kind.LOCAL]  # what holds in a workplace without an answer of its own
        self.rows = {item: row for kind in codes for item, row in _rows(application, kind, codes[kind])}

    def row(self, item: Item) -> Saved | None:
        return self.rows.get(item)

    def base(self, item: Item) -> Saved | None:
        """The row that a change is written onto: where a workplace has none, the employer's."""
        return self.rows.get(item) or (self.rows.get(Item(Kind.ANSWER, item.code)) if item.workplace else None)

    def now(self, change: Change) -> Value:
        if change.part == "is_in_force":
            return value_of(self.row(change.item), change.part)
        return value_of(self.base(change.item), change.part)

    def version(self, item: Item) -> int:
        row = self.row(item)
        return row.version if row else 0

    def differs(self, change: Change) -> bool:
        return digest(change.value) != digest(self.now(change)) or (
            change.part != "is_in_force" and self._is_out_of_force(change)
        )

    def moved(self, change: Change) -> bool:
        """Whether somebody changed in the portal what the cell was exported from."""
        if digest(value_of(self.row(change.item), change.part)) != change.said:
            return True
        return self._is_out_of_force(change) and "is_in_force" not in self.by_item[change.item]

    def _is_out_of_force(self, change: Change) -> bool:
        row = self.row(change.item)
        return row is not None and change.kind == Kind.LOCAL and value_of(row, "is_in_force") is False


def _rows(application: Application, kind: Kind, codes: set[str]) -> Iterator[tuple[Item, Saved]]:
    code_field = CODE_FIELD[MODELS[kind]]
    stored: QuerySet[Saved] = MODELS[kind]._default_manager.filter(
        application=application, **{f"{code_field}__in": codes}
    )
    for row in stored:
        yield Item(kind, getattr(row, code_field), getattr(row, "workplace_id", 0)), row


def lines(application: Application, changes: Sequence[Change]) -> list[Line]:
    """The changes that are still to be made, in the order of the sheets."""
    portal, titles = Portal(application, changes), _titles(application.standard.document)
    ids = {change.workplace for change in changes}
    names = dict(Workplace.objects.filter(pk__in=ids).values_list("pk", "name")) if ids - {0} else {}
    return [
        _line(number, change, portal, {"titles": titles, "names": names})
        for number, change in enumerate(changes)
        if portal.differs(change)
    ]


def _line(number: int, change: Change, portal: Portal, words: dict[str, Any]) -> Line:
    code = change.part.removeprefix(CLAIM) if change.part.startswith(CLAIM) else change.code
    sheet = BY_KIND[Kind(change.kind)]
    return Line(
        number=number,
        seen=portal.version(change.item),
        code=code,
        title=words["titles"].get(code, ""),
        question=str(sheet.columns[sheet.at(change.part)].title),
        workplace=words["names"].get(change.workplace, ""),
        now=in_words(portal.now(change), change.part),
        then=in_words(change.value, change.part),
        moved=portal.moved(change),
        place=change.place,
    )


def _titles(document: StandardDocument) -> dict[str, str]:
    found = {part.code: part.title for part in document.participation_requirements}
    found |= {part.code: part.title for part in document.measures}
    return found | {line.code: line.title for criterion in document.criteria for line in lines_of(criterion)}


def in_words(value: Value, part: str) -> str:
    """What a cell says, as the portal says it; an empty text where nothing is said."""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if value and part.startswith(CLAIM):
        return str(CLAIM_WORDS.get(value, value))  # type: ignore[call-overload]
    if value and part == "issued_on":
        return date_format(dt.date.fromisoformat(value), "j b Y")
    return value or _("Sin responder")
