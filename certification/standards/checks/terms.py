"""Clocks, deadlines, calls, silence, surveillance and outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from certification.standards.checks.place import Place, Problem, codes_of, criteria_of
from certification.standards.enums import OutcomeWhen, SchemeKind, StageCode, TermUnit


def stages(root: Place) -> Iterator[Problem]:
    written = codes_of(root.each("stages"))
    missing = [code for code in StageCode.values if code not in written]
    if missing:
        yield Problem(
            root.at("stages"),
            f"Faltan plazos de etapas: {', '.join(missing)}.",
            "Agrega una línea con «code», «title», «amount», «unit» y «then» por cada una.",
        )
    for stage in root.each("stages"):
        if stage.get("unit") == TermUnit.DAYS.value:
            yield Problem(
                stage.at("unit"),
                f"El plazo de «{stage.name}» no dice si sus días son naturales o hábiles.",
                "Escribe dias_naturales o dias_habiles: el portal lleva ese reloj.",
            )
        if stage.get("extension") is not None and stage.get("code") != StageCode.ANSWER.value:
            yield Problem(
                stage.at("extension"),
                f"El plazo de «{stage.name}» no se puede prorrogar: la empresa sólo pide más días para responder.",
                "Quita «extension», o escríbelo en la etapa «answer».",
            )


def deadlines(root: Place) -> Iterator[Problem]:
    for deadline in root.each("deadlines"):
        if deadline.get("max") is True and deadline.get("min") is True:
            yield Problem(
                deadline.at("max"),
                f"El plazo «{deadline.name}» dice a la vez «a más tardar» y «al menos».",
                "Deja sólo «max: true» o sólo «min: true».",
            )
        if deadline.get("amount") is None and deadline.get("confirmed") is True:
            yield Problem(
                deadline.at("confirmed"),
                f"El plazo «{deadline.name}» está confirmado, pero no dice cuántos días.",
                "Escribe «amount» o cambia a «confirmed: false».",
            )


def calls(root: Place) -> Iterator[Problem]:
    written = root.each("calls")
    if written and root.get("kind") == SchemeKind.NORM.value:
        yield Problem(
            root.at("calls"),
            "Una norma mexicana se certifica todo el año y no lleva convocatorias.",
            "Quita «calls».",
        )
    for call in written:
        yield from _order(call, "opens_on", "closes_on")
        yield from _order(call, "closes_on", "results_on")
    dated = [call for call in written if _day(call.get("opens_on")) and _day(call.get("closes_on"))]
    for one, other in pairwise(sorted(dated, key=lambda call: str(call.get("opens_on")))):
        if _day(other.get("opens_on")) <= _day(one.get("closes_on")):
            yield Problem(
                other.at("opens_on"),
                f"La convocatoria «{other.name}» abre antes de que cierre «{one.name}».",
                "Corrige las fechas: sólo una puede estar abierta.",
            )


def _order(call: Place, first: str, then: str) -> Iterator[Problem]:
    earlier, later = _day(call.get(first)), _day(call.get(then))
    if earlier and later and later < earlier:
        yield Problem(
            call.at(then),
            f"En la convocatoria «{call.name}», «{then}» ({later}) es anterior a «{first}» ({earlier}).",
            "Corrige una de las dos fechas.",
        )


def _day(value: Any) -> str:
    """A date as the text that sorts like it; empty where it is none."""
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""


def silence(root: Place) -> Iterator[Problem]:
    place = root.below("silence")
    if (place.get("amount") is None) != (place.get("unit") is None):
        key = "amount" if place.get("amount") is not None else "unit"
        yield Problem(
            place.at(key),
            "El plazo del silencio está a medias: necesita «amount» y «unit».",
            "Escribe los dos, o ninguno si el plazo es el de la ley citada.",
        )


def surveillance(root: Place) -> Iterator[Problem]:
    has_rule, has_months = root.get("surveillance") is not None, root.get("surveillance_months") is not None
    if has_rule != has_months:
        key = "surveillance" if has_rule else "surveillance_months"
        yield Problem(
            root.at(key),
            "La vigilancia está a medias: «surveillance_months» dice cuándo y «surveillance» qué se pide.",
            "Escribe los dos, o ninguno.",
        )


def outcomes(root: Place) -> Iterator[Problem]:
    """Each way that the gates of this standard can stand has one outcome, if outcomes are written at all."""
    written, seen = root.each("outcomes"), set[str]()
    for outcome in written:
        for when in outcome.texts("when"):
            if when in seen:
                yield Problem(
                    outcome.at("when"),
                    f"El resultado «{outcome.name}» nunca se daría con «{when}»: otro anterior ya lo cubre.",
                    "Deja un solo resultado para cada situación.",
                )
            seen.add(when)
    missing = [when.value for when in _possible(root) if when.value not in seen]
    if written and missing:
        yield Problem(
            root.at("outcomes"),
            f"Ningún resultado dice qué se decide en: {', '.join(missing)}.",
            "Escríbelo en el «when» de uno de ellos.",
        )


def _possible(root: Place) -> Iterator[OutcomeWhen]:
    yield OutcomeWhen.PASSES
    if any(one.get("blocks_start") is not False for one in root.each("participation_requirements")):
        yield OutcomeWhen.PARTICIPATION_FAILS
    if root.get("critical_all_required") is not False and any(one.get("critical") is True for one in criteria_of(root)):
        yield OutcomeWhen.CRITICAL_FAILS
    yield OutcomeWhen.POINTS_SHORT
    levels = root.each("levels")
    if levels and all((level.number("min_measures") or 0) > 0 for level in levels):
        yield OutcomeWhen.MEASURES_FAIL
