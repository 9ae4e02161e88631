"""English texts, evidence rules and justifications: what points at a text that must be there."""

from __future__ import annotations

from collections.abc import Iterator

from certification.standards.checks.place import Place, Problem, criteria_of, sub_items_of
from certification.standards.parts import TEXTS


def english(root: Place) -> Iterator[Problem]:
    """Every key of ``en`` stands beside the Spanish text that it translates, and a list is as long as its list."""
    for place in root.walk():
        if "en" in place.path:
            continue
        for key in place.keys("en"):
            yield from _translation(place, key)


def _translation(place: Place, key: str) -> Iterator[Problem]:
    spanish, translated = place.get(key), place.get("en")[key]
    path = (*place.path, "en", key)
    if key not in TEXTS or not isinstance(spanish, str | list) or not spanish:
        yield Problem(
            path,
            f"«{key}» está en inglés, pero {place.name} no tiene ese texto en español.",
            "Corrige el nombre de la clave, o escribe antes el texto en español.",
        )
    elif isinstance(spanish, list) != isinstance(translated, list):
        yield Problem(
            path,
            f"«{key}» de {place.name} es una lista en un idioma y un texto en el otro.",
            "Escríbelo igual en los dos.",
        )
    elif isinstance(spanish, list) and len(spanish) != len(translated):
        yield Problem(
            path,
            f"«{key}» de {place.name} tiene {len(spanish)} textos en español y {len(translated)} en inglés.",
            "Traduce cada texto de la lista, en el mismo orden.",
        )


def evidence_rules(root: Place) -> Iterator[Problem]:
    for place in [*criteria_of(root), *root.each("measures")]:
        seen: set[str] = set()
        for rule in place.each("evidence_rules"):
            title = rule.get("title")
            if not isinstance(title, str):
                continue
            if title not in place.texts("evidence"):
                yield Problem(
                    rule.at("title"),
                    f"La regla «{title}» no está en la lista «evidence» de {place.name}.",
                    "Escribe el mismo texto en los dos lugares.",
                )
            elif title in seen:
                yield Problem(
                    rule.at("title"),
                    f"«{title}» tiene dos reglas en {place.name}.",
                    "Deja una sola regla por evidencia.",
                )
            seen.add(title)


def justification(root: Place) -> Iterator[Problem]:
    """Only «no aplica» asks for a justification, so it must be allowed somewhere in the criterion."""
    allowed = {item.path[:5] for item in sub_items_of(root) if item.get("na_allowed") is True}
    for criterion in criteria_of(root):
        asks = criterion.get("justification_required") is True
        if asks and criterion.get("na_allowed") is not True and (*criterion.path, "sub_items") not in allowed:
            yield Problem(
                criterion.at("justification_required"),
                f"{criterion.name} pide justificar «no aplica», pero no lo admite.",
                "Escribe «na_allowed: true» o quita «justification_required».",
            )
