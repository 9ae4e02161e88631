"""Stored cases: every code in them is one of the document."""

from __future__ import annotations

from collections.abc import Iterator

from certification.standards.checks.place import Path, Place, Problem, codes_of, criteria_of, dotted, sub_items_of


def codes(root: Place) -> Iterator[Problem]:
    requirements, measures = codes_of(root.each("participation_requirements")), codes_of(root.each("measures"))
    criteria = codes_of(criteria_of(root))
    known = {"claims": criteria | codes_of(sub_items_of(root)), "requirements": requirements, "measures": measures}
    for case in root.each("cases"):
        for key, those in known.items():
            for code in case.keys(key):
                yield from _known(code, those, (*case.path, key, code))
        yield from _local(case, known["claims"])
        yield from _expected(case, root, requirements | criteria | measures)


def _local(case: Place, known: set[str]) -> Iterator[Problem]:
    """Workplaces: none are written where there is one, and each claims of criteria that there are."""
    local = case.below("local")
    names = case.keys("local")
    if len(names) == 1:
        said = f"El caso tiene un solo centro de trabajo, «{names[0]}»."
        yield Problem(local.path, said, "Nombra todos, también los que no cambian nada («Planta Sur: {}»), o ninguno.")
    for name in names:
        for code in local.keys(name):
            yield from _known(code, known, (*local.path, name, code))


def _expected(case: Place, root: Place, items: set[str]) -> Iterator[Problem]:
    expected = case.below("expected")
    for key, those in (("level", root.each("levels")), ("outcome", root.each("outcomes"))):
        if isinstance(code := expected.get(key), str):
            yield from _known(code, codes_of(those), expected.at(key))
    for index, code in enumerate(expected.texts("missing")):
        yield from _known(code, items, (*expected.path, "missing", index))


def _known(code: str, those: set[str], path: Path) -> Iterator[Problem]:
    if code not in those:
        yield Problem(
            path,
            f"El caso usa la clave «{code}», que no existe en {_list_of(path)}.",
            f"Usa una de: {', '.join(sorted(those)) or 'ninguna, pues no hay'}.",
        )


def _list_of(path: Path) -> str:
    """The words for what the code should be of, by the key of the case where it stands."""
    words = {
        "claims": "los criterios ni en sus incisos",
        "local": "los criterios ni en sus incisos",
        "requirements": "los requisitos de participación",
        "measures": "las medidas",
        "level": "los niveles",
        "outcome": "los resultados",
        "missing": "los requisitos, criterios ni medidas",
    }
    return next((words[str(step)] for step in reversed(path) if step in words), dotted(path))
