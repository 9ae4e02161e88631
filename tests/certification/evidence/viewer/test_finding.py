"""Words are found in whatever form, and what is shown of the text is always escaped."""

import pytest

from certification.evidence.viewer.finding import MOST_HITS, find

TEXTS = [
    "El protocolo de prevención se publicó en mayo.",
    "Las trabajadoras y los trabajadores conocen la POLITICA de igualdad.\nPoli\u0301tica firmada.",
    "Nada de esto.",
]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("política", [2]),
        ("politicas", [2]),
        ("prevencion protocolos", [1]),
        ("prevención igualdad", []),
        ("de", [1, 2, 3]),
        ("ESTO", [3]),
        ("   ", []),
        ("%", []),
    ],
)
def test_pages_with_all_words(query, pages):
    assert [hit.page for hit in find(TEXTS, query)] == pages


def test_snippet_marks_each_word_and_counts_them():
    (hit,) = find(TEXTS, "politica")
    assert hit.count == 2
    assert "la <mark>POLITICA</mark> de igualdad. <mark>Política</mark> firmada." in hit.snippet


def test_snippet_is_escaped_and_short():
    text = "x " * 500 + '<script>alert("1")</script> salario <b>' + " y" * 500
    (hit,) = find([text], "salario")
    assert "<script>" not in hit.snippet
    assert "&lt;/script&gt; <mark>salario</mark> &lt;b&gt;" in hit.snippet
    assert (hit.snippet[0], hit.snippet[-1], len(hit.snippet) < 400) == ("…", "…", True)


def test_hits_are_bounded():
    assert len(find(["salario"] * 500, "salario")) == MOST_HITS + 1  # there are more than are shown
