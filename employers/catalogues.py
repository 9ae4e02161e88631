"""Official catalogues, read once from ``employers/data``: states, municipalities, activities and sizes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class State:
    key: str
    name: str
    abbr: str


@dataclass(frozen=True)
class ScianSector:
    code: str
    title: str
    size_sector: str | None


@dataclass(frozen=True)
class Stratum:
    """A size by number of people. ``code`` is micro, pequena, mediana or grande."""

    code: str
    title: str


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open(encoding="utf-8") as file:
        # Both loaders are the safe one; the C one reads the 2,478 municipalities in 12 ms instead of 150.
        data: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return data


@cache
def states() -> dict[str, State]:
    """The 32 states by INEGI key, in the order of their keys."""
    rows = _read("mx-states.yaml")["states"]
    return {row["key"]: State(row["key"], row["name"], row["abbr"]) for row in rows}


def state(key: str) -> State:
    return states()[key]


@cache
def municipalities() -> dict[str, str]:
    """Names of the municipalities by their five-digit INEGI key."""
    rows: dict[str, str] = _read("mx-municipalities.yaml")["municipalities"]
    return rows


def municipality_name(key: str) -> str:
    return municipalities()[key]


@cache
def municipalities_of(state_key: str) -> tuple[tuple[str, str], ...]:
    """Pairs of key and name of one state, in alphabetical order as a Spanish reader expects it."""
    found = [(key, name) for key, name in municipalities().items() if key.startswith(state_key)]
    return tuple(sorted(found, key=lambda pair: _folded(pair[1])))


def _folded(text: str) -> str:
    """Lower case without accents; «ñ» goes after «n»."""
    marked = text.lower().replace("ñ", "n\uffff")
    return "".join(sign for sign in unicodedata.normalize("NFD", marked) if not unicodedata.combining(sign))


@cache
def scian_sectors() -> dict[str, ScianSector]:
    """The 20 sectors of SCIAN México 2023 by code."""
    rows = _read("scian-sectors.yaml")["sectors"]
    return {row["code"]: ScianSector(row["code"], row["title"], row["size_sector"]) for row in rows}


def scian_sector(code: str) -> ScianSector:
    return scian_sectors()[code]


@cache
def _strata() -> tuple[dict[str, Any], ...]:
    return tuple(_read("company-size.yaml")["strata"])


@cache
def strata() -> dict[str, Stratum]:
    """The four sizes, smallest first."""
    return {row["code"]: Stratum(row["code"], row["title"]) for row in _strata()}


def stratum(headcount: int, size_sector: str | None) -> Stratum:
    """Size by number of people (DOF 30-06-2009). A sector without its own column is read as services."""
    wanted = {"todas", size_sector or "servicios"}
    for row in _strata():
        most = row["employees_max"]
        if row["sector"] in wanted and (most is None or headcount <= most):
            return strata()[row["code"]]
    raise LookupError(f"No stratum for {headcount} people in {size_sector!r}.")
