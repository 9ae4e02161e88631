"""What looks like a person's data is found, and what only looks like a number is not."""

import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.mx import curp, rfc

from certification.evidence.personal_data import Finding, PersonalData, find

ORDINARY = f"""
En 2025 el programa llegó a 1,234,567 personas y costó $12,345,678.90; antes, 987654321.50 pesos y 10000000000 más.
Folio NMX25-2026-0417-V, expediente S-2026-0182-X, oficio 401.2.1-2025/00012345, factura 000000000012345678.
Huella {hashlib.sha256(b"nada").hexdigest()} y {hashlib.sha1(b"nada", usedforsecurity=False).hexdigest()}.
Identificador 12345678-1234-4234-8234-123456789012, código 7501031311309, ISBN 978-607-12-3456-7, guía 1234567890.
RFC de la empresa ABC010101AB9 y genéricos XAXX010101000 y XEXX010101000. Artículos 132-133, 2015-2016, 10:30-18:00.
Del 03/11/2026 al 2026-12-31; coordenadas 19.432608, -99.133209; 0000 0000 0000 0000; lámina logo@2x.png; a@b.
Turnos de 100 200 3000 personas, serie 123456789012345678901234567890 y 1234 5678 9012 3456. Línea 800 123 4567.
"""
DIGITS = st.text("0123456789", min_size=10, max_size=10)
AROUND = st.sampled_from(["", " ", "\n", "La clave es ", "(", "«", "a: "])


def kinds(text):
    return [one.kind for one in find(text)]


@st.composite
def curps(draw):
    letters = st.sampled_from("BCDFGHJKLMNPQRSTVWXYZ")
    day = draw(st.dates())
    head = f"{draw(letters)}A{draw(letters)}{draw(letters)}{day:%y%m%d}"
    place = draw(st.sampled_from(["HDF", "MOC", "HNL"]))
    number = f"{head}{place}BCD{draw(st.sampled_from('0A'))}"
    return number + curp.calc_check_digit(number)


@st.composite
def clabes(draw):
    number = "012" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=14, max_size=14)))
    return number + str(-sum(int(d) * (3, 7, 1)[i % 3] % 10 for i, d in enumerate(number)) % 10)


@st.composite
def cards(draw):
    number = "4152" + draw(DIGITS) + "1"
    return number + luhn.calc_check_digit(number)


@st.composite
def social_numbers(draw):
    number = "97" + draw(st.sampled_from(["9572", "0380", "1590"])) + draw(st.from_regex(r"\A[0-9]{4}\Z"))
    return number + luhn.calc_check_digit(number)


KNOWN = {
    PersonalData.CURP: curps(),
    PersonalData.CLABE: clabes(),
    PersonalData.CARD: cards(),
    PersonalData.NSS: social_numbers(),
}


@pytest.mark.parametrize("kind", KNOWN)
@given(data=st.data(), before=AROUND, after=st.sampled_from(["", " ", ".", ", ", ")", "»", "\n"]))
def test_what_is_right_is_found_where_it_is(kind, data, before, after):
    value = data.draw(KNOWN[kind])
    assert find(before + value + after) == [Finding(kind, len(before), len(before) + len(value))]


@pytest.mark.parametrize("kind", [PersonalData.CLABE, PersonalData.CARD, PersonalData.NSS])
@given(data=st.data())
def test_one_wrong_digit_is_enough_not_to_be_one(kind, data):
    value = data.draw(KNOWN[kind])
    place = len(value) - 1
    wrong = value[:place] + str((int(value[place]) + data.draw(st.integers(1, 9))) % 10)
    assert kind not in kinds(wrong)


@given(text=st.text())
def test_any_text_gives_findings_in_order_that_do_not_overlap(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(digest=st.binary(max_size=40).map(lambda content: hashlib.sha256(content).hexdigest()))
def test_a_digest_is_nobody(digest):
    assert find(f"SHA-256: {digest}.") == []


@given(number=st.from_regex(re.compile(r"\A[0-9]{19,60}\Z", re.ASCII)))
def test_a_number_longer_than_any_of_them_is_nobody(number):
    assert find(f"serie {number}") == []


def test_ordinary_text_raises_no_alarm():
    assert [ORDINARY[one.start : one.end] for one in find(ORDINARY)] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("RFC GOAP780710RH7, de Pilar", PersonalData.RFC, "GOAP780710RH7"),
        ("rfc: goap-780710-rh7", PersonalData.RFC, "goap-780710-rh7"),
        ("Escribe a pilar.gomez@telares.com.mx.", PersonalData.EMAIL, "pilar.gomez@telares.com.mx"),
        ("Tarjeta 4111 1111 1111 1111", PersonalData.CARD, "4111 1111 1111 1111"),
        ("Amex 3782-822463-10005", PersonalData.CARD, "3782-822463-10005"),
        ("CLABE 032 180 00011835971 9", PersonalData.CLABE, "032 180 00011835971 9"),
        ("Llama al 55 1234 5678.", PersonalData.PHONE, "55 1234 5678"),
        ("(442) 123-4567", PersonalData.PHONE, "(442) 123-4567"),
        ("al +52 1 33 1234 5678", PersonalData.PHONE, "+52 1 33 1234 5678"),
        ("+525512345678", PersonalData.PHONE, "+525512345678"),
        ("Tel. 4421234567", PersonalData.PHONE, "4421234567"),
        ("WhatsApp: 5512345678", PersonalData.PHONE, "5512345678"),
    ],
)
def test_as_people_write_them(text, kind, value):
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == [(kind, value)]


def test_several_in_one_text():
    text = "Pilar (GOAP780710RH7, pilar@telares.mx, cel. 5512345678) y BOXW310820HNERXN09"
    assert kinds(text) == [PersonalData.RFC, PersonalData.EMAIL, PersonalData.PHONE, PersonalData.CURP]
    assert rfc.is_valid("GOAP780710RH7", validate_check_digits=True)
