"""How the cells of the workbook look: what may be typed is white and open, everything else is shaded and locked."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from certification.applications.spreadsheet.values import plain

HEAD, READ, TYPED, DAY = "constancia-head", "constancia-read", "constancia-typed", "constancia-day"
INK, PAPER, SUNKEN, LINE = "FF1F2A24", "FFFFFFFF", "FFF1EEE6", "FFD5CFC2"
MOST = 32_767  # characters of a cell
STARTS_FORMULA = ("=", "+", "-", "@", "\t")


def add_styles(book: Workbook) -> None:
    """TYPED is the format of text: what is typed into it stays text, also when it begins with «=» or «-»."""
    for name, ground, ink in ((HEAD, INK, PAPER), (READ, SUNKEN, INK), (TYPED, PAPER, INK), (DAY, PAPER, INK)):
        style, line = NamedStyle(name), Side(style="thin", color=LINE)
        style.font = Font(name="Calibri", size=11, color=ink, bold=name == HEAD)
        style.fill = PatternFill("solid", start_color=ground)
        style.border = Border(bottom=line, right=line)
        style.alignment = Alignment(wrap_text=True, vertical="top")
        style.protection = Protection(locked=name in {HEAD, READ})
        style.number_format = {TYPED: "@", DAY: "yyyy-mm-dd"}.get(name, "General")
        book.add_named_style(style)


def cell(sheet: Any, value: Any, style: str) -> Any:
    """A cell in which text is text, whatever it begins with: spreadsheet programs are never handed a formula."""
    if not isinstance(value, str):
        made = WriteOnlyCell(sheet, value=value)
        made.style = style
        return made
    text = plain(value)[:MOST]
    made = WriteOnlyCell(sheet, value=text)
    made.style = style
    made.data_type = "s"  # openpyxl would take «=1+1» for a formula and «#N/A» for a fault
    if text.startswith(STARTS_FORMULA):
        made.quotePrefix = True
    return made
