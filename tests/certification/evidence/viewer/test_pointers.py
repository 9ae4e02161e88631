"""The pages that people point at, in the ways they write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.evidence.viewer.pointers import pages_of

POINTERS = {
    "págs. 3-4, 7": [3, 4, 7],
    "p. 14": [14],
    "Páginas 3 a 5 y 9": [3, 4, 5, 9],
    "pp. 10–12": [10, 11, 12],
    "3-4, 7": [3, 4, 7],
    "de la página 2 a la 4": [2, 3, 4],
    "hoja 2 (p. 6)": [2, 6],
    "p. 14, párrafo 2": [14],
    "Artículo 8, página 3": [3],
    "cláusula 12": [],
    "min 3:20": [],
    "p. 4, numeral 3.2": [4],
    "páginas 7, 3, 7": [3, 7],
    "pág. 0": [],
    "pág. 900": [],
    "págs. 18-900": [18, 19, 20],
    "págs. 9-4": [9],
    "": [],
    "Todo el documento": [],
    "p.5": [5],
    "PÁG 8 - 9": [8, 9],
}


@pytest.mark.parametrize("pointer", POINTERS)
def test_pages(pointer):
    assert pages_of(pointer, 20) == POINTERS[pointer]


@given(st.text(max_size=200), st.integers(0, 10_000))
def test_whatever_is_typed_names_existing_pages_in_order(pointer, most):
    pages = pages_of(pointer, most)
    assert pages == sorted(set(pages))
    assert len(pages) <= 40
    assert all(1 <= page <= most for page in pages)
