"""Personal data cut by lines or gaps are seen where they really were; figures do not become data by chance."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.evidence.personal_data import PersonalData
from certification.evidence.sightings import sightings
from tests.certification.evidence.test_personal_data import clabes, curps, social_numbers

CURP, CLABE = "GOMC800101HDFRRL01", "032180000118359719"


def seen(text):
    return [(one.kind, text[one.start : one.end]) for one in sightings(text)]


@given(curps(), st.integers(1, 17), st.sampled_from(["\r\n", "\n", "-\r\n", "\x02", " \r\n  "]))
def test_cut_by_the_end_of_a_line(number, place, end):
    written = number[:place] + end + number[place:]
    assert seen(f"La clave {written} es suya.") == [(PersonalData.CURP, written)]


@given(curps(), st.sampled_from([" ", "\r\n", "  "]))
def test_letters_set_apart(number, gap):
    written = gap.join(number)
    assert seen(f"CURP: {written} girada") == [(PersonalData.CURP, written)]


@given(clabes(), st.integers(8, 10))
def test_number_cut_by_a_line_counts_where_it_is_announced(number, place):
    written = f"{number[:place]}\r\n{number[place:]}"
    assert seen(f"CLABE interbancaria: {written}.") == [(PersonalData.CLABE, written)]
    assert seen(f"Totales: {written}.") == []


@given(social_numbers())
def test_whole_number_needs_no_announcement(number):
    assert seen(f"Alta {number} hoy") == [(PersonalData.NSS, number)]


def test_addresses_and_telephones_of_a_letterhead_are_no_alarm():
    assert seen("Informes: contacto@empresa.example, teléfono 55 1234 5678") == []


def test_cut_over_three_lines_between_words():
    written = "GOMC80\r\n0101HD\r\nFRRL01"
    assert seen(f"Partida\r\n{written}\r\nya") == [(PersonalData.CURP, written)]


def test_card_in_groups_cut_by_a_line():
    assert seen("Tarjeta 4111 1111\r\n1111 1111") == [(PersonalData.CARD, "4111 1111\r\n1111 1111")]


def test_glued_to_another_word():
    assert seen(f"Nombre{CURP}Masculino") == [(PersonalData.CURP, CURP)]


def test_twice_on_a_page():
    assert [kind for kind, _text in seen(f"{CURP} y {CURP[:5]}\n{CURP[5:]}")] == [PersonalData.CURP] * 2


@pytest.mark.parametrize("seed", range(5))
def test_table_of_figures_is_no_alarm(seed):
    chance = random.Random(seed)
    figures = [str(chance.randrange(10 ** chance.randrange(1, 9))) for _ in range(4_000)]
    rows = "\r\n".join(" ".join(figures[row : row + 8]) for row in range(0, 4_000, 8))
    assert seen(rows) == []


@given(st.text("0123456789ABCGOM \r\n-\x02áñ", max_size=300))
def test_places_are_in_order_and_apart(text):
    found = sightings(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
