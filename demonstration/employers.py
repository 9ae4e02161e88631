"""Fictional employers over all states and sizes."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import dataclass

from accounts.models import User
from demonstration.people import make_account
from employers import catalogues
from employers.actions.employers import create_employer
from employers.enums import Sector
from employers.models import Employer, WorkforceFigures, Workplace

FIRST = (
    "Tejidos", "Alimentos", "Servicios", "Cerámica", "Muebles", "Autopartes", "Transportes", "Clínica", "Hotel",
    "Papelera", "Calzado", "Empaques", "Comercial", "Constructora", "Imprenta", "Lácteos",
)  # fmt: skip
SECOND = (
    "del Ceibo", "Cempasúchil", "La Milpa", "del Nopal", "Colibrí", "Agave Azul", "del Quetzal", "La Ceiba",
    "del Maguey", "Jacaranda", "Tzintzuntzan", "del Mezquite", "Bugambilia", "Río Claro", "La Parota", "del Ahuehuete",
)  # fmt: skip
YEARS_BACK = 6  # the employers registered so long ago; their figures are of this year
HEADCOUNTS = (7, 24, 38, 75, 130, 210, 340, 620)
COUNT = 44


@dataclass(frozen=True)
class Seeded:
    employer: Employer
    owner: User
    workplaces: list[Workplace]


def make_employers(chance: random.Random, at: dt.datetime) -> list[Seeded]:
    """44 employers: the first 32 in one state each, the others spread, with every size in turn."""
    states = list(catalogues.states())
    names = [f"{one} {two}" for one, two in itertools.product(FIRST, SECOND)]
    chance.shuffle(names)
    return [_employer(chance, number, names[number], states[number % len(states)], at=at) for number in range(COUNT)]


def _employer(chance: random.Random, number: int, name: str, state: str, *, at: dt.datetime) -> Seeded:
    owner = make_account(f"empresa{number + 1}", f"Enlace de {name}", "Enlace de Recursos Humanos")
    public = number % 11 == 10
    letters = "".join(word[0] for word in name.upper().replace("É", "E").split())[:3].ljust(3, "X")
    employer = create_employer(
        actor=owner,
        at=at,
        legal_name=f"{name} (ejemplo)" + ("" if public else ", S.A. de C.V."),
        trade_name=name,
        rfc_text=f"{letters}{chance.randrange(80, 99)}{chance.randrange(1, 13):02d}15{chance.randrange(100, 1000)}",
        sector=(Sector.PUBLIC if public else Sector.PRIVATE).value,
        scian=chance.choice(["31-33", "46", "56", "61", "62", "72", "23", "93" if public else "54"]),
    )
    headcount = HEADCOUNTS[number % len(HEADCOUNTS)]
    sites = 3 if headcount > 300 else 2 if headcount > 120 else 1
    workplaces = [
        _workplace(
            chance, employer, one, owner=owner, state=state, people=headcount // sites, lags=number % 6 == 0, at=at
        )
        for one in range(sites)
    ]
    return Seeded(employer, owner, workplaces)


def _workplace(
    chance: random.Random,
    employer: Employer,
    number: int,
    *,
    owner: User,
    state: str,
    people: int,
    lags: bool,
    at: dt.datetime,
) -> Workplace:
    keys = [key for key in catalogues.municipalities() if key.startswith(state)]
    key = keys[0] if number == 0 else chance.choice(keys)
    women = round(people * chance.uniform(0.35, 0.6))
    workplace = Workplace.objects.create(
        employer=employer,
        name=f"{('Planta', 'Sucursal', 'Almacén')[number]} {catalogues.municipality_name(key)}"[:150],
        state=state,
        municipality=key,
        women=women,
        men=people - women,
    )
    _figures(chance, workplace, owner=owner, lags=lags, at=at)
    return workplace


def _figures(chance: random.Random, workplace: Workplace, *, owner: User, lags: bool, at: dt.datetime) -> None:
    """What the workplace told last about its people; where it lags, few women lead and nobody has a disability."""
    people = workplace.women + workplace.men
    managers = max(2, people // 12)
    share = 0.2 if lags else chance.uniform(0.3, 0.55)
    WorkforceFigures.objects.create(
        workplace=workplace,
        year=at.year + YEARS_BACK,
        women=workplace.women,
        men=workplace.men,
        women_managers=round(managers * share),
        men_managers=managers - round(managers * share),
        with_disability=0 if lags else round(people * chance.uniform(0.0, 0.09)),
        updated_at=at,
        updated_by=owner,
    )
