"""What only the whole document can tell: codes once, points that add up, levels that can be reached.

It reads plain JSON data and tolerates any shape, so that one run tells all faults, also those beside a wrong type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from certification.standards.enums import StageCode

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A fault at a path of the document: what is wrong, and what to do about it."""

    path: Path
    message: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """A value of the document and where it stands."""

    path: Path
    value: Any

    def get(self, key: str) -> Any:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def at(self, key: str) -> Path:
        """The path of the key, or of the place itself where the key is not written."""
        return (*self.path, key) if isinstance(self.value, dict) and key in self.value else self.path

    def each(self, key: str) -> list[Place]:
        found = self.get(key)
        if not isinstance(found, list):
            return []
        return [Place((*self.path, key, index), item) for index, item in enumerate(found) if isinstance(item, dict)]

    def number(self, key: str) -> Decimal | None:
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    @property
    def name(self) -> str:
        return str(self.get("code") or "/".join(map(str, self.path)))


def problems(data: Any) -> list[Problem]:
    """All problems, in the order of the checks. ``data`` is the document as JSON data."""
    root = Place((), data)
    return [problem for check in CHECKS for problem in check(root)]


def _criteria(root: Place) -> list[Place]:
    return [criterion for section in root.each("sections") for criterion in section.each("criteria")]


def _codes(root: Place) -> Iterator[Problem]:
    criteria = _criteria(root)
    sub_items = [item for criterion in criteria for item in criterion.each("sub_items")]
    # Evidence, answers and verdicts point at these by code alone, so they share one list.
    items = [*root.each("participation_requirements"), *criteria, *sub_items, *root.each("measures")]
    lists = [items, *(root.each(key) for key in ("sections", "levels", "stages", "groups", "deadlines", "authorities"))]
    for places in lists:
        seen: dict[str, Place] = {}
        for place in places:
            code = place.get("code")
            if isinstance(code, str) and code in seen:
                yield Problem(
                    place.at("code"),
                    f"La clave «{code}» ya se usó en {_dotted(seen[code].path)}.",
                    "Escribe una clave distinta para cada elemento.",
                )
            elif isinstance(code, str):
                seen[code] = place


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _sum(places: list[Place]) -> Decimal | None:
    numbers = [place.number("max_points") for place in places]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def _adds_up(whole: Place, key: str, parts: list[Place], what: str) -> Iterator[Problem]:
    said, found = whole.number(key), _sum(parts)
    if said is not None and found is not None and said != found:
        yield Problem(
            whole.at(key),
            f"«{key}» dice {_plain(said)}, pero {what} suman {_plain(found)}.",
            f"Cambia «{key}» a {_plain(found)} o corrige los puntos de {what}.",
        )


def _points(root: Place) -> Iterator[Problem]:
    sections = root.each("sections")
    yield from _adds_up(root, "max_total_points", sections, "las secciones")
    for section in sections:
        yield from _adds_up(section, "max_points", section.each("criteria"), "sus criterios")
    critical = [criterion for criterion in _criteria(root) if criterion.get("critical") is True]
    yield from _adds_up(root, "critical_points_total", critical, "los criterios críticos")
    for criterion in _criteria(root):
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
            f"«max_points» dice {_plain(most)}, pero los incisos suman {_plain(sum(points, Decimal(0)))}.",
            "Corrige los puntos de los incisos o los del criterio.",
        )


def _critical(root: Place) -> Iterator[Problem]:
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


def _levels(root: Place) -> Iterator[Problem]:
    most, threshold = root.number("max_total_points"), root.number("threshold")
    measures = len(root.each("measures"))
    if most is not None and threshold is not None and threshold > most:
        yield Problem(
            root.at("threshold"),
            f"El mínimo de {_plain(threshold)} puntos no se puede alcanzar: el total es {_plain(most)}.",
            f"Escribe un mínimo de {_plain(most)} o menos.",
        )
    for level in root.each("levels"):
        yield from _level_reachable(level, most, threshold, measures)
    yield from _levels_rise(root.each("levels"))


def _level_reachable(level: Place, most: Decimal | None, threshold: Decimal | None, measures: int) -> Iterator[Problem]:
    points, needed = level.number("min_points"), level.number("min_measures")
    if points is not None and most is not None and points > most:
        yield Problem(
            level.at("min_points"),
            f"El nivel «{level.name}» no se puede alcanzar: pide {_plain(points)} puntos y el total es {_plain(most)}.",
            f"Escribe {_plain(most)} o menos.",
        )
    if points is not None and threshold is not None and points < threshold:
        yield Problem(
            level.at("min_points"),
            f"El nivel «{level.name}» pide {_plain(points)} puntos, menos que el mínimo de {_plain(threshold)}.",
            f"Escribe {_plain(threshold)} o más, o baja «threshold».",
        )
    if needed is not None and needed > measures:
        yield Problem(
            level.at("min_measures"),
            f"El nivel «{level.name}» no se puede alcanzar: pide {_plain(needed)} medidas y hay {measures}.",
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


def _stages(root: Place) -> Iterator[Problem]:
    written = {stage.get("code") for stage in root.each("stages")}
    missing = [code for code in StageCode.values if code not in written]
    if missing:
        yield Problem(
            root.at("stages"),
            f"Faltan plazos de etapas: {', '.join(missing)}.",
            "Agrega una línea con «code», «title», «amount», «unit» y «then» por cada una.",
        )


CHECKS: tuple[Callable[[Place], Iterator[Problem]], ...] = (_codes, _points, _critical, _levels, _stages)
