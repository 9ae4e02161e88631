"""The workforce figures of an application, summed over its workplaces, under the names the standards use."""

from __future__ import annotations

from collections.abc import Iterable

from employers.models import WorkforceFigures


def newest_of_each_workplace(workplace_ids: Iterable[int]) -> list[WorkforceFigures]:
    """The newest year of each workplace, in one query."""
    newest: dict[int, WorkforceFigures] = {}
    for row in WorkforceFigures.objects.filter(workplace_id__in=list(workplace_ids)).order_by("year"):
        newest[row.workplace_id] = row
    return list(newest.values())


def summed(rows: Iterable[WorkforceFigures]) -> dict[str, int | None]:
    """Sums by the metric names of the standards' data; None where any workplace lacks the figure."""
    rows = list(rows)
    women = _sum([row.women for row in rows])
    men = _sum([row.men for row in rows])
    women_managers = _sum([row.women_managers for row in rows])
    men_managers = _sum([row.men_managers for row in rows])
    return {
        "plantilla_total": _plus(women, men),
        "plantilla_mujeres": women,
        "plantilla_hombres": men,
        "personas_del_sexo_con_menor_presencia": None if women is None or men is None else min(women, men),
        "directivos_mujeres": women_managers,
        "directivos_hombres": men_managers,
        "directivos_total": _plus(women_managers, men_managers),
        "plantilla_discapacidad": _sum([row.with_disability for row in rows]),
    }


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
