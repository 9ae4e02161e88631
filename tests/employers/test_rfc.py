import pytest

from employers import rfc


@pytest.mark.parametrize("typed", ["MAB-930714-8T4", " mab 930714 8t4 ", "MAB9307148T4", "m.a.b.9307148t4"])
def test_an_rfc_is_kept_in_upper_case_without_signs(typed):
    assert rfc.normalised(typed) == "MAB9307148T4"


@pytest.mark.parametrize("number", ["MAB9307148T4", "GODE561231GR8", "XAXX010101000", "XEXX010101000", "Ñ&A930714AB1"])
def test_a_right_shape_has_no_problem(number):
    assert rfc.problem(number) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("GODE561231", "homoclave"),
        ("MAB930714", "homoclave"),
        ("MAB930714", "constancia de situación fiscal"),
        ("MAB93071", "Escribiste 8."),
        ("MAB9307148T4XX", "Escribiste 14."),
        ("M1B9307148T4", "Escribiste «M1B»"),
        ("MAB93O7148T4", "Escribiste «93O714»"),
        ("MAB9307148T*", "Escribiste «8T*»"),
        ("MAB9313148T4", "La fecha «931314» no existe"),
        ("MAB9302308T4", "La fecha «930230» no existe"),
        ("BUEI930714AB1", "letras iniciales"),
    ],
)
def test_a_wrong_shape_is_told_in_words(number, words):
    assert words in rfc.problem(number)


@pytest.mark.parametrize(
    ("number", "unusual"),
    [
        ("MAB9307148T4", False),
        ("MAB9307148T5", True),
        ("GODE561231GR8", False),
        ("VACE460910SX6", True),
        ("XAXX010101000", False),
        ("XEXX010101000", False),
    ],
)
def test_a_wrong_check_digit_is_only_unusual(number, unusual):
    assert rfc.problem(number) is None
    assert rfc.is_unusual(number) is unusual
