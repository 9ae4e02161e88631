"""The register is searched by words of the holder's name, alike on both databases."""

import importlib

import pytest
from django.apps import apps

from certification.certificates import names
from certification.certificates.models import Certificate, HolderWord, fold
from tests.certification.certificates.factories import CertificateFactory

pytestmark = pytest.mark.django_db
HOLDERS = (
    "Hospital Ángeles del Sur, S.A. de C.V.", "Hospital del Norte", "Fábrica Ñandú (Sur)", "Niños 3ª Sección",
    "Surtidora Zeta", "100% Cacao_Puro",
)  # fmt: skip
SEARCHES = [
    ("hospital", {0, 1}), ("hosp", {0, 1}), ("ospital", set()), ("sur", {0, 2, 4}), ("SUR hospital", {0}),
    ("norte hosp del", {1}), ("ángeles", {0}), ("angel", {0}), ("nandu", {2}), ("ñandú fab", {2}), ("z", {4}),
    ("zeta surtidora", {4}), ("s.a.", {0}), ("cacao_puro", {5}), ("%", set()), ("100%", {5}),
    ("hospital fabrica", set()), ("hospital hospital", {0, 1}), ("", set(range(6))),
]  # fmt: skip


@pytest.fixture(params=[1_000, 1, 0], ids=["rare", "mixed", "common"])
def common(request, monkeypatch):
    """The same hits, whichever way they are found."""
    monkeypatch.setattr(names, "COMMON", request.param)


@pytest.mark.parametrize(("text", "expected"), SEARCHES)
def test_words_in_any_order_as_far_as_they_were_typed(client, common, text, expected):
    for holder in HOLDERS:
        CertificateFactory(holder=holder)
    rows = client.get("/padron/", {"q": text}).context["rows"]
    assert {one.row.holder for one in rows} == {HOLDERS[number] for number in expected}


def test_the_queries_of_a_name_do_not_grow(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(names, "COMMON", 3)
    for wanted in (2, 30):
        while Certificate.objects.count() < wanted:
            CertificateFactory(holder="Hospital de Prueba")
        client.get("/padron/")
        with django_assert_num_queries(5):
            assert client.get("/padron/", {"q": "prueba hospital"}).context["rows"]


def test_what_was_there_before_is_filled_in():
    one = CertificateFactory(holder="Ñandú, S.A. (Sur) sur")
    before = set(HolderWord.objects.values_list("certificate", "word"))
    HolderWord.objects.all().delete()
    Certificate.objects.update(holder_folded="nandu, s.a. (sur) sur")
    migration = importlib.import_module("certification.migrations.0006_certificates_fill_words")
    migration.fill_words(apps, None)
    assert {(key, bytes(word)) for key, word in HolderWord.objects.values_list("certificate", "word")} == {
        (key, bytes(word)) for key, word in before
    }
    assert Certificate.objects.get().holder_folded == fold(one.holder) == "nandu s a sur sur"
