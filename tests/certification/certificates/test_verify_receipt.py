"""A receipt is verifiable like a certificate, is never taken for one, and tells nothing of who sent it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.applications.enums import State
from certification.applications.receipts.pdf import render_receipt
from certification.papers.signing import sign_pdf
from tests.certification.applications.cases import complete_draft
from tests.certification.applications.receipts.cases import file_of, receipt_of, sent_case
from tests.certification.review.factories import DECLARED, make_case

pytestmark = pytest.mark.django_db
GENUINE = "Es un acuse auténtico, no un certificado"


@pytest.fixture
def case(signer):
    return sent_case()


def h1(response):
    return response.content.decode().split('<h1 id="respuesta">')[1].split("</h1>")[0].strip()


def upload(client, content):
    return client.post("/verificar/", {"pdf": SimpleUploadedFile("a.pdf", content, content_type="application/pdf")})


def test_its_folio_tells_standard_moment_and_hash_and_no_more(client, case):
    response = client.get("/verificar/", {"folio": f" {case.application.folio.lower()} "}, follow=True)
    page, submission = response.content.decode(), case.application.submissions.get()
    assert (response.status_code, h1(response)) == (200, GENUINE)
    for told in (case.application.folio, case.application.standard.title, submission.sha256):
        assert told in page
    workplace = case.application.workplaces.get()
    for secret in (
        case.application.employer.legal_name,
        case.application.employer.rfc,
        workplace.name,
        DECLARED.name,
        DECLARED.charge,
        str(case.owner),
    ):
        assert secret not in page
    assert 'class="seal"' not in page


def test_nobody_needs_a_receipt_file_to_check_a_folio(client, settings, tmp_path):
    assert h1(client.get(f"/verificar/{make_case(State.IN_REVIEW).application.folio}/")) == GENUINE


@pytest.mark.parametrize("state", [State.DRAFT, State.LAPSED])
def test_what_was_never_sent_is_as_unknown_as_what_never_was(client, state):
    case = complete_draft()
    folio = case.application.folio
    case.application.state = state
    case.application.save()
    drafted = client.get(f"/verificar/{folio}/")
    assert (drafted.status_code, h1(drafted)) == (404, "No está en el padrón")
    type(case.application).objects.update(folio="S-2020-0001-A")
    unknown = client.get(f"/verificar/{folio}/")
    strip = [one.content.decode().split('<p class="quiet small">')[0] for one in (drafted, unknown)]
    assert strip[0] == strip[1]


def test_its_file_is_genuine_altered_or_not_registered(client, case):
    original = file_of(receipt_of(case))
    genuine = upload(client, original)
    assert h1(genuine) == GENUINE
    assert "El archivo que elegiste es el original" in genuine.content.decode()
    assert case.application.submissions.get().sha256 in genuine.content.decode()
    at = original.index(b"stream\n") + 40
    altered = original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :]
    assert h1(upload(client, altered)) == "El archivo fue alterado"
    content = {**receipt_of(case).data, "employer": "Otra, S.A."}
    forged = sign_pdf(render_receipt(content), charge="x", reason="y")
    assert h1(upload(client, forged)) == "Lleva nuestra firma, pero no está registrado"
    assert h1(upload(client, render_receipt(content))) == "No es un certificado ni un acuse nuestro"


def test_an_answer_reads_nothing_of_what_was_sent(client, case, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        client.get(f"/verificar/{case.application.folio}/")
    assert not any("snapshot" in query["sql"] for query in asked.captured_queries)
