"""The whole self-assessment as a workbook, with its guidance, to be filled in without the portal.

Written row by row to a file: what is in memory hardly grows with the workplaces.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from certification.applications.models import Application
from certification.applications.spreadsheet import control, explained_sheet, layout, styles
from certification.applications.spreadsheet.figures_sheet import figure_columns, figure_rows
from certification.applications.spreadsheet.layout import Column, Sheet, Typed
from certification.applications.spreadsheet.readme import write_readme
from certification.applications.spreadsheet.rows import (
    Given,
    Row,
    criterion_rows,
    empty_local_rows,
    gone_rows,
    local_rows,
    measure_rows,
    requirement_rows,
)
from certification.applications.spreadsheet.stated import Stated, load

Lists = dict[tuple[str, tuple[str, ...]], list[list[int]]]  # by column and words: first and last row of each stretch


def write(application: Application, file: IO[bytes], *, at: dt.datetime) -> None:
    """Write the workbook (XLSX) of what is stored into ``file``, a constant number of queries and one a workplace."""
    with layout.in_spanish():
        stated = load(application, timezone.localdate(at))
        book = Workbook(write_only=True)
        styles.add_styles(book)
        write_readme(book.create_sheet(layout.README), stated, at)
        _write_sheets(book, stated, at)
        book.save(file)


def _write_sheets(book: Workbook, stated: Stated, at: dt.datetime) -> None:
    """All are open together: each row of the database goes to its own sheet and to the hidden one at once."""
    sheets = {sheet.kind: _SheetWriter(book, sheet, stated) for sheet in layout.SHEETS}
    figures = _open(book, layout.FIGURES, figure_columns())
    explained = _open(book, layout.EXPLAINED, explained_sheet.COLUMNS)
    hidden = book.create_sheet(layout.CONTROL)
    hidden.sheet_state, hidden.protection.sheet = "veryHidden", True
    noted = control.Writer(lambda row: _append(hidden, row), stated, at)
    for row in _rows(stated):
        sheets[row.kind].add(row)
        if row.record is not None:
            noted.add(row.kind, row.code, row.record, row.place)
    for values in figure_rows(stated):
        _append(figures, values)
    explained_sheet.write_explained(explained, stated, timezone.localdate(at))
    noted.end()
    for one in sheets.values():
        one.close()


def _rows(stated: Stated) -> Iterator[Row]:
    yield from requirement_rows(stated)
    yield from criterion_rows(stated)
    yield from measure_rows(stated)
    yield from gone_rows(stated)
    for place, answer in stated.local_answers():
        yield from local_rows(stated, place, answer)
    yield from empty_local_rows(stated)


def _open(book: Workbook, title: str, columns: Sequence[Column]) -> Any:
    """A sheet with its head, which stays in sight as the first two columns do."""
    sheet = book.create_sheet(title)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True  # without a password: it keeps from slips, not from anybody
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: allowed
    sheet.append([styles.cell(sheet, str(column.title), styles.HEAD) for column in columns])
    return sheet


def _append(sheet: Any, values: Iterable[Given]) -> None:
    sheet.append([styles.cell(sheet, value, styles.READ) for value in values])


class _SheetWriter:
    """Writes the rows of a sheet that is read back, and gives its open cells the lists to choose from."""

    def __init__(self, book: Workbook, layout_of: Sheet, stated: Stated) -> None:
        self.layout, self.sheet = layout_of, _open(book, layout_of.title, layout_of.columns)
        self.number = 1
        self.lists: Lists = defaultdict(list)
        self.places = len(stated.places)

    def add(self, row: Row) -> None:
        self.number += 1
        cells = []
        for at, (column, value) in enumerate(zip(self.layout.columns, row.values, strict=True)):
            is_open = self._part(at, column) in row.open
            if is_open:
                self._offer(at, column, row)
            cells.append(styles.cell(self.sheet, value, _style(column, is_open=is_open)))
        self.sheet.append(cells)

    def _part(self, at: int, column: Column) -> str:
        if at == self.layout.place_at:
            return "place"
        return "code" if at == self.layout.code_at else column.part or "read"

    def _offer(self, at: int, column: Column, row: Row) -> None:
        words: tuple[str, ...] = ()
        if at == self.layout.place_at:
            words = (f"{layout.FIGURES}!$A$2:$A${self.places + 1}",)
        elif column.typed is Typed.CLAIM:
            words = layout.claim_words(row.choices)
        elif column.typed is Typed.YES_NO:
            words = layout.yes_no()
        if words:
            stretches = self.lists[get_column_letter(at + 1), words]
            if stretches and stretches[-1][1] == self.number - 1:
                stretches[-1][1] = self.number
            else:
                stretches.append([self.number, self.number])

    def close(self) -> None:
        for (letter, words), stretches in self.lists.items():
            said = words[0] if "!" in words[0] else f'"{",".join(words)}"'
            where = " ".join(f"{letter}{first}:{letter}{last}" for first, last in stretches)
            self.sheet.data_validations.append(DataValidation("list", formula1=said, allow_blank=True, sqref=where))


def _style(column: Column, *, is_open: bool) -> str:
    if column.typed is Typed.DATE:
        return styles.TYPED_DAY if is_open else styles.READ_DAY
    return styles.TYPED if is_open else styles.READ
