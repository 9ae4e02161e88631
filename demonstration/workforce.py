"""The figures of the demonstration's workplaces: seven years each, with a few numbers that are asked about."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from accounts.models import User
from employers.actions.workplaces import save_figures
from employers.models import WorkforceFigures, Workplace

YEARS = 7
BAND_SHARES = (0.12, 0.38, 0.28, 0.16)  # of the first four bands of pay; the rest earns more


def make_years(
    workplace: Workplace, *, owner: User, last_year: int, manager_share: float, disability_share: float, at: dt.datetime
) -> None:
    """Figures of the seven years up to ``last_year``, the same each time; the newest are those of the workplace."""
    chance = random.Random(f"{workplace.name} {workplace.municipality}")  # noqa: S311 - demonstration data
    women, men, rows = workplace.women, workplace.men, []
    for year in range(last_year, last_year - YEARS, -1):
        counts = _year(chance, women, men, manager_share=manager_share, disability_share=disability_share)
        rows.append(WorkforceFigures(workplace=workplace, year=year, updated_at=at, updated_by=owner, **counts))
        women = max(1, round(women * chance.uniform(0.91, 0.98)))
        men = max(1, round(men * chance.uniform(0.93, 1.0)))
        men += women == men  # two equal halves would be asked about
    WorkforceFigures.objects.bulk_create(rows)


def _year(
    chance: random.Random, women: int, men: int, *, manager_share: float, disability_share: float
) -> dict[str, int]:
    people = women + men
    managers = max(2, people // 12)
    directors = min(women, round(managers * manager_share))
    with_disability = round(people * disability_share)
    counts = {
        "women": women,
        "men": men,
        "women_managers": directors,
        "men_managers": min(men, managers - directors),
        "with_disability": with_disability,
        "women_with_disability": with_disability // 2,
        "maternity_leave": round(women * chance.uniform(0.02, 0.06)),
        "paternity_leave": round(men * chance.uniform(0.01, 0.04)),
        "women_care_leave": round(women * chance.uniform(0.0, 0.04)),
        "men_care_leave": round(men * chance.uniform(0.0, 0.02)),
        "returned_percent": chance.randrange(82, 101),
        "women_promoted": round(women * chance.uniform(0.02, 0.07)),
        "men_promoted": round(men * chance.uniform(0.03, 0.08)),
    }
    for sex, staff in (("women", women), ("men", men)):
        counts |= _levels(sex, staff, counts[f"{sex}_managers"]) | _bands(sex, staff)
    return counts


def _levels(sex: str, staff: int, managers: int) -> dict[str, int]:
    middle = (staff - managers) // 6
    return {f"{sex}_middle": middle, f"{sex}_operative": staff - managers - middle}


def _bands(sex: str, staff: int) -> dict[str, int]:
    numbers = [int(staff * share) for share in BAND_SHARES]
    numbers.append(staff - sum(numbers))
    return {f"{sex}_pay_{place}": number for place, number in enumerate(numbers, start=1)}


def doubt_some(workplaces: Iterable[Workplace], *, year: int, at: dt.datetime) -> None:
    """In each of these workplaces two numbers of ``year`` are asked about: one is explained, the other not yet."""
    for workplace in workplaces:
        figures = workplace.figures.get(year=year)
        leaves = (workplace.men or 0) + 2  # more than there are men: those who left in the year are counted too
        save_figures(
            workplace=workplace,
            year=year,
            version=figures.version,
            figures={"paternity_leave": leaves, "returned_percent": 104},
            explanations={
                "part_exceeds_whole:paternity_leave": (
                    "Se cuentan las licencias de todo el año, también las de quienes ya no trabajan aquí."
                )
            },
            actor=figures.updated_by,
            at=at,
        )
