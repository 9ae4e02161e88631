"""Opening a workbook that somebody sends: looked through first, and nothing in it ever runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
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
# What check_upload lets pass in a document, and a self-assessment has no use for.
FOREIGN_PARTS = ("/externallinks/", "/embeddings/", "/connections.xml", "/querytables/", "/ctrlprops/", "/model/")
NOT_XML = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", "/")
# What openpyxl raises, besides its own, for parts that say what they cannot mean.
UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, SAXException, DefusedXmlException, SyntaxError, RecursionError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, EOFError, OSError, Warning),
)


@contextmanager
def opened(file: IO[bytes], name: str) -> Iterator[Any]:
    """Give the workbook for reading row by row: formulas stay text. Raises UploadRefused with reason and remedy,
    also for what turns out to be damaged while it is read.
    """
    checked = check_upload(file, name)
    if checked.media_type != XLSX:
        raise UploadRefused(checked.name, _("No es una hoja de Excel (.xlsx)."), _again())
    if checked.size > MOST_BYTES:
        raise UploadRefused(checked.name, _("Pesa más de 20 MB: una hoja de aquí pesa mucho menos."), _again())
    book = None
    try:
        _look_through(file, checked.name)
        book = load_workbook(file, read_only=True, keep_links=False)
        yield book
    except UNREADABLE as fault:
        raise UploadRefused(checked.name, _("Está dañada o incompleta."), _again()) from fault
    finally:
        if book is not None:
            book.close()


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
            raise UploadRefused(name, _("Ocuparía demasiado al abrirla."), _again())
        for entry in archive.infolist():
            if not entry.filename.lower().endswith(NOT_XML):
                with archive.open(entry) as part:
                    parse(part, ContentHandler(), forbid_dtd=True)
