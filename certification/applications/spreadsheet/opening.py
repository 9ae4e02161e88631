"""Opening a workbook that somebody sends: looked through first, and nothing in it ever runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from certification.evidence.checks import UploadRefused, check_upload
from certification.evidence.checks.formats import OPEN_XML

XLSX = f"{OPEN_XML}spreadsheetml.sheet"
MOST_BYTES, MOST_UNPACKED = 20 * 2**20, 80 * 2**20
# XML elements: four make a cell. An export of forty workplaces has a million, and no format has wider rows.
MOST_ELEMENTS, MOST_IN_ROW = 2_000_000, 4 * 16_384
MOST_BESIDES = 300_000  # in a part that is no sheet: texts that cells share, styles
# What check_upload lets pass in a document, and a self-assessment has no use for.
FOREIGN_PARTS = ("/externallinks/", "/embeddings/", "/connections.xml", "/querytables/", "/ctrlprops/", "/model/")
NOT_XML = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", "/")
# What openpyxl raises, besides its own, for parts that say what they cannot mean.
UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, SAXException, DefusedXmlException, SyntaxError, RecursionError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, EOFError, OSError, Warning),
)


@dataclass(frozen=True)
class Opened:
    """A workbook, and the name of its file."""

    book: Any
    name: str

    @property
    def titles(self) -> list[str]:
        return list(self.book.sheetnames)

    def rows(self, title: str, **bounds: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a sheet, with the bounds of openpyxl's ``iter_rows``. Raises UploadRefused where it is damaged:
        what whoever reads them raises is another matter, and passes.
        """
        rows: Any = None
        while True:
            with _damage_told(self.name):
                rows = rows or self._begin(title, bounds)
                row = next(rows, None)
            if row is None:
                return
            yield row

    def _begin(self, title: str, bounds: dict[str, Any]) -> Any:
        sheet = self.book[title]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong, or meant to be
        return iter(sheet.iter_rows(**bounds))


@contextmanager
def opened(file: IO[bytes], name: str) -> Iterator[Opened]:
    """Give the workbook for reading row by row: formulas stay text. Raises UploadRefused with reason and remedy."""
    checked = check_upload(file, name)
    if checked.media_type != XLSX:
        raise UploadRefused(checked.name, _("No es una hoja de Excel (.xlsx)."), _again())
    if checked.size > MOST_BYTES:
        raise UploadRefused(checked.name, _("Pesa más de 20 MB: una hoja de aquí pesa mucho menos."), _again())
    with _damage_told(checked.name):
        _look_through(file, checked.name)
        book = load_workbook(file, read_only=True, keep_links=False)
    try:
        yield Opened(book, checked.name)
    finally:
        book.close()


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Round what openpyxl does, and nothing else: a KeyError of ours is no damage of theirs."""
    try:
        yield
    except UNREADABLE as fault:
        raise UploadRefused(name, _("Está dañada o incompleta."), _again()) from fault


def _again() -> str:
    return _("Descarga la hoja otra vez, pega en ella tus respuestas y súbela como .xlsx.")


def _look_through(file: IO[bytes], name: str) -> None:
    """Refuse what is fetched or runs elsewhere, what unpacks to too much, and every part that is no plain XML."""
    with zipfile.ZipFile(file) as archive:
        names = [f"/{one.lower()}" for one in archive.namelist()]
        if any(part in one for one in names for part in FOREIGN_PARTS):
            reason = _("Trae vínculos a otros archivos, datos externos u objetos adentro.")
            raise UploadRefused(name, reason, _("Quítalos y súbela otra vez."))
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise _too_much(name)
        counted = _Counted(name)
        for entry in archive.infolist():
            if not entry.filename.lower().endswith(NOT_XML):
                with archive.open(entry) as part:
                    parse(part, counted, forbid_dtd=True)


def _too_much(name: str) -> UploadRefused:
    return UploadRefused(name, _("Ocuparía demasiado al abrirla."), _again())


class _Counted(ContentHandler):
    """Counts the elements of all parts: reading costs by them, and bytes that repeat pack into nearly none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.total = name, 0

    def startDocument(self) -> None:  # noqa: N802 - as the parser calls it
        self.part = self.row = 0
        self.most = MOST_BESIDES

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ARG002, N802 - as the parser calls it
        kind = name.rpartition(":")[2]
        if kind == "worksheet" and not self.part:
            self.most = MOST_ELEMENTS
        self.total, self.part, self.row = self.total + 1, self.part + 1, 0 if kind == "row" else self.row + 1
        if self.total > MOST_ELEMENTS or self.part > self.most or (kind == "c" and self.row > MOST_IN_ROW):
            raise _too_much(self.name)
