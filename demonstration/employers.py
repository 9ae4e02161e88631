"""Fictional employers over all states and sizes."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from accounts.models import User
from demonstration.people import make_account
from demonstration.workforce import make_years
from employers import catalogues
from employers.actions.employers import create_employer
from employers.enums import Sector
from employers.models import Employer, Workplace

# What the name begins with, and the SCIAN sector that goes with it. Numbers 10 and 21 are public.
KINDS = (
    ("Tejidos", "31-33"), ("Alimentos", "31-33"), ("Servicios", "56"), ("Ingeniería", "54"), ("Muebles", "31-33"),
    ("Transportes", "48-49"), ("Clínica", "62"), ("Hotel", "72"), ("Comercial", "46"), ("Agrícola", "11"),
    ("Instituto", "93"), ("Calzado", "31-33"), ("Financiera", "52"), ("Empaques", "31-33"), ("Constructora", "23"),
    ("Minera", "21"), ("Telefonía", "51"), ("Sistemas", "54"), ("Teatro", "71"), ("Imprenta", "31-33"),
    ("Autopartes", "31-33"), ("Universidad", "61"),
)  # fmt: skip
SECOND = (
    "del Ceibo", "Cempasúchil", "La Milpa", "del Nopal", "Colibrí", "Agave Azul", "del Quetzal", "La Ceiba",
    "del Maguey", "Jacaranda", "Tzintzuntzan", "del Mezquite", "Bugambilia", "Río Claro", "La Parota", "del Ahuehuete",
)  # fmt: skip
YEARS_BACK = 6  # the employers registered so long ago; their figures go on to this year
HEADCOUNTS = (7, 24, 38, 75, 130, 210, 340, 620)
COUNT = 44


@dataclass(frozen=True)
class Seeded:
    employer: Employer
    owner: User
    workplaces: list[Workplace]


def make_employers(chance: random.Random, at: dt.datetime) -> list[Seeded]:
    """44 employers, two of each kind: the first 32 in one state each, the others spread, with every size in turn."""
    states = list(catalogues.states())
    seconds = chance.sample(SECOND, len(SECOND))
    made = []
    for number in range(COUNT):
        first, scian = KINDS[number % len(KINDS)]
        name = f"{first} {seconds[number % len(seconds)]}"
        made.append(_employer(chance, number, name, scian, state=states[number % len(states)], at=at))
    return made


def _employer(chance: random.Random, number: int, name: str, scian: str, *, state: str, at: dt.datetime) -> Seeded:
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
        scian=scian,
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
    """What the workplace tells of its people; where it lags, few women lead and nobody has a disability."""
    make_years(
        workplace,
        owner=owner,
        last_year=at.year + YEARS_BACK,
        manager_share=0.2 if lags else chance.uniform(0.3, 0.55),
        disability_share=0.0 if lags else chance.uniform(0.0, 0.09),
        at=at,
    )
