"""Reading a workbook that comes back: what differs from its export, or every fault with its sheet and cell.

Codes rule: rows may be moved, sorted or left out. Nothing is compared with the portal here, and nothing is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from certification.applications.models import Application
from certification.applications.spreadsheet import control, layout
from certification.applications.spreadsheet.control import Export, NotOursError
from certification.applications.spreadsheet.layout import Column, Sheet
from certification.applications.spreadsheet.opening import Opened, opened
from certification.applications.spreadsheet.parsing import WrongCellError, parse, text_of
from certification.applications.spreadsheet.stated import lines_of, open_items
from certification.applications.spreadsheet.values import CLAIM, Item, Kind, Value, digest
from certification.standards.document import StandardDocument
from certification.standards.enums import Claim

MOST_ROWS = 100_000  # also empty ones
SPARE_ROWS = 1_000  # with something in them, besides those that an export has
MOST_FAULTS = 100  # told at once: who mends a hundred cells knows what to look for in the rest
MOST_CHANGES = 50_000


class Change(NamedTuple):
    """A cell that no longer says what was exported. ``said`` is the digest of what it said then."""

    kind: str
    code: str
    workplace: int
    part: str
    value: Value
    said: str
    place: str  # «Hoja Criterios, celda E14»

    @property
    def item(self) -> Item:
        return Item(Kind(self.kind), self.code, self.workplace)


@dataclass
class Read:
    """``unread`` are the sheets that somebody added."""

    exported_at: dt.datetime
    changes: list[Change] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class SheetRefused(Exception):
    """Nothing of the workbook is taken. ``faults`` are sentences, each with its sheet and cell where it has one.

    ``more``: reading stopped there, and what follows may have others.
    """

    def __init__(self, faults: list[str], *, more: bool = False) -> None:
        super().__init__(faults)
        self.faults, self.more = faults, more


@dataclass(frozen=True)
class Known:
    """A code of the standard in a sheet: the row it belongs to, and what may be claimed there."""

    code: str  # as the standard writes it
    item: str  # the code of its criterion
    is_head: bool
    choices: tuple[Claim, ...] = ()
    is_computed: bool = False


def read(file: IO[bytes], name: str, application: Application) -> Read:
    """Raises UploadRefused for a file that cannot be opened, SheetRefused for one that is foreign or has faults."""
    with opened(file, name) as book:
        export = _export_of(book, application)
        reader = Reader(application, export)
        for sheet in layout.SHEETS:
            if sheet.title in book.titles:
                reader.read(sheet, book.rows(sheet.title, max_row=MOST_ROWS + 1, max_col=len(sheet.columns)))
            else:
                reader.tell(_("Falta la hoja «%(sheet)s». Descarga otra y no quites hojas.") % {"sheet": sheet.title})
        ours = {*layout.READ_ALONE, *(sheet.title for sheet in layout.SHEETS)}
        unread = [title for title in book.titles if title not in ours]
    return Read(export.exported_at, reader.finish(), unread)


def _export_of(book: Opened, application: Application) -> Export:
    """What the workbook was exported from, once it is known to be of this application and version."""
    try:
        if layout.CONTROL not in book.titles:
            raise NotOursError
        bounds = {"max_row": MOST_ROWS, "max_col": control.WIDTH, "values_only": True}
        export = control.read(book.rows(layout.CONTROL, **bounds))
    except NotOursError:
        raise SheetRefused([_("Este libro no se descargó de aquí, o se perdió su hoja oculta «Control».")]) from None
    if export.folio != application.folio:
        told = {"other": export.folio, "folio": application.folio}
        raise SheetRefused([_("Este libro es de la solicitud %(other)s, y ésta es la %(folio)s.") % told])
    if export.fingerprint != application.standard.fingerprint:
        told = {"version": application.standard.version}
        raise SheetRefused([_("Este libro es de otra versión de la norma: ahora es la %(version)s.") % told])
    return export


class Reader:
    """Reads sheet after sheet, and gathers what changed and every fault."""

    def __init__(self, application: Application, export: Export) -> None:
        self.export, self.open_items = export, open_items(application)
        self.known = _known(application.standard.document)
        self.workplaces = set(application.workplaces.values_list("pk", flat=True))
        self.faults: list[str] = []
        self.changes: list[Change] = []
        self.in_force: dict[Item, bool] = {}  # what the sheet says of answers of workplaces, where it says it

    def read(self, sheet: Sheet, rows: Iterator[tuple[Any, ...]]) -> None:
        head = next(rows, ())
        if self._has_other_head(sheet, head):
            return
        seen: dict[tuple[str, int], str] = {}
        left = self._most_rows(sheet)
        for number, cells in enumerate(rows, start=2):
            is_filled = any(cell.value is not None for cell in cells)
            left -= is_filled
            if number > MOST_ROWS or left < 0:
                self.tell(_("Hoja «%(sheet)s»: tiene demasiados renglones.") % {"sheet": sheet.title})
                return
            if is_filled:
                _Row(self, sheet, number, cells).read(seen)

    def _most_rows(self, sheet: Sheet) -> int:
        """A row for each code, in «Centros» of each workplace; one for each cell whose code is gone; and some more."""
        places = len(self.export.places) if sheet.kind == Kind.LOCAL else 1
        stored = sum(len(packed.split()) for item, packed in self.export.digests.items() if item.kind == sheet.kind)
        return len(self.known[sheet.kind]) * places + stored + SPARE_ROWS

    def _has_other_head(self, sheet: Sheet, head: tuple[Any, ...]) -> bool:
        with layout.in_spanish():
            titles = [str(column.title) for column in sheet.columns]
        for at, title in enumerate(titles):
            if text_of(head[at].value if at < len(head) else None) != title:
                self.add_fault(sheet, f"{get_column_letter(at + 1)}1", _("el encabezado debe decir «%s»") % title)
                return True
        return False

    def add_fault(self, sheet: Sheet, cell: str, sentence: str) -> None:
        self.tell(f"{place_of(sheet, cell)}: {sentence}.")

    def tell(self, fault: str) -> None:
        """Keep a fault. Raises SheetRefused once there are more than are told at once: the rest is not read."""
        if len(self.faults) == MOST_FAULTS:
            raise SheetRefused(self.faults, more=True)
        self.faults.append(fault)

    def finish(self) -> list[Change]:
        """The changes, once what belongs together agrees. Raises SheetRefused with every fault."""
        kept = [change for change in self.changes if self._agrees(change)]
        if self.faults:
            raise SheetRefused(self.faults)
        if len(kept) > MOST_CHANGES:
            raise SheetRefused([_("Son demasiados cambios para una vez. Súbelos en partes: quita renglones y repite.")])
        return kept

    def _agrees(self, change: Change) -> bool:
        """An answer of a workplace that does not count is not changed by the way: whoever wants it, says so."""
        if change.kind != Kind.LOCAL:
            return True
        counted = self.export.said(change.item, "is_in_force") == digest(value=True)
        is_stored, wanted = change.item in self.export.digests, self.in_force.get(change.item)
        if change.part == "is_in_force":
            return is_stored  # an answer that is new counts anyway
        if wanted is False or (is_stored and not counted and not wanted):
            told = {"column": str(layout.WORKPLACES.columns[layout.WORKPLACES.at("is_in_force")].title)}
            sentence = _(
                "cambia una respuesta propia que no vale; escribe Sí en «%(column)s», o deja la celda como estaba"
            )
            self.tell(f"{change.place}: {sentence % told}.")
        return True


def place_of(sheet: Sheet, cell: str) -> str:
    return _("Hoja %(sheet)s, celda %(cell)s") % {"sheet": sheet.title, "cell": cell}


def _known(document: StandardDocument) -> dict[Kind, dict[str, Known]]:
    """By kind, and by code in lower case: spreadsheet programs write «r07a» into «R07a»."""
    lines = [line for criterion in document.criteria for line in lines_of(criterion)]
    criteria = {
        line.code.casefold(): Known(line.code, line.criterion.code, line.is_head, line.choices) for line in lines
    }
    requirements = {
        one.code.casefold(): Known(one.code, one.code, is_head=True) for one in document.participation_requirements
    }
    measures = {
        one.code.casefold(): Known(one.code, one.code, is_head=True, is_computed=one.metric.kind != "boolean")
        for one in document.measures
    }
    return {Kind.REQUIREMENT: requirements, Kind.ANSWER: criteria, Kind.LOCAL: criteria, Kind.MEASURE: measures}


class _Row:
    """A row with something in it."""

    def __init__(self, reader: Reader, sheet: Sheet, number: int, cells: tuple[Any, ...]) -> None:
        self.reader, self.sheet, self.number, self.cells = reader, sheet, number, cells

    def read(self, seen: dict[tuple[str, int], str]) -> None:
        if self._has_formula():
            return
        workplace, known = self._workplace(), self._code()
        if known is None or workplace is None:
            return
        key, here = (known.code, workplace), self._at(self.sheet.code_at)
        if key in seen:
            self._fault(
                self.sheet.code_at,
                _("el código %(code)s ya está en %(cell)s; deja uno") % {"code": known.code, "cell": seen[key]},
            )
            return
        seen[key] = here
        for at, column in enumerate(self.sheet.columns):
            if column.part:
                try:
                    self._read_cell(at, column, known, workplace)
                except WrongCellError as wrong:
                    self._fault(at, str(wrong))

    def _value(self, at: int) -> Any:
        return self.cells[at].value if at < len(self.cells) else None

    def _at(self, at: int) -> str:
        return f"{get_column_letter(at + 1)}{self.number}"

    def _fault(self, at: int, sentence: str) -> None:
        self.reader.add_fault(self.sheet, self._at(at), sentence)

    def _has_formula(self) -> bool:
        found = [(at, cell.data_type) for at, cell in enumerate(self.cells) if cell.data_type in {"f", "e"}]
        for at, kind in found:
            self._fault(
                at, _("es una fórmula; escribe el valor") if kind == "f" else _("tiene un error; escribe el valor")
            )
        return bool(found)

    def _is_typed(self) -> bool:
        return any(column.part and text_of(self._value(at)) for at, column in enumerate(self.sheet.columns))

    def _code(self) -> Known | None:
        text = text_of(self._value(self.sheet.code_at))
        known = self.reader.known[self.sheet.kind].get(text.casefold())
        if known is None and not text and self._is_typed():
            self._fault(self.sheet.code_at, _("falta el código"))
        if known is None and text and not self._is_gone():
            self._fault(self.sheet.code_at, _("«%(code)s» no es un código de esta norma") % {"code": text[:20]})
        return known

    def _is_gone(self) -> bool:
        """Rows of codes that the standard no longer has are exported for reading."""
        return text_of(self._value(self.sheet.code_at + 1)) == layout.gone()

    def _workplace(self) -> int | None:
        """0 where the sheet is not about workplaces; None with a fault."""
        if self.sheet.place_at is None:
            return 0
        text = text_of(self._value(self.sheet.place_at))
        key = self.reader.export.places.get(text.split(" ")[0].upper())
        if key in self.reader.workplaces:
            return key
        if text or self._is_typed():
            sentence = _("elige de la lista un centro de esta solicitud") if text else _("falta el centro")
            self._fault(self.sheet.place_at, sentence)
        return None

    def _read_cell(self, at: int, column: Column, known: Known, workplace: int) -> None:
        item = Item(self.sheet.kind, known.item, workplace)
        part = CLAIM + known.code if column.part == CLAIM else column.part
        said, raw = self.reader.export.said(item, part), self._value(at)
        if digest(text_of(raw)) == said:
            return  # as it was exported, also where it would not be taken today
        if not known.is_head and part != CLAIM + known.code:
            if text_of(raw):
                raise WrongCellError(_("esto va en el renglón del criterio %(code)s") % {"code": known.item})
            return
        value = parse(raw, column)
        if part == "is_in_force":
            if value is None:
                return
            self.reader.in_force[item] = bool(value)
        if digest(value) != said:
            self._refuse_closed(known, part, value)
            place = place_of(self.sheet, self._at(at))
            self.reader.changes.append(Change(item.kind.value, item.code, workplace, part, value, said, place))

    def _refuse_closed(self, known: Known, part: str, value: Value) -> None:
        opened = self.reader.open_items
        if opened is not None and known.item not in opened:
            raise WrongCellError(
                _("%(code)s no se puede cambiar ahora; deja la celda como estaba") % {"code": known.item}
            )
        if known.is_computed:
            raise WrongCellError(_("se calcula con las cifras de la plantilla; deja la celda vacía"))
        if part.startswith(CLAIM) and value and value not in known.choices:
            words = ", ".join(layout.claim_words(known.choices))
            told = {"code": known.code, "words": words}
            if known.choices:
                raise WrongCellError(_("en %(code)s sólo se puede responder: %(words)s") % told)
            raise WrongCellError(_("responde en los incisos de %(code)s, no aquí") % told)
