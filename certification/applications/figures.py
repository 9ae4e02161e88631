"""The workforce figures of an application: which year counts, their sums by the standards' words, what is asked.

**The year that counts** is, for each workplace, the newest one that is not after the day of the calculation: today in
the employer's hands, afterwards the day it was last sent (``dossier.reference_day``). Figures of a later year never
change what was sent.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse

from employers.history import SexGroup, groups_by_sex
from employers.models import Question, WorkforceFigures, Workplace


@dataclass(frozen=True)
class WorkplaceFigures:
    """A workplace with the figures that count, None where it has none, and what is asked about them."""

    workplace: Workplace
    figures: WorkforceFigures | None
    questions: tuple[Question, ...] = ()

    @property
    def unanswered(self) -> int:
        return sum(1 for question in self.questions if question.explanation is None)

    @property
    def url(self) -> str:
        """Where the employer mends or explains them."""
        if self.figures is None:
            return self.workplace_url
        return reverse("figures_edit", args=[self.workplace.employer_id, self.workplace.pk, self.figures.year])

    @property
    def workplace_url(self) -> str:
        return reverse("workplace_detail", args=[self.workplace.employer_id, self.workplace.pk])

    @property
    def groups(self) -> list[SexGroup]:
        """Every figure that was given, by section and sex."""
        return groups_by_sex(self.figures) if self.figures else []


def figures_that_count(workplace_ids: Iterable[int], on: dt.date) -> list[WorkforceFigures]:
    """The year that counts of each workplace, with the year before and the explanations, in two queries."""
    years: dict[int, dict[int, WorkforceFigures]] = defaultdict(dict)
    for row in WorkforceFigures.objects.filter(workplace_id__in=list(workplace_ids), year__lte=on.year):
        years[row.workplace_id][row.year] = row
    counting = []
    for found in years.values():
        newest = found[max(found)]
        newest.previous = found.get(newest.year - 1)
        counting.append(newest)
    prefetch_related_objects(counting, "explanations")
    return counting


def by_workplace(workplaces: Iterable[Workplace], rows: Iterable[WorkforceFigures]) -> list[WorkplaceFigures]:
    """Every workplace, in order, with its figures and their questions: no queries."""
    known = {row.workplace_id: row for row in rows}
    return [_of(workplace, known.get(workplace.pk)) for workplace in workplaces]


def _of(workplace: Workplace, figures: WorkforceFigures | None) -> WorkplaceFigures:
    return WorkplaceFigures(workplace, figures, tuple(figures.questions) if figures else ())


# What is summed over the workplaces, by the words of the standards' documents (standards.enums.Figure).
SUMMED = {
    "plantilla_mujeres": "women",
    "plantilla_hombres": "men",
    "directivos_mujeres": "women_managers",
    "directivos_hombres": "men_managers",
    "mandos_medios_mujeres": "women_middle",
    "mandos_medios_hombres": "men_middle",
    "operativos_mujeres": "women_operative",
    "operativos_hombres": "men_operative",
    "plantilla_discapacidad": "with_disability",
    "discapacidad_mujeres": "women_with_disability",
    "licencias_maternidad": "maternity_leave",
    "licencias_paternidad": "paternity_leave",
    "licencias_cuidados_mujeres": "women_care_leave",
    "licencias_cuidados_hombres": "men_care_leave",
    "ascensos_mujeres": "women_promoted",
    "ascensos_hombres": "men_promoted",
}
TOTALS = {
    "plantilla_total": ("plantilla_mujeres", "plantilla_hombres"),
    "directivos_total": ("directivos_mujeres", "directivos_hombres"),
    "mandos_medios_total": ("mandos_medios_mujeres", "mandos_medios_hombres"),
    "operativos_total": ("operativos_mujeres", "operativos_hombres"),
    "licencias_cuidados_total": ("licencias_cuidados_mujeres", "licencias_cuidados_hombres"),
    "ascensos_total": ("ascensos_mujeres", "ascensos_hombres"),
}


def summed(rows: Iterable[WorkforceFigures]) -> dict[str, int | None]:
    """Sums by the metric names of the standards' data; None where any workplace lacks the figure."""
    rows = list(rows)
    sums = {name: _sum([getattr(row, field) for row in rows]) for name, field in SUMMED.items()}
    sums |= {name: _plus(sums[one], sums[other]) for name, (one, other) in TOTALS.items()}
    women, men = sums["plantilla_mujeres"], sums["plantilla_hombres"]
    sums["personas_del_sexo_con_menor_presencia"] = None if women is None or men is None else min(women, men)
    return sums


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
