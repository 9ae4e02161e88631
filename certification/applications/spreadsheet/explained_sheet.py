"""Where every number comes from: the tree that explains the score, a row for each part, to be read alone.

It tells what the portal computed when the workbook was exported: nothing here is a formula, and typing elsewhere in the
workbook moves no number of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl.styles import Alignment

from certification.applications import dossier
from certification.applications.spreadsheet import styles
from certification.applications.spreadsheet.layout import Column
from certification.applications.spreadsheet.stated import Stated
from certification.standards.document import StandardDocument
from certification.standards.explanation import Explained
from certification.standards.parts import Criterion

COLUMNS = (
    Column(_("Parte"), 12),
    Column(_("Qué"), 60),
    Column(_("Vale"), 18),
    Column(_("Cuenta"), 34),
    Column(_("Regla"), 60),
    Column(_("Qué pide la norma"), 50),
    Column(_("Norma y versión"), 30),
)
WHAT = 1  # the column whose text is indented by how deep the part lies
MARK = "°"  # beside points that are not confirmed, as everywhere

Numbered = tuple[tuple[int, ...], Explained]


def write_explained(sheet: Any, stated: Stated, on: dt.date) -> None:
    """Append a row for each part of the tree, from the whole to the last sub-item."""
    tree = dossier.load(stated.application, dossier.reference_day(stated.application, on)).score.explanation
    source = f"{stated.document.code}, {stated.application.standard.version}"
    working = _working(stated.document)
    for numbers, node in _walk(tree, ()):
        said = f"{node.value}{MARK if node.code in working else ''}"
        number = ".".join(map(str, numbers))
        values = (number, node.label, said, node.arithmetic, node.rule, node.text if numbers else "", source)
        cells = [styles.cell(sheet, str(value), styles.READ) for value in values]
        cells[WHAT].alignment = Alignment(indent=2 * len(numbers), wrap_text=True, vertical="top")
        sheet.append(cells)


def _walk(node: Explained, numbers: tuple[int, ...]) -> Iterator[Numbered]:
    yield numbers, node
    for number, child in enumerate(node.children, start=1):
        yield from _walk(child, (*numbers, number))


def _working(document: StandardDocument) -> frozenset[str]:
    """The codes of the criteria and sub-items whose points are not confirmed: shares of such points are not either."""
    found = [code for criterion in document.criteria for code in _unconfirmed(criterion)]
    return frozenset(found)


def _unconfirmed(criterion: Criterion) -> list[str]:
    shared = [] if criterion.points_confirmed is True else [criterion.code]
    own = [
        part.code
        for part in criterion.sub_items
        if (part.confirmed is not True if part.points is not None else bool(shared))
    ]
    return shared + own
