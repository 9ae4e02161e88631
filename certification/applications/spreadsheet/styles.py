"""How the cells of the workbook look: what may be typed is white and open, everything else is shaded and locked."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from certification.applications.spreadsheet.values import escaped, plain

HEAD, READ, READ_DAY = "constancia-head", "constancia-read", "constancia-read-day"
TYPED, TYPED_DAY = "constancia-typed", "constancia-typed-day"
ISO_DAY = "yyyy-mm-dd"
INK, PAPER, SUNKEN, LINE = "FF1F2A24", "FFFFFFFF", "FFF1EEE6", "FFD5CFC2"
MOST = 32_767  # characters of a cell
STARTS_FORMULA = ("=", "+", "-", "@", "\t")


def add_styles(book: Workbook) -> None:
    """TYPED is the format of text: what is typed into it stays text, also when it begins with «=» or «-»."""
    for name in (HEAD, READ, READ_DAY, TYPED, TYPED_DAY):
        style, line = NamedStyle(name), Side(style="thin", color=LINE)
        ground = INK if name == HEAD else PAPER if name in {TYPED, TYPED_DAY} else SUNKEN
        style.font = Font(name="Calibri", size=11, color=PAPER if name == HEAD else INK, bold=name == HEAD)
        style.fill = PatternFill("solid", start_color=ground)
        style.border = Border(bottom=line, right=line)
        style.alignment = Alignment(wrap_text=True, vertical="top")
        style.protection = Protection(locked=name not in {TYPED, TYPED_DAY})
        style.number_format = {TYPED: "@", TYPED_DAY: ISO_DAY, READ_DAY: ISO_DAY}.get(name, "General")
        book.add_named_style(style)


def cell(sheet: Any, value: Any, style: str) -> Any:
    """A cell in which text is text, whatever it begins with: spreadsheet programs are never handed a formula."""
    if not isinstance(value, str):
        made = WriteOnlyCell(sheet, value=value)
        made.style = style
        return made
    text = escaped(plain(value))[:MOST]
    made = WriteOnlyCell(sheet, value=text or None)
    made.style = style
    if not text:
        return made
    made.data_type = "s"  # openpyxl would take «=1+1» for a formula and «#N/A» for a fault
    if text.startswith(STARTS_FORMULA):
        made.quotePrefix = True
    return made
