"""Verifying by folio and by file: seconds, plain words, no account."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from certification.applications.folios import check_character
from certification.certificates import actions
from certification.certificates.enums import CertificateStatus
from certification.certificates.pdf import render_certificate
from certification.papers.seal import rosette
from certification.papers.signing import sign_pdf
from tests.accounts.factories import UserFactory
from tests.certification.certificates.factories import CertificateFactory, decided_application
from tests.certification.certificates.sheets import sheet

pytestmark = pytest.mark.django_db


def h1(response):
    return response.content.decode().split('<h1 id="respuesta">')[1].split("</h1>")[0].strip()


def upload(content, name="c.pdf"):
    return {"pdf": SimpleUploadedFile(name, content, content_type="application/pdf")}


@pytest.fixture
def published(signer):
    return actions.publish_award(decided_application(), actor=UserFactory(manager=True), at=timezone.now())


@pytest.fixture
def original(published, client):
    return b"".join(client.get(f"/padron/{published.folio}/certificado.pdf").streaming_content)


def test_the_page_asks_and_says_its_limit_before(client):
    page = client.get("/verificar/").content.decode()
    assert "Hasta 10 MB" in page
    assert 'name="folio"' in page


def test_a_folio_goes_to_its_own_address(client):
    response = client.get("/verificar/", {"folio": " nmx25–2026 -0417-k "})
    assert response["Location"] == "/verificar/NMX25-2026-0417-K/"
    assert client.get("/verificar/nmx25-2026-0417-k/")["Location"] == "/verificar/NMX25-2026-0417-K/"


@pytest.mark.parametrize("folio", ["", "  ", "/", "..", "./."])
def test_an_empty_folio_asks_again(client, folio):
    response = client.get("/verificar/", {"folio": folio})
    assert response.status_code == 200
    assert "Verificar un certificado o un acuse" in response.content.decode()


@pytest.mark.parametrize("folio", ["a/b", "../x", "<script>alert(1)</script>", "ñ" * 300, "%2F%00", "A-B-C-Ñ"])
def test_any_text_gets_an_answer(client, folio):
    response = client.get("/verificar/", {"folio": folio}, follow=True)
    assert response.status_code == 404
    assert h1(response) == "Ese folio tiene un error"
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, "Es auténtico y está vigente"),
        ({"status": CertificateStatus.SUSPENDED}, "Es auténtico, pero está suspendido"),
        ({"status": CertificateStatus.CANCELLED}, "Es auténtico, pero se canceló"),
        ({"issued_on": dt.date(2020, 1, 1), "valid_until": dt.date(2023, 12, 31)}, "Es auténtico, pero ya venció"),
    ],
)
def test_the_answer_is_the_heading(client, fields, answer):
    certificate = CertificateFactory(**fields)
    if "status" in fields:
        certificate.status_changes.create(
            status=fields["status"], on=dt.date(2026, 10, 9), reason="Sin vigilancia", changed_by=UserFactory()
        )
    response = client.get(f"/verificar/{certificate.folio}/")
    assert h1(response) == answer
    assert certificate.holder in response.content.decode()
    assert ("Sin vigilancia" in response.content.decode()) is ("status" in fields)


def test_a_wrong_check_character_is_said_with_the_nearest(client):
    certificate = CertificateFactory()
    wrong = certificate.folio[:-1] + ("A" if certificate.folio[-1] != "A" else "B")
    response = client.get(f"/verificar/{wrong}/")
    assert response.status_code == 404
    assert h1(response) == "Ese folio tiene un error"
    page = response.content.decode()
    assert "El último carácter es de comprobación" in page
    assert f"/verificar/{certificate.folio}/" in page


def test_a_good_folio_that_was_never_issued(client):
    folio = f"NMX25-2026-0777-{check_character('NMX25-2026-0777')}"
    response = client.get(f"/verificar/{folio}/")
    assert (response.status_code, h1(response)) == (404, "No está en el padrón")


def test_the_file_is_genuine_altered_or_not_ours(client, published, original):
    answer = client.post("/verificar/", upload(original))
    assert h1(answer) == "Es auténtico y está vigente"
    assert "El archivo que elegiste es el original" in answer.content.decode()
    at = original.index(b"stream\n") + 40
    altered = original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :]
    assert h1(client.post("/verificar/", upload(altered))) == "El archivo fue alterado"
    assert h1(client.post("/verificar/", upload(b"%PDF-1.4 nada"))) == "No es un certificado ni un acuse nuestro"
    assert h1(client.post("/verificar/", upload(b"GIF89a"))) == "No es un certificado ni un acuse nuestro"


def test_a_genuine_file_of_a_suspended_certificate_says_so(client, published, original):
    actions.change_status(
        published, "suspend", reason="Sin vigilancia", actor=UserFactory(manager=True), at=timezone.now()
    )
    assert h1(client.post("/verificar/", upload(original))) == "Es auténtico, pero está suspendido"


def test_a_signed_file_that_is_not_registered_is_worth_nothing(client, signer):
    orphan = sign_pdf(render_certificate(sheet()), charge="x", reason="y")
    assert h1(client.post("/verificar/", upload(orphan))) == "Lleva nuestra firma, pero no está registrado"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({}, "Elige el PDF"), (upload(b""), "está vacío"), (upload(b"x" * (10 * 2**20 + 1)), "más de 10 MB")],
)
def test_a_bad_upload_is_told_why(client, given, sentence):
    response = client.post("/verificar/", given)
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_reader_without_cookies_gets_an_answer(signer):
    answer = Client(enforce_csrf_checks=True).post("/verificar/", upload(b"%PDF-1.4 nada"))
    assert h1(answer) == "No es un certificado ni un acuse nuestro"


def test_nothing_of_the_file_is_kept(client, signer, tmp_path):
    client.post("/verificar/", upload(b"%PDF-1.4 nada"))
    assert not (tmp_path / "files").exists()


def test_the_newest_certificate_of_the_employer_is_offered(client):
    old = CertificateFactory()
    new = CertificateFactory(employer=old.employer, issued_at=old.issued_at + dt.timedelta(days=400))
    assert new.folio in client.get(f"/verificar/{old.folio}/").content.decode()
    assert old.folio not in client.get(f"/verificar/{new.folio}/").content.decode()


def test_the_seal_is_the_picture_of_the_data(client):
    certificate = CertificateFactory()
    response = client.get(f"/verificar/{certificate.folio}/sello.svg")
    assert response.content.decode() == rosette(certificate.digest)
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]


def test_the_pdf_is_served_as_a_pdf(client, published):
    response = client.get(f"/padron/{published.folio}/certificado.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")


def test_a_missing_file_is_a_plain_404(client):
    assert client.get(f"/padron/{CertificateFactory().folio}/certificado.pdf").status_code == 404
