"""The workforce figures that count, for reading. They are changed in the portal, which asks about unlikely ones."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from certification.applications.spreadsheet.layout import Column
from certification.applications.spreadsheet.rows import Given
from certification.applications.spreadsheet.stated import Place, Stated
from employers.figures import NAMES
from employers.models import WorkforceFigures

FIRST = (Column(_("Centro"), 30), Column(_("Lugar"), 30), Column(_("Año"), 8))
LAST = (Column(_("Nota"), 40), Column(_("Explicaciones"), 40))


def figure_columns() -> tuple[Column, ...]:
    titles = {field.name: field.verbose_name for field in WorkforceFigures._meta.fields}
    return (*FIRST, *(Column(titles[name], 14) for name in NAMES), *LAST)


def figure_rows(stated: Stated) -> Iterator[tuple[Given, ...]]:
    for place in stated.places:
        yield _row(place, stated.figures.get(place.workplace.pk))


def _row(place: Place, figures: WorkforceFigures | None) -> tuple[Given, ...]:
    said: tuple[Given, ...] = (place.label, place.workplace.place)
    if figures is None:
        return (*said, *(None,) * (len(NAMES) + 3))
    explained = "\n".join(figures.answers.values())
    return (*said, figures.year, *figures.counts.values(), figures.note, explained)
