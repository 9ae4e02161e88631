import pytest

from certification.evidence import analyser


@pytest.mark.parametrize(
    "family",
    [
        "evaluación evaluacion evaluaciones evaluó evaluo evaluar evalúa EVALUACIÓN",
        "capacitación capacitacion capacitaciones capacitó capacitar",
        "inclusión inclusion inclusiones",
        "discriminación discriminacion discriminar",
        "mujer mujeres",
        "jóvenes jovenes joven",
        "médico médica medicos",
        "guarderías guarderia",
        "días dia",
        "niña niñas niños",
        "flexible flexibles",
        "vergüenza verguenza",
    ],
)
def test_words_of_a_family_meet(family):
    assert len({analyser.stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("año", "ano"), ("madre", "madera"), ("turno", "tornar")])
def test_other_words_stay_apart(one, other):
    assert analyser.stem(one) != analyser.stem(other)


def test_stop_words_and_signs_say_nothing():
    assert analyser.stems("¿Qué es lo que más hay en la o de él?") == []


def test_order_and_repetition_stay():
    assert analyser.stems("Turnos: 3 turnos, flexibles.") == ["turn", "3", "turn", "flexibl"]


def test_words_tell_where_they_stand():
    text = "La Evaluación"
    assert [(text[start:end], stem) for start, end, stem in analyser.words(text)] == [("Evaluación", "evalu")]
