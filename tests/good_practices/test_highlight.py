import pytest

from certification.evidence.analyser import stems
from good_practices.highlight import excerpt, marked


@pytest.mark.parametrize(
    ("text", "query", "html"),
    [
        ("El horario flexible", "horario flexible", "El <mark>horario flexible</mark>"),
        ("Evaluó, evalúa", "evaluacion", "<mark>Evaluó</mark>, <mark>evalúa</mark>"),
        ("<b>turno</b> & «turno»", "turno", "&lt;b&gt;<mark>turno</mark>&lt;/b&gt; &amp; «<mark>turno</mark>»"),
        ("mark <mark> mark", "mark", "<mark>mark</mark> &lt;<mark>mark</mark>&gt; <mark>mark</mark>"),
        ("Sin nada", "", "Sin nada"),
        ("de la empresa", "de la", "de la empresa"),
        ("", "turno", ""),
    ],
)
def test_marked(text, query, html):
    assert marked(text, frozenset(stems(query))) == html


def test_excerpt_takes_the_text_with_the_words():
    found = excerpt(("Nada aquí.", "Antes. Aquí sí hay lactancia."), frozenset(stems("lactancia")))
    assert found == "Antes. Aquí sí hay <mark>lactancia</mark>."


def test_excerpt_of_a_long_text_starts_near_the_word():
    text = "palabra " * 100 + "fin. Aquí la lactancia & más " + "cola " * 100
    found = excerpt((text,), frozenset(stems("lactancia")))
    assert found.startswith("…Aquí la <mark>lactancia</mark> &amp; más cola")
    assert found.endswith("cola…")
    assert len(found) < 300


def test_excerpt_without_words_is_the_beginning():
    assert excerpt(("", "  Uno\n dos "), frozenset()) == "Uno dos"
    assert excerpt(("", " "), frozenset()) == ""


@pytest.mark.parametrize(
    "text", ["x" * 900, "lactancia" + "x" * 900, "x" * 900 + " lactancia", "a " + "x" * 400 + " lactancia"]
)
def test_excerpt_of_odd_texts_keeps_to_its_length(text):
    assert 0 < len(excerpt((text,), frozenset(stems("lactancia")))) <= 270
