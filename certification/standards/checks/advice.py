"""What may be published so, and had better not: texts that are missing, days of no kind, too few cases."""

from __future__ import annotations

from collections.abc import Iterator

from certification.standards.checks.place import Place, Problem, criteria_of
from certification.standards.enums import DeadlineCode, TermUnit
from certification.standards.parts import TEXTS

LEAST_CASES = 3
# By the part that says there is something to ask for: the code of the deadline that the portal counts it from.
RESERVED = {"surveillance_months": DeadlineCode.SURVEILLANCE, "renewal": DeadlineCode.RENEWAL}
TITLED = ("participation_requirements", "sections", "measures", "levels", "calls", "outcomes")


def english(root: Place) -> Iterator[Problem]:
    """Titles one by one, since they stand in every list; the other texts counted by their key."""
    titled = [root, *(place for key in TITLED for place in root.each(key)), *criteria_of(root)]
    for place in titled:
        if place.get("title") and "title" not in place.keys("en"):
            yield Problem(place.path, f"Falta el título en inglés de {place.name}.", "Escríbelo en «en: {title: …}».")
    missing: dict[str, int] = {}
    paths = {place.path for place in titled}
    for place in root.walk():
        if {"en", "cases", "related", "climate_survey"} & set(place.path) or "evidence_rules" in place.path:
            continue
        for key in TEXTS - set(place.keys("en")):
            said = place.get(key)
            if said and isinstance(said, str | list) and not (key == "title" and place.path in paths):
                missing[key] = missing.get(key, 0) + 1
    if missing:
        counted = ", ".join(f"{key} {count}" for key, count in sorted(missing.items()))
        yield Problem((), f"Textos sin inglés, que se muestran en español: {counted}.", "Tradúcelos en «en».")


def guidance(root: Place) -> Iterator[Problem]:
    for criterion in criteria_of(root):
        missing = [key for key in ("why", "example", "enough") if not criterion.get(key)]
        if missing:
            yield Problem(
                criterion.path,
                f"A {criterion.name} le falta orientación: {', '.join(missing)}.",
                "Escribe por qué se pide, un ejemplo y qué basta.",
            )


def terms(root: Place) -> Iterator[Problem]:
    for deadline in root.each("deadlines"):
        if deadline.get("unit") == TermUnit.DAYS.value:
            yield Problem(
                deadline.at("unit"),
                f"El plazo «{deadline.name}» no dice si sus días son naturales o hábiles.",
                "Se cuentan como naturales; escribe dias_naturales o dias_habiles cuando lo confirmes.",
            )


def reserved(root: Place) -> Iterator[Problem]:
    """A deadline of another code is shown with the rest, and no date of a certificate is counted from it."""
    known = {deadline.get("code") for deadline in root.each("deadlines")}
    for key, code in RESERVED.items():
        if root.get(key) is not None and code not in known:
            yield Problem(
                root.at(key),
                f"Ningún plazo se llama «{code}».",
                f"Sin él no se calcula una fecha: si la norma lo da, escríbelo en «deadlines» con «code: {code}».",
            )


def cases(root: Place) -> Iterator[Problem]:
    found = len(root.each("cases"))
    if found < LEAST_CASES:
        yield Problem(
            root.at("cases"),
            f"Hay {found} casos guardados.",
            f"Escribe al menos {LEAST_CASES}: uno en el mínimo, uno con un crítico que falla y uno apenas por debajo.",
        )
