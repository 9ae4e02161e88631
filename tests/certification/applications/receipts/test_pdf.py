"""The paper of a receipt, judged by programs that are not ours: poppler, qpdf, pikepdf and a QR reader."""

import json
from io import BytesIO

import pikepdf
import pytest
import zxingcpp

from certification.applications.receipts.content import content_of
from certification.applications.receipts.pdf import render_receipt
from certification.papers.signing import PdfResult, verify_pdf
from tests.certification.applications.receipts.cases import file_of, receipt_of, sent_case
from tests.certification.papers.judges import picture_of, run, text_of
from tests.certification.review.factories import DECLARED

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(signer):
    return sent_case("nmx-r-025-scfi-2015")


@pytest.fixture
def paper(case):
    return file_of(receipt_of(case))


def test_the_paper_is_archival_tagged_signed_and_carries_its_data(case, paper, tmp_path):
    (tmp_path / "c.pdf").write_bytes(paper)
    with pikepdf.open(BytesIO(paper)) as made:
        meta = made.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "U")
        assert made.Root.MarkInfo.Marked
        assert json.loads(made.attachments["acuse.json"].get_file().read_bytes())["folio"] == case.application.folio
        assert len(made.pages) == 1
    assert verify_pdf(paper).result == PdfResult.GENUINE
    assert b"No syntax or stream encoding errors" in run("qpdf", "--check", str(tmp_path / "c.pdf"))
    said = run("pdfsig", "-nocert", str(tmp_path / "c.pdf"), check=False).decode()
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said


def test_it_says_what_was_received_what_follows_and_that_it_is_no_certificate(case, paper, tmp_path):
    text = " ".join(text_of(paper, tmp_path).split())
    submission = case.application.submissions.get()
    for words in (
        case.application.folio, case.application.employer.legal_name, "Esto no es un certificado.",
        "14 criterios respondidos", "Asignar a quien revisa", "a más tardar el", DECLARED.name, DECLARED.charge,
    ):  # fmt: skip
        assert words in text
    assert submission.sha256 in text.replace(" ", "")
    assert case.application.employer.rfc not in text
    assert case.owner.email not in text


def test_the_qr_code_leads_to_the_verification(case, paper, tmp_path, settings):
    codes = [code.text for code in zxingcpp.read_barcodes(picture_of(paper, tmp_path))]
    assert codes == [f"{settings.SITE_URL}/verificar/{case.application.folio}/"]


def test_the_same_submission_says_the_same_whenever_it_is_rendered(case):
    submission = case.application.submissions.get()
    content = content_of(submission)
    assert set(content["declared_by"]) == {"name", "charge"}
    assert content["next"][0]["until"] == case.application.due_on.isoformat()
    case.application.employer.legal_name = "Otra, S.A."
    case.application.employer.save()
    assert content_of(type(submission).objects.get()) == content
    assert render_receipt(content) == render_receipt(content)


def test_what_people_write_is_shown_and_never_obeyed(case, tmp_path):
    attack = "<img src='file:///etc/passwd'><script>alert(1)</script>{{ settings.SECRET_KEY }}"
    content = {**content_of(case.application.submissions.get()), "employer": attack, "declaration": attack * 20}
    text = "".join(text_of(render_receipt(content), tmp_path).split())
    assert text.count("".join(attack.split())) >= 2
    assert "root:x:0" not in text
