"""Folios: said on the phone, typed with slips, never given twice."""

import datetime as dt
import threading

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from certification.applications.folios import AMBIGUOUS, check_character, is_well_formed, next_folio, normalise

ON = dt.date(2026, 11, 3)


@pytest.mark.django_db
def test_folios_follow_each_other_and_carry_their_check():
    folios = [next_folio("NMX25", ON) for _number in range(60)]
    assert len(set(folios)) == 60
    assert folios[0].startswith("NMX25-2026-0001-")
    assert all(is_well_formed(folio) and folio[-1] not in AMBIGUOUS for folio in folios)


@pytest.mark.django_db
def test_series_and_years_count_apart():
    next_folio("NMX25", ON)
    assert next_folio("DEI", ON).startswith("DEI-2026-0001-")
    assert next_folio("NMX25", dt.date(2027, 1, 1)).startswith("NMX25-2027-0001-")


@given(st.integers(1, 9999), st.integers(0, 30), st.sampled_from("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"))
def test_a_slip_of_one_character_is_caught(number, place, wrong):
    stem = f"NMX25-2026-{number:04d}"
    folio = f"{stem}-{check_character(stem)}"
    place %= len(folio)
    slip = folio[:place] + wrong + folio[place + 1 :]
    if folio[place] != "-" and slip != folio:
        assert not is_well_formed(slip)


@pytest.mark.parametrize(
    "typed", ["nmx25-2026-0417-k", " NMX25 – 2026 – 0417 – K ", "NMX25_2026_0417_K", "nmx2520260417k"]
)
def test_what_people_type_is_read(typed):
    assert normalise(typed) == "NMX25-2026-0417-K"


@pytest.mark.parametrize("typed", ["", "-", "NMX25", "NMX25-2026-0417", "ñ-2026-0417-K", "NMX25-2026-0417-?"])
def test_nonsense_is_not_well_formed(typed):
    assert not is_well_formed(normalise(typed))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_different_folios():
    given_out = []

    def take():
        given_out.extend(next_folio("NMX25", ON) for _number in range(5))
        connection.close()

    threads = [threading.Thread(target=take) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(given_out)) == 20
