"""The words of Word, Excel, PowerPoint and OpenDocument files, in the parts that people call pages."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.sax.handler import ContentHandler

from defusedxml.sax import parse
from openpyxl import load_workbook

BODY = ("word/document.xml",)
BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)[0-9]*\.xml")
SLIDES = "ppt/presentation.xml"
LINES = {"p", "h", "br", "line-break", "tr", "table-row"}
CELLS = {"tc", "table-cell"}
BREAKS = {"p", "h", "br", "line-break"}  # within a cell they are spaces: a row is a line
KEPT = {"t", "delText"}  # of Open XML: what else holds characters is no text


class Words(ContentHandler):
    """Collects the text of a part, a line for each paragraph or row of a table, and a page for each sheet."""

    def __init__(self, most: int, *, all_text: bool, page_element: str = "") -> None:
        super().__init__()
        self.pages: list[list[str]] = [[]]
        self.left, self.all_text, self.page_element = most, all_text, page_element
        self.keeps, self.cells, self.started = all_text, 0, False

    def startElement(self, name: str, _attrs: Any) -> None:  # noqa: N802 - the name is xml.sax's
        local = name.rpartition(":")[2]
        self.cells += local in CELLS
        if local == self.page_element:
            if self.started:
                self.pages.append([])
            self.started = True
        if local in {"tab", "s"}:
            self._add(" ")
        self.keeps = self.all_text or local in KEPT

    def endElement(self, name: str) -> None:  # noqa: N802 - the name is xml.sax's
        local = name.rpartition(":")[2]
        self.keeps = self.all_text
        if local in CELLS:
            self.cells -= 1
            self._add("\t")
        elif local in LINES:
            self._add(" " if self.cells and local in BREAKS else "\n")

    def characters(self, content: str) -> None:
        if self.keeps:
            self._add(content)

    def _add(self, text: str) -> None:
        self.pages[-1].append(text[: max(self.left, 0)])
        self.left -= len(text)

    @property
    def texts(self) -> list[str]:
        return ["".join(page) for page in self.pages]


def word_texts(file: IO[bytes], most: int) -> Iterator[str]:
    """One text: body, headers, notes and comments. The pages of a Word file are made by who opens it."""
    with zipfile.ZipFile(file) as archive:
        names = [*BODY, *sorted(filter(BESIDE.fullmatch, archive.namelist()))]
        yield "\n".join(_part(archive, name, most) for name in names)


def slide_texts(file: IO[bytes], most: int) -> Iterator[str]:
    """A text for each slide, with its notes, in the order of the presentation."""
    with zipfile.ZipFile(file) as archive:
        targets = _targets(archive, SLIDES)
        for slide in _listed(archive):
            name = targets.get(slide, "")
            notes = [one for one in _targets(archive, name).values() if "/notesSlides/" in one]
            yield "\n".join(_part(archive, one, most) for one in (name, *notes) if one in archive.namelist())


def sheet_texts(file: IO[bytes], most: int) -> Iterator[str]:
    """A text for each sheet, a line for each row, cells apart by tabs; the last value of a formula, not the formula."""
    book = load_workbook(file, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        lines, length = [], 0
        for row in sheet.iter_rows(values_only=True):
            line = "\t".join("" if value is None else str(value) for value in row).rstrip()
            lines.append(line)
            length += len(line) + 1
            if length > most:
                break
        yield "\n".join(lines)


def open_texts(file: IO[bytes], most: int) -> Iterator[str]:
    """OpenDocument: one text, or one for each sheet."""
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as part:
        words = Words(most, all_text=True, page_element="table" if _is_spreadsheet(archive) else "")
        parse(part, words, forbid_dtd=False)
    yield from words.texts


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    return b"spreadsheet" in archive.read("mimetype")[:200]


def _part(archive: zipfile.ZipFile, name: str, most: int) -> str:
    words = Words(most, all_text=False)
    with archive.open(name) as part:
        parse(part, words, forbid_dtd=False)
    return words.texts[0]


class Attributes(ContentHandler):
    """Collects the attributes of each element of a name, in order."""

    def __init__(self, element: str) -> None:
        super().__init__()
        self.element, self.found = element, list[dict[str, str]]()

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name is xml.sax's
        if name.rpartition(":")[2] == self.element:
            self.found.append(dict(attrs.items()))


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The parts that a part points at, by the key it uses for them."""
    folder, _slash, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.namelist():
        return {}
    rows = Attributes("Relationship")
    with archive.open(relations) as part:
        parse(part, rows, forbid_dtd=True)
    known = [row for row in rows.found if row.get("TargetMode") != "External"]
    return {row["Id"]: posixpath.normpath(posixpath.join("/", folder, row["Target"]))[1:] for row in known}


def _listed(archive: zipfile.ZipFile) -> list[str]:
    rows = Attributes("sldId")
    with archive.open(SLIDES) as part:
        parse(part, rows, forbid_dtd=True)
    # «r:id» points at the part, by whatever prefix; «id» alone is the number of the slide.
    return [value for row in rows.found for key, value in row.items() if key.endswith(":id")]
