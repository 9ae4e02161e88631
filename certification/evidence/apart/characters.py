"""The pages of a PDF and their characters, one for each place that PDFium knows: what is found has a box to cover."""

import ctypes
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

LINE_HYPHEN = "\x02"  # PDFium's mark for a word that goes on in the next line


def flat_page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """A page with what was typed into its form, and its stamps, made part of it: as it is printed."""
    with closing(document[index]) as page:
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)  # what does not become flat stays as it is
    return document[index]


def characters(textpage: pypdfium2.PdfTextPage) -> str:
    """The text of a page; the character at ``i`` is PDFium's character ``i``."""
    return "".join(_character(pdfium.FPDFText_GetUnicode(textpage, i)) for i in range(textpage.count_chars()))


def page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """What a page says, and what is said in the notes on it."""
    notes = note_text(document, index)
    with closing(flat_page(document, index)) as page, closing(page.get_textpage()) as textpage:
        return "\n".join(filter(None, (characters(textpage), notes)))


def note_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """What is written in the notes on a page. They open at a click, and nobody prints them."""
    with closing(document[index]) as page:
        return "\n".join(filter(None, (_note(page, n) for n in range(pdfium.FPDFPage_GetAnnotCount(page)))))


def _note(page: pypdfium2.PdfPage, number: int) -> str:
    note = pdfium.FPDFPage_GetAnnot(page, number)
    if not note:
        return ""
    try:
        length = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        buffer = (ctypes.c_ushort * (length // 2))()
        pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length)
        return bytes(buffer).decode("utf-16-le", errors="ignore").rstrip("\0")
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _character(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return " "
    character = chr(code)
    return character if character.isprintable() or character in f"\r\n\t{LINE_HYPHEN}" else " "
