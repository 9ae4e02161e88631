"""Read spreadsheets and Word files as tables and paragraphs, within caps. It opens foreign files, as ``pictures`` does.

The answer is JSON: a list of sheets ``{"title", "blocks", "is_whole"}``; a block is a text or the rows of a table.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20, 2_000, 40, 40_000
MOST_LETTERS = 500  # of a cell
MOST_BLOCKS = 3_000
MOST_TEXT = 4_000  # of a paragraph
OPEN_XML = "application/vnd.openxmlformats-officedocument."

Sheet = dict[str, Any]
Rows = list[list[str]]


def tables(path: str, media_type: str) -> bytes:
    read: Callable[[str], list[Sheet]] = READERS[media_type]
    return json.dumps(read(path)).encode()


def _workbook(path: str) -> list[Sheet]:
    """The values that the program of its author left in the cells: no formula is computed."""
    sheets: list[Sheet] = []
    left = MOST_CELLS
    with open(path, "rb") as file:  # noqa: PTH123 - the name under /proc says no type, which openpyxl wants of names
        book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # what the file says of its own size is not believed
            rows, is_whole = _capped(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), left)
            left -= sum(map(len, rows))
            sheets.append({"title": sheet.title, "blocks": [rows], "is_whole": is_whole})
        if len(book.worksheets) > MOST_SHEETS:
            sheets[-1]["is_whole"] = False
    return sheets


def _comma_separated(path: str) -> list[Sheet]:
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:  # noqa: PTH123 - as above
        head = file.read(4_096)
        file.seek(0)
        separator = max(",;\t|", key=head.count)
        rows, is_whole = _capped(csv.reader(file, delimiter=separator), MOST_CELLS)
    return [{"title": "", "blocks": [rows], "is_whole": is_whole}]


def _capped(rows: Iterable[Iterable[object]], left: int) -> tuple[Rows, bool]:
    """As many rows, columns and letters as may be shown, without the empty end; whether that is all."""
    kept: Rows = []
    is_whole = True
    for row in rows:
        values = ["" if value is None else str(value) for value in row]
        cells = [value[:MOST_LETTERS] for value in values[:MOST_COLUMNS]]
        is_whole = is_whole and values[:MOST_COLUMNS] == cells and not any(values[MOST_COLUMNS:])
        while cells and not cells[-1]:
            cells.pop()
        if len(kept) == MOST_ROWS or left < len(cells):
            is_whole = False
            break
        left -= len(cells)
        kept.append(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept, is_whole


def _document(path: str) -> list[Sheet]:
    """The paragraphs and tables of a Word file in their order."""
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        found = list(islice(_blocks(part), MOST_BLOCKS + 1))
    is_whole = len(found) <= MOST_BLOCKS and all(is_all for _block, is_all in found)
    return [{"title": "", "blocks": [block for block, _is_all in found[:MOST_BLOCKS]], "is_whole": is_whole}]


def _blocks(part: IO[bytes]) -> Iterator[tuple[str | Rows, bool]]:
    """Each paragraph and table, and whether that is all of it."""
    depth = 0  # of tables: what is inside one belongs to it
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        name = _name(element)
        if name == "tbl":
            depth += 1 if event == "start" else -1
        if depth or event == "start":
            continue
        if name == "tbl":
            yield _capped(map(_cells, _named(element, "tr")), MOST_CELLS)
            element.clear()
        elif name == "p":
            if text := _text(element).strip():
                yield text[:MOST_TEXT], len(text) <= MOST_TEXT
            element.clear()


def _cells(row: Element) -> list[str]:
    return [" ".join(filter(None, map(_text, _named(cell, "p")))) for cell in _named(row, "tc")]


def _text(paragraph: Element) -> str:
    return "".join(
        " " if _name(one) in {"tab", "br"} else one.text or "" for one in _named(paragraph, "t", "tab", "br")
    )


def _named(element: Element, *names: str) -> Iterator[Element]:
    return (one for one in element.iter() if _name(one) in names)


def _name(element: Element) -> str:
    """Without its namespace: there are two, of the same elements."""
    return str(element.tag).rpartition("}")[2]


READERS = {
    f"{OPEN_XML}spreadsheetml.sheet": _workbook,
    f"{OPEN_XML}wordprocessingml.document": _document,
    "text/csv": _comma_separated,
}
