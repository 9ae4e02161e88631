"""The sentences that scoring says, as keys with values: put into words, in the reader's language, when shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    # Participation
    "requirement.met": _("Está y sigue vigente."),
    "requirement.absent": _("Falta: %(title)s."),
    "requirement.refused": _("No se acreditó: %(title)s."),
    "requirement.undated": _("Falta la fecha en que se emitió: %(title)s."),
    "requirement.future": _("La fecha de emisión todavía no llega, revísala: %(title)s."),
    "requirement.expired": ngettext_lazy(
        "Se emitió hace más de %(months)d mes: %(title)s. Pide una nueva.",
        "Se emitió hace más de %(months)d meses: %(title)s. Pide una nueva.",
        "months",
    ),
    # Criteria
    "criteria.critical_failed": _("Es crítico y se cumple completo o no se pasa: %(title)s."),
    "criteria.critical_unanswered": _("Es crítico y le faltan respuestas: %(title)s."),
    "criteria.points_short": _("Van %(points)s puntos y el mínimo es %(threshold)s."),
    "criteria.points_unreachable": _(
        "Aun con todo lo que falta por responder llegarías a %(points)s puntos, y el mínimo es %(threshold)s."
    ),
    "missing.in_workplaces": _("Falta sólo en %(names)s."),
    "missing.in_many": _("Falta sólo en %(count)s centros."),
    # Measures
    "measures.short": ngettext_lazy(
        "Hay %(met)d y hace falta al menos %(needed)d medida.",
        "Hay %(met)d y hacen falta al menos %(needed)d medidas.",
        "needed",
    ),
    "measure.met": _("Se cumple: %(value)s, y se pide %(target)s."),
    "measure.declared": _("Se declara que existe."),
    "measure.undeclared": _("Falta decir si existe."),
    "measure.denied": _("No se cumple."),
    "measure.figures_missing": _("Faltan cifras de la plantilla para calcularla."),
    "measure.impossible": _("Las cifras no cuadran: la parte es mayor que el total. Revísalas."),
    "measure.people_short": ngettext_lazy(
        "Con %(people)d persona más llegarías a %(target)s.",
        "Con %(people)d personas más llegarías a %(target)s.",
        "people",
    ),
    # The explanation
    "explain.points": _("Puntos"),
    "explain.of": _("%(points)s de %(max)s"),
    "explain.points_rule": _("Suma de los criterios de %(standard)s, versión %(version)s."),
    "explain.points_rule_rescaled": _(
        "Suma de los criterios que aplican (%(earned)s de %(applicable)s), llevada a %(max)s. "
        "Lo que no aplica no cuenta en ningún lado. %(standard)s, versión %(version)s."
    ),
    "explain.section_rule": _("Suma de los criterios de la sección."),
    "explain.criterion": _("%(code)s %(title)s"),
    "explain.criterion_na": _("No aplica: no cuenta en ningún lado."),
    "explain.criterion_whole": _("Cumple da todo, en parte da la mitad y no cumple da cero."),
    "explain.criterion_shared": ngettext_lazy(
        "Suma de %(count)d inciso, que vale todos los puntos del criterio.",
        "Suma de %(count)d incisos, que se reparten por igual los puntos del criterio.",
        "count",
    ),
    "explain.criterion_given": ngettext_lazy(
        "Suma de %(count)d inciso, con sus propios puntos.",
        "Suma de %(count)d incisos, cada uno con sus propios puntos.",
        "count",
    ),
    "explain.item_met": _("Cumple: todos sus puntos."),
    "explain.item_partly": _("En parte: la mitad de sus puntos."),
    "explain.item_not_met": _("No cumple: cero puntos."),
    "explain.item_not_applicable": _("No aplica: no cuenta y los demás se reparten sus puntos."),
    "explain.item_unanswered": _("Sin respuesta: por ahora cero puntos."),
    "explain.item_na_refused": _("«No aplica» no se admite aquí: cero puntos."),
    "explain.in_workplaces": _("En %(names)s"),
    "explain.in_the_rest": _("En los demás centros"),
    "explain.unanswered": _("sin responder"),
    "explain.weakest": _("Es lo que cuenta: el certificado nombra a todos los centros y cada uno debe cumplir."),
    "explain.stronger": _("Cuenta lo más bajo de los centros donde aplica."),
    "explain.participation": _("Puerta 1: participación"),
    "explain.participation_rule": _("Todos los documentos están y siguen vigentes el %(on)s."),
    "explain.participation_none": _("Esta norma no pide documentos previos."),
    "explain.criteria": _("Puerta 2: criterios"),
    "explain.criteria_rule": _("Al menos %(threshold)s puntos y todos los criterios críticos completos."),
    "explain.threshold": _("Mínimo de puntos"),
    "explain.threshold_rule": _("Se compara el número exacto: %(points)s contra %(threshold)s."),
    "explain.critical": _("Criterios críticos completos"),
    "explain.critical_rule": _("Un crítico sólo cuenta si cumple del todo, o si «no aplica» se admite."),
    "explain.measures": _("Puerta 3: medidas"),
    "explain.measures_rule": _("Las medidas no dan puntos: suben el nivel."),
    "explain.figure": _("%(count)s (%(name)s)"),
    "explain.ratio_rule": _("%(numerator)s entre %(denominator)s: se pide al menos %(target)s."),
    "explain.arithmetic": _("Cuenta"),
    "explain.declared_rule": _("Se declara y se verifica con evidencia."),
    "explain.level": _("Nivel"),
    "explain.level_rule": _("%(title)s: al menos %(points)s puntos y %(measures)s medidas."),
    "explain.source": _("%(standard)s, versión %(version)s"),
    "explain.levels": _("Niveles"),
    "explain.levels_rule": _("Con las tres puertas abiertas se da el más alto que se alcanza en puntos y en medidas."),
    "explain.level_asks": _("Pide al menos %(points)s puntos y %(measures)s medidas."),
    "explain.reached": _("Se alcanza"),
    "explain.not_reached": _("Todavía no"),
    "explain.no_level": _("Sin nivel mientras no se abran las tres puertas."),
    "explain.counted": _("%(count)s de %(total)s"),
    "explain.unknown": _("Sin dato"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence by its key. Equal sentences are equal data; ``str()`` puts it into the active language."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return str(SENTENCES[self.key] % {name: _in_words(value) for name, value in self.values})

    def __getitem__(self, name: str) -> Any:
        return dict(self.values)[name]


def _in_words(value: Any) -> Any:
    return date_format(value, "j b Y") if isinstance(value, dt.date) else value


def say(key: str, **values: Any) -> Sentence:
    """A sentence of ``SENTENCES`` with its values."""
    return Sentence(key, tuple(sorted(values.items())))


def shown(number: Fraction) -> str:
    """At most two decimals, rounded down: 69.9966 is «69.99», so what is shown never contradicts a threshold."""
    whole, cents = divmod(number.numerator * 100 // number.denominator, 100)
    return f"{whole}.{cents:02d}".rstrip("0").rstrip(".") if cents else str(whole)


def percent(number: Fraction, target: Fraction | None = None) -> str:
    """A share as a percentage of at most two decimals, rounded: 7 of 15 is «46.67 %».

    What falls short of its target, or of a whole percentage, is never rounded up to it: 0.39996 is «39.99 %».
    """
    rounded = Fraction(floor(number * 10_000 + Fraction(1, 2)), 10_000)
    whole = (rounded * 100).denominator == 1
    crosses = number < rounded and (whole or (target is not None and number < target <= rounded))
    return f"{shown((number if crosses else rounded) * 100)} %"
