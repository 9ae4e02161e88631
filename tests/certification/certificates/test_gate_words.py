"""What a certificate says of its gates, for readers of English: what is known word for word, and nothing guessed."""

import datetime as dt

import pytest
from django.utils import translation

from certification.certificates.certified import certify
from certification.certificates.gate_words import gate_words
from certification.review.casefile import verified_score
from tests.certification.certificates.factories import CertificateFactory, decided_application
from tests.certification.review.factories import document_of

NMX = "nmx-r-025-scfi-2015"


def gate(title, text, figure):
    return {"title": title, "text": text, "figure": figure}


def said(*gates):
    return [tuple(one) for one in gate_words({"gates": gates}, document_of(NMX))]


def english(*gates):
    with translation.override("en"):
        return said(*gates)


def test_sentences_and_counts_are_told_in_english():
    assert english(
        gate("Participación", "Documentos vigentes al inicio", "2 de 2"),
        gate("Criterios críticos", "Se cumplen todos", "5 de 5"),
        gate("Puntos", "El mínimo es 70", "84°"),
        gate("Medidas", "Ninguna", "0 de 5"),
    ) == [
        ("Participation", "Documents valid at the start", "2 of 2", "en"),
        ("Critical criteria", "All are met", "5 of 5", "en"),
        ("Points", "The minimum is 70", "84°", "en"),
        ("Measures", "None", "0 of 5", "en"),
    ]


def test_measures_have_the_english_titles_of_the_document():
    measures = document_of(NMX).measures
    names = ", ".join(one.title for one in measures[:2])
    assert english(gate("Medidas", names, "2 de 5"))[0][1:] == (
        ", ".join(one.en["title"] for one in measures[:2]), "2 of 5", "en",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Un texto de antes", "El mínimo es mucho", "Ninguna, y algo más", ""])
def test_what_is_not_known_stays_as_it_was_certified(text):
    assert english(gate("Otra puerta", text, "casi 5")) == [("Otra puerta", text, "casi 5", "es")]


def test_readers_of_spanish_get_what_was_certified():
    gates = [gate("Puntos", "El mínimo es 70", "84°"), gate("Medidas", "Ninguna", "0 de 5")]
    assert said(*gates) == [(*one.values(), "es") for one in gates]


@pytest.mark.django_db
def test_everything_that_is_certified_is_known_in_english():
    application = decided_application()
    score, on = verified_score(application), dt.date(2026, 11, 3)
    data = certify(application, application.decision, score, folio="F", on=on).data
    with translation.override("en"):
        words = gate_words(data, application.standard.document)
    assert len(words) > 1
    assert [one.language for one in words] == ["en"] * len(words)


@pytest.mark.django_db
def test_the_page_shows_them(client):
    data = {"gates": [gate("Puntos", "El mínimo es 70", "84")], "legal": {"signatory_charge": "Dirección"}}
    certificate = CertificateFactory(data=data)
    client.cookies["django_language"] = "en"
    page = client.get(f"/padron/{certificate.folio}/").content.decode()
    assert '<span class="quiet" lang="en">The minimum is 70</span>' in page
