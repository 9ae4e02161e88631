"""The climate survey: as many questions and points as it says, and every scale is one of its own."""

from __future__ import annotations

from collections.abc import Iterator

from certification.standards.checks.place import Place, Problem, codes_of


def survey(root: Place) -> Iterator[Problem]:
    place = root.below("climate_survey")
    if not isinstance(place.value, dict):
        return
    sections = place.each("sections")
    questions = [question for section in sections for question in section.each("items")]
    yield from _is(place, "items_count", len(questions), "preguntas")
    each = place.number("points_per_item_max")
    if each is not None:
        yield from _is(place, "max_points", len(questions) * int(each), "puntos")
        for section in sections:
            yield from _is(section, "max_points", len(section.each("items")) * int(each), "puntos")
    yield from _numbers(questions)
    yield from _scales(place, sections)


def _is(place: Place, key: str, found: int, what: str) -> Iterator[Problem]:
    said = place.number(key)
    if said is not None and said != found:
        yield Problem(
            place.at(key),
            f"«{key}» dice {said:f} {what}, y en la encuesta hay {found}.",
            f"Cambia «{key}» a {found} o corrige las preguntas.",
        )


def _numbers(questions: list[Place]) -> Iterator[Problem]:
    for number, question in enumerate(questions, 1):
        if question.number("n") != number:
            yield Problem(
                question.at("n"), f"La pregunta {number} de la encuesta no lleva ese número.", f"Escribe n: {number}."
            )
            return


def _scales(place: Place, sections: list[Place]) -> Iterator[Problem]:
    scales = place.each("scales")
    known = codes_of(scales)
    for user in [*sections, place.below("preliminary")]:
        scale = user.get("scale")
        if isinstance(scale, str) and scale not in known:
            yield Problem(
                user.at("scale"), f"La escala «{scale}» no existe.", f"Usa una de: {', '.join(sorted(known))}."
            )
    for one in scales:
        options, scored = one.get("options"), one.get("scored") is not False
        for key in ("points_if_favorable", "points_if_unfavorable"):
            points = one.get(key) or []
            if isinstance(options, list) and isinstance(points, list) and len(points) != len(options) * scored:
                yield Problem(
                    one.at(key),
                    f"La escala «{one.name}» tiene {len(options)} respuestas y {len(points)} puntos en «{key}».",
                    "Escribe los puntos de cada respuesta, o «scored: false» y ninguno.",
                )
