"""Terms in calendar and business days. Holidays are those of the Federal Labour Law, from the ``holidays`` package."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

from certification.standards.document import StandardDocument
from certification.standards.enums import StageCode, TermUnit

SATURDAY = 5


@lru_cache(maxsize=256)
def holidays_of(year: int) -> frozenset[dt.date]:
    """The days of mandatory rest of a year (Ley Federal del Trabajo, article 74)."""
    return frozenset(holidays.country_holidays("MX", years=year))


def is_business_day(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def add_term(start: dt.date, amount: int, unit: TermUnit | str) -> dt.date:
    """The last day of a term that begins the day after ``start``. Negative amounts count back. Raises ValueError.

    Calendar terms may end on any day; a source that says only «días» is counted in calendar days.
    """
    if TermUnit(unit) != TermUnit.BUSINESS_DAYS:
        return start + dt.timedelta(days=amount)
    step = dt.timedelta(days=1 if amount >= 0 else -1)
    day, left = start, abs(amount)
    while left:
        day += step
        left -= is_business_day(day)
    return day


def term_for(document: StandardDocument, stage: StageCode | str, start: dt.date) -> dt.date:
    """The last day of a stage of the portal that begins on ``start``. Raises ValueError for an unknown stage."""
    term = document.stage(StageCode(stage).value)
    return add_term(start, term.amount, term.unit)
