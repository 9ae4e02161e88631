"""Workbooks as they go out, as people fill them in, and as they come back."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from certification.applications.spreadsheet import export
from certification.applications.spreadsheet.reading import SheetRefused, read

COLUMNS = {"claim": "E", "note": "F", "present": "E", "issued_on": "F", "reference": "G", "declared": "E", "own": "G"}


def exported(case):
    file = io.BytesIO()
    export.write(case.fresh(), file, at=timezone.now())
    file.seek(0)
    return file


def book_of(file):
    file.seek(0)
    return load_workbook(file)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def row_of(sheet, code, place=None):
    """The number of the row with that code; in «Centros», of the workplace whose name ends so."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if code in row[:2] and (place is None or str(row[0]).endswith(place)):
            return number
    raise LookupError(code)


def filled(case, *cells, file=None):
    """An export in which somebody typed: each cell is (sheet, code, column, value), or (sheet, address, value)."""
    book = book_of(file or exported(case))
    for sheet, where, *what in cells:
        address = where if len(what) == 1 else f"{COLUMNS[what[0]]}{row_of(book[sheet], where)}"
        book[sheet][address] = what[-1]
    return saved(book)


def added(case, *rows, file=None):
    """An export with new rows in «Centros»: (workplace, code, claim, note, own)."""
    book = book_of(file or exported(case))
    sheet, labels = book["Centros"], [row[0] for row in book["Cifras"].iter_rows(min_row=2, values_only=True)]
    number = next(n for n in range(2, 400) if not sheet[f"A{n}"].value)
    for at, (place, code, claim, note, own) in enumerate(rows, start=number):
        label = next(one for one in labels if one and one.endswith(place))
        for column, value in zip("ABEFG", (label, code, claim, note, own), strict=True):
            sheet[f"{column}{at}"] = value
    return saved(book)


def changes(case, file):
    """What the workbook would change, as (part, value), or the faults it is refused for."""
    try:
        found = read(file, "hoja.xlsx", case.fresh()).changes
    except SheetRefused as refused:
        return refused.faults
    return [(change.code, change.part, change.value) for change in found]


def upload(file, name="hoja.xlsx"):
    file.seek(0)
    return {"sheet": SimpleUploadedFile(name, file.read())}
