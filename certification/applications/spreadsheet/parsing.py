"""From what a cell holds to what it says. Whoever typed it may have used any spreadsheet program."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from certification.applications.draft_forms import NO_YEAR
from certification.applications.spreadsheet import layout
from certification.applications.spreadsheet.layout import Column, Typed, folded
from certification.applications.spreadsheet.values import Value, plain, unescaped
from certification.standards.enums import Claim

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")  # day, month, year: as it is written in Mexico
MOST_READ = 100_000  # characters: three times what a cell can hold; a text that cells share may have any length
SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")


class WrongCellError(Exception):
    """What a cell says cannot be taken. ``str()`` is the sentence for the person, without the address."""


def text_of(value: Any) -> str:
    """Any cell as text: a number is written as it is read, a date with year, month and day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, bool):
        return layout.yes_no()[0 if value else 1]
    return plain(value.isoformat() if isinstance(value, dt.date | dt.time) else unescaped(str(value)[:MOST_READ]))


def parse(value: Any, column: Column) -> Value:
    """What the cell says, as it is stored. Raises WrongCellError with what was expected."""
    if column.typed is Typed.CLAIM:
        return _claim(text_of(value))
    if column.typed is Typed.YES_NO:
        return _yes_no(text_of(value), column)
    if column.typed is Typed.DATE:
        return _date(value)
    text = text_of(value)
    if len(text) > column.most:
        told = {"length": len(text), "most": column.most}
        raise WrongCellError(_("tiene %(length)d caracteres y caben %(most)d; abrévialo") % told)
    return text


def _claim(text: str) -> str:
    try:
        return layout.claims_by_word()[folded(text)] if text else ""
    except KeyError:
        told = {"text": text[:40], "words": ", ".join(layout.claim_words(tuple(Claim)))}
        raise WrongCellError(_("dice «%(text)s»; escribe una de estas: %(words)s") % told) from None


def _yes_no(text: str, column: Column) -> bool | None:
    """An empty cell says «no» where the portal has a box to tick, and nothing where it asks."""
    if not text:
        return False if column.part == "is_present" else None
    yes, no = layout.yes_no()
    if folded(text) not in {folded(yes), folded(no)}:
        raise WrongCellError(_("dice «%(text)s»; escribe Sí o No") % {"text": text[:40]})
    return folded(text) == folded(yes)


def _date(value: Any) -> str | None:
    day = value.date() if isinstance(value, dt.datetime) else value
    if not isinstance(day, dt.date):
        text = text_of(value)
        if not text:
            return None
        day = _read_date(text)
    if day.year < 1900:
        raise WrongCellError(str(NO_YEAR))
    return str(day.isoformat())


def _read_date(text: str) -> dt.date:
    if SHORT_YEAR.fullmatch(text):
        raise WrongCellError(str(NO_YEAR))
    iso, local = ISO.fullmatch(text), LOCAL.fullmatch(text)
    try:
        if iso:
            return dt.date(*map(int, iso.groups()))
        if local:
            return dt.date(*map(int, reversed(local.groups())))
    except ValueError:
        pass
    told = {"text": text[:40]}
    raise WrongCellError(_("«%(text)s» no es una fecha; escríbela como 2026-11-03: año, mes y día") % told)
