"""Reads a standard's YAML: every fault in one run, each with its line, its place, what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from certification.standards.cases import case_problems
from certification.standards.checks import Path, Problem, arithmetic_problems, problems, warnings
from certification.standards.checks.place import dotted
from certification.standards.document import StandardDocument

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_LENGTH = 1_000_000  # characters; the longest standard so far has 40,000
MAX_DEPTH = 40


@dataclass(frozen=True, order=True)
class Fault:
    """``line`` counts from 1; ``place`` is the path of keys, such as ``sections.0.criteria.2.max_points``."""

    line: int
    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f" {self.place}:" if self.place else ""
        return f"línea {self.line}:{place} {self.message} {self.remedy}"


class DocumentFaults(Exception):
    """The document cannot be used. ``faults`` has every one, by line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Reading:
    """A document without a fault, and what had better be mended all the same."""

    document: StandardDocument
    warnings: tuple[Fault, ...]


def parse_yaml(text: str) -> StandardDocument:
    """The document written in ``text``. Raises DocumentFaults with all that is wrong, and never anything else."""
    return read_yaml(text).document


def read_yaml(text: str) -> Reading:
    """The document and its warnings. Raises DocumentFaults with all that is wrong, and never anything else."""
    root, data = _compose(text)
    faults = list(_repeated_keys(root))
    document = None
    try:
        document = StandardDocument.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        faults += [_fault(root, problem) for problem in _shape_problems(error.errors(include_url=False))]
    faults += [_fault(root, problem) for problem in [*problems(data), *_case_problems(data)]]
    if faults or document is None:
        raise DocumentFaults(faults)
    return Reading(document, tuple(sorted(_fault(root, problem) for problem in warnings(data))))


def _case_problems(data: Any) -> list[Problem]:
    """What the stored cases say, also beside an unknown key; nothing where the points do not even add up."""
    if arithmetic_problems(data):
        return []
    try:
        document = StandardDocument.model_validate_json(json.dumps(data, default=str), extra="ignore")
    except ValidationError:
        return []
    return case_problems(document)


def _compose(text: str) -> tuple[yaml.Node, Any]:
    """The tree of nodes, which knows the lines, and the data in it."""
    if len(text) > MAX_LENGTH:
        raise DocumentFaults([Fault(1, "", "El documento es demasiado largo.", "Revisa que sea el archivo correcto.")])
    try:
        _refuse_tricks(text)
        loader = LOADER(text)
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
        json.dumps(data, default=str)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentFaults([_unreadable(mark.line + 1 if mark else 1, error.problem or "")]) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise DocumentFaults([_unreadable(1, str(error))]) from error
    if not isinstance(root, yaml.MappingNode):
        raise DocumentFaults([_unreadable(1, "no empieza con claves y valores")])
    return root, data


def _refuse_tricks(text: str) -> None:
    """An alias of an alias, or brackets in brackets without end, is how a few lines fill the memory."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            fault = Fault(line, "", "Usa un alias (*), que no se admite.", "Escribe el texto completo en ese lugar.")
            raise DocumentFaults([fault])
        if depth > MAX_DEPTH:
            fault = Fault(line, "", "Hay demasiados niveles, uno dentro de otro.", "Revisa los corchetes y la sangría.")
            raise DocumentFaults([fault])


def _unreadable(line: int, problem: str) -> Fault:
    return Fault(
        line,
        "",
        f"No se puede leer como YAML ({problem}).",
        "Revisa la sangría, los dos puntos y las comillas cerca de esa línea.",
    )


def _repeated_keys(node: yaml.Node, path: Path = ()) -> Iterator[Fault]:
    """YAML would silently keep the last one."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _repeated_keys(item, (*path, index))
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, value in node.value:
        if key.value in seen:
            yield Fault(
                key.start_mark.line + 1,
                dotted((*path, key.value)),
                f"«{key.value}» está escrito dos veces.",
                "Deja una sola.",
            )
        seen.add(key.value)
        yield from _repeated_keys(value, (*path, key.value))


def _fault(root: yaml.Node, problem: Problem) -> Fault:
    line, path = _locate(root, problem.path)
    return Fault(line, dotted(path), problem.message, problem.remedy)


def _locate(root: yaml.Node, path: Path) -> tuple[int, Path]:
    """The line of a path and the path without the steps that are no keys, such as the kind of a union."""
    node, line, kept = root, root.start_mark.line + 1, []
    for position, step in enumerate(path):
        found = _child(node, step)
        if found is not None:
            node, line = found
            kept.append(step)
        elif position == len(path) - 1:
            kept.append(step)  # a key that is not there: the line is its parent's
    return line, tuple(kept)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    return None


# Pydantic's kinds of errors in words; {…} are their context.
SHAPES = {
    "extra_forbidden": ("No se conoce la clave «{key}».", "Quítala o corrige su nombre."),
    "missing": ("Falta la clave «{key}».", "Agrégala."),
    "string_type": ("Debe ser texto.", "Si es un número, una fecha o un sí o no, ponlo entre comillas."),
    "string_too_short": ("Está vacío.", "Escribe el texto."),
    "string_too_long": ("Es demasiado largo.", "Usa {max_length} caracteres o menos."),
    "string_pattern_mismatch": ("No tiene la forma que se espera.", "Escríbelo según la expresión {pattern}."),
    "int_type": ("Debe ser un número entero.", "Escríbelo como 12, sin comillas."),
    "int_from_float": ("Debe ser un número entero.", "Escríbelo como 12, sin decimales."),
    "bool_type": ("Debe ser true o false.", "Escribe true o false, sin comillas."),
    "decimal_parsing": ("Debe ser un número.", "Escríbelo como 12 o 12.5."),
    "decimal_type": ("Debe ser un número.", "Escríbelo como 12 o 12.5."),
    "decimal_max_places": ("Tiene demasiados decimales.", "Usa {decimal_places} decimales o menos."),
    "finite_number": ("Debe ser un número finito.", "Escríbelo como 12 o 12.5."),
    "date_type": ("Debe ser una fecha.", "Escríbela como 2026-11-03."),
    "date_parsing": ("Debe ser una fecha.", "Escríbela como 2026-11-03."),
    "date_from_datetime_parsing": ("Debe ser una fecha.", "Escríbela como 2026-11-03."),
    "tuple_type": ("Debe ser una lista.", "Escríbela con guiones o entre corchetes."),
    "dict_type": ("Deben ser claves y valores.", "Escríbelo como «clave: valor»."),
    "model_type": ("Deben ser claves y valores.", "Escríbelo como «clave: valor»."),
    "model_attributes_type": ("Deben ser claves y valores.", "Escríbelo como «clave: valor»."),
    "too_short": ("La lista está vacía.", "Escribe al menos {min_length}."),
    "enum": ("El valor no está entre los admitidos.", "Usa uno de: {expected}."),
    "literal_error": ("El valor no está entre los admitidos.", "Usa uno de: {expected}."),
    "union_tag_invalid": ("El valor de «kind» no se conoce.", "Usa uno de: {expected_tags}."),
    "union_tag_not_found": ("Falta «kind».", "Escribe kind: ratio o kind: boolean."),
    "greater_than": ("El número es demasiado pequeño.", "Debe ser mayor que {gt}."),
    "greater_than_equal": ("El número es demasiado pequeño.", "Debe ser {ge} o más."),
    "less_than": ("El número es demasiado grande.", "Debe ser menor que {lt}."),
    "less_than_equal": ("El número es demasiado grande.", "Debe ser {le} o menos."),
}


def _shape_problems(details: list[ErrorDetails]) -> list[Problem]:
    """A list whose items are all wrong is not empty besides."""
    places = [detail["loc"] for detail in details]
    return [
        _shape_problem(detail)
        for detail in details
        if detail["type"] != "too_short"
        or not any(len(loc) > len(detail["loc"]) and _begins(loc, detail) for loc in places)
    ]


def _begins(loc: Path, detail: ErrorDetails) -> bool:
    return loc[: len(detail["loc"])] == detail["loc"]


def _shape_problem(detail: ErrorDetails) -> Problem:
    path = detail["loc"]
    values = {"key": path[-1] if path else "", **(detail.get("ctx") or {})}
    message, remedy = SHAPES.get(detail["type"], (f"El valor no sirve ({detail['msg']}).", "Corrígelo."))
    return Problem(path, message.format(**values), remedy.format(**values))
