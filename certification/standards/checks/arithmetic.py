"""Codes once, points that add up, levels that can be reached: without these no case can be scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from certification.standards.checks.place import Place, Problem, criteria_of, dotted, plain

LISTS = ("sections", "levels", "outcomes", "stages", "groups", "calls", "deadlines", "authorities", "cases")


def codes(root: Place) -> Iterator[Problem]:
    criteria = criteria_of(root)
    sub_items = [item for criterion in criteria for item in criterion.each("sub_items")]
    # Evidence, answers and verdicts point at these by code alone, so they share one list.
    items = [*root.each("participation_requirements"), *criteria, *sub_items, *root.each("measures")]
    lists = [items, *(root.each(key) for key in LISTS)]
    for places in lists:
        seen: dict[str, Place] = {}
        for place in places:
            code = place.get("code")
            if isinstance(code, str) and code in seen:
                yield Problem(
                    place.at("code"),
                    f"La clave «{code}» ya se usó en {dotted(seen[code].path)}.",
                    "Escribe una clave distinta para cada elemento.",
                )
            elif isinstance(code, str):
                seen[code] = place


def _sum(places: list[Place]) -> Decimal | None:
    numbers = [place.number("max_points") for place in places]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def _adds_up(whole: Place, key: str, parts: list[Place], what: str) -> Iterator[Problem]:
    said, found = whole.number(key), _sum(parts)
    if said is not None and found is not None and said != found:
        yield Problem(
            whole.at(key),
            f"«{key}» dice {plain(said)}, pero {what} suman {plain(found)}.",
            f"Cambia «{key}» a {plain(found)} o corrige los puntos de {what}.",
        )


def points(root: Place) -> Iterator[Problem]:
    sections = root.each("sections")
    yield from _adds_up(root, "max_total_points", sections, "las secciones")
    for section in sections:
        yield from _adds_up(section, "max_points", section.each("criteria"), "sus criterios")
    critical = [criterion for criterion in criteria_of(root) if criterion.get("critical") is True]
    yield from _adds_up(root, "critical_points_total", critical, "los criterios críticos")
    for criterion in criteria_of(root):
        yield from _sub_item_points(criterion)


def _sub_item_points(criterion: Place) -> Iterator[Problem]:
    items = criterion.each("sub_items")
    points = [number for item in items if (number := item.number("points")) is not None]
    most = criterion.number("max_points")
    if not points or most is None:
        return
    if len(points) < len(items):
        yield Problem(
            criterion.at("sub_items"),
            f"Sólo algunos incisos de {criterion.name} tienen puntos.",
            "Da puntos a todos los incisos, o a ninguno para que se repartan por igual.",
        )
    elif sum(points) != most:
        yield Problem(
            criterion.at("max_points"),
            f"«max_points» dice {plain(most)}, pero los incisos suman {plain(sum(points, Decimal(0)))}.",
            "Corrige los puntos de los incisos o los del criterio.",
        )


def critical(root: Place) -> Iterator[Problem]:
    for section in root.each("sections"):
        if section.get("all_required") is not True:
            continue
        for criterion in section.each("criteria"):
            if criterion.get("critical") is not True:
                yield Problem(
                    criterion.at("critical"),
                    f"{criterion.name} no es crítico, pero su sección dice «all_required: true».",
                    "Márcalo «critical: true» o quita «all_required» de la sección.",
                )


def levels(root: Place) -> Iterator[Problem]:
    most, threshold = root.number("max_total_points"), root.number("threshold")
    measures = len(root.each("measures"))
    if most is not None and threshold is not None and threshold > most:
        yield Problem(
            root.at("threshold"),
            f"El mínimo de {plain(threshold)} puntos no se puede alcanzar: el total es {plain(most)}.",
            f"Escribe un mínimo de {plain(most)} o menos.",
        )
    for level in root.each("levels"):
        yield from _level_reachable(level, most, threshold, measures)
    yield from _levels_rise(root.each("levels"))


def _level_reachable(level: Place, most: Decimal | None, threshold: Decimal | None, measures: int) -> Iterator[Problem]:
    points, needed = level.number("min_points"), level.number("min_measures")
    if points is not None and most is not None and points > most:
        yield Problem(
            level.at("min_points"),
            f"El nivel «{level.name}» no se puede alcanzar: pide {plain(points)} puntos y el total es {plain(most)}.",
            f"Escribe {plain(most)} o menos.",
        )
    if points is not None and threshold is not None and points < threshold:
        yield Problem(
            level.at("min_points"),
            f"El nivel «{level.name}» pide {plain(points)} puntos, menos que el mínimo de {plain(threshold)}.",
            f"Escribe {plain(threshold)} o más, o baja «threshold».",
        )
    if needed is not None and needed > measures:
        yield Problem(
            level.at("min_measures"),
            f"El nivel «{level.name}» no se puede alcanzar: pide {plain(needed)} medidas y hay {measures}.",
            f"Escribe {measures} o menos, o agrega medidas.",
        )


def _levels_rise(levels: list[Place]) -> Iterator[Problem]:
    """Each level asks more than the one before, or the one before could never be given."""
    for lower, upper in pairwise(levels):
        below, above = _asks(lower), _asks(upper)
        if below is None or above is None:
            continue
        rises = all(high >= low for low, high in zip(below, above, strict=True)) and above != below
        if not rises:
            yield Problem(
                upper.at("code"),
                f"El nivel «{upper.name}» no pide más que «{lower.name}», así que «{lower.name}» nunca se daría.",
                "Ordena los niveles de menor a mayor, y que cada uno pida más puntos o más medidas.",
            )


def _asks(level: Place) -> tuple[Decimal, Decimal] | None:
    points = level.number("min_points")
    return None if points is None else (points, level.number("min_measures") or Decimal(0))
