"""The figures of a workplace over its years, as the rows of a table with bars and of a table of everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from employers import figures
from employers.models import WorkforceFigures


@dataclass(frozen=True)
class YearRow:
    """A year, with its bar in per cent of the year with most people; ``figures`` None where nothing was said."""

    year: int
    figures: WorkforceFigures | None
    women: str = "0%"
    men: str = "0%"

    @property
    def directors(self) -> tuple[int, int] | None:
        """Women who direct, and everybody who does; None while one of the two is not said."""
        said = self.figures
        if said is None or said.women_managers is None or said.men_managers is None:
            return None
        return said.women_managers, said.women_managers + said.men_managers


@dataclass(frozen=True)
class FigureRow:
    """One figure through the years, in the order of the columns."""

    title: str
    values: list[int | None]


@dataclass(frozen=True)
class SexRow:
    """One question of one year; None where it was not answered or is not asked so. Percentages are of each 100."""

    title: str
    women: int | None
    men: int | None
    whole: int | None


@dataclass(frozen=True)
class SexGroup:
    title: Promise
    rows: list[SexRow]


@dataclass(frozen=True)
class FigureGroup:
    title: Promise
    rows: list[FigureRow]


def year_rows(known: Iterable[WorkforceFigures], years: Iterable[int]) -> list[YearRow]:
    """The years and those with figures, newest first."""
    by_year = {row.year: row for row in known}
    most = max((row.total for row in by_year.values()), default=0) or 1
    wanted = sorted({*by_year, *years}, reverse=True)
    return [_year(year, by_year.get(year), most) for year in wanted]


def _year(year: int, said: WorkforceFigures | None, most: int) -> YearRow:
    if said is None:
        return YearRow(year, None)
    return YearRow(year, said, _percent(said.women, most), _percent(said.men, most))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


def figure_groups(columns: Sequence[WorkforceFigures]) -> list[FigureGroup]:
    """Every optional figure that some of the years has, by section; the columns are those years, newest first."""
    groups = [FigureGroup(section.title, _rows(section, columns)) for section in figures.SECTIONS]
    return [group for group in groups if group.rows]


def _rows(section: figures.Section, columns: Sequence[WorkforceFigures]) -> list[FigureRow]:
    rows = []
    for row in section.rows:
        for name, word in ((row.whole, _("total")), (row.women, _("mujeres")), (row.men, _("hombres"))):
            values = [getattr(one, name) for one in columns] if name else []
            if any(value is not None for value in values):
                title = f"{row.title}, {_('de cada 100') if row.is_percent else word}"
                rows.append(FigureRow(title, values))
    return rows


def groups_by_sex(said: WorkforceFigures) -> list[SexGroup]:
    """Every optional figure of a year that was given, by section, women beside men."""
    groups = [SexGroup(section.title, _by_sex(section, said)) for section in figures.SECTIONS]
    return [group for group in groups if group.rows]


def _by_sex(section: figures.Section, said: WorkforceFigures) -> list[SexRow]:
    rows = []
    for row in section.rows:
        women, men, whole = (getattr(said, name) if name else None for name in (row.women, row.men, row.whole))
        if (women, men, whole) != (None, None, None):
            title = f"{row.title}, {_('de cada 100')}" if row.is_percent else str(row.title)
            rows.append(SexRow(title, women, men, whole))
    return rows


def joined(rows: Sequence[WorkforceFigures]) -> Sequence[WorkforceFigures]:
    """The same rows, each knowing the year before it: their questions then need no query."""
    by_year = {row.year: row for row in rows}
    for row in rows:
        row.previous = by_year.get(row.year - 1)
    return rows
