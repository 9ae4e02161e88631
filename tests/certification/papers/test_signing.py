"""Signatures, judged by pyHanko and by poppler's pdfsig."""

import datetime as dt
import shutil
import stat
import subprocess
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certification.papers.dev_signer import make_dev_signer
from certification.papers.render import render
from certification.papers.signing import PdfResult, SignerUnavailable, sign_pdf, signer_state, verify_pdf
from tests.certification.papers.papers import PAPER
from tests.fixtures.needs import skip_or_fail


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_a_signed_paper_is_genuine(signed):
    check = verify_pdf(signed)
    assert check.result == PdfResult.GENUINE
    assert check.signed_at is not None


def test_pdfsig_agrees(signed, tmp_path):
    if shutil.which("pdfsig") is None:
        skip_or_fail("pdfsig is not installed")
    (tmp_path / "c.pdf").write_bytes(signed)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "c.pdf")], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    (tmp_path / "c.pdf").write_bytes(flipped(signed, signed.index(b"stream\n") + 40))
    said = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "c.pdf")], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid" not in said


def test_signing_keeps_pdf_a_tags_and_data(signed):
    with pikepdf.open(BytesIO(signed)) as made:
        assert made.open_metadata()["pdfaid:part"] == "3"
        assert made.Root.MarkInfo.Marked
        assert "datos.json" in made.attachments
        docmdp = made.Root.Perms.DocMDP.Reference[0].TransformParams
        assert int(docmdp.P) == 1


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_one_bit_anywhere_is_not_genuine(signed, share):
    assert verify_pdf(flipped(signed, int(len(signed) * share))).result != PdfResult.GENUINE


def test_a_changed_page_is_altered(signed):
    assert verify_pdf(flipped(signed, signed.index(b"stream\n") + 40)).result == PdfResult.ALTERED
    assert verify_pdf(signed + b"\n% more").result == PdfResult.ALTERED


def test_a_second_signature_of_ours_does_not_heal_a_change(signed):
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Extra"] = writer.add_object(writer.prev.root["/Pages"])
    writer.update_root()
    changed = BytesIO()
    writer.write(changed)
    assert verify_pdf(changed.getvalue()).result == PdfResult.ALTERED


def test_the_signature_of_somebody_else_is_not_ours(signed, paper, settings, tmp_path):
    ours, theirs = settings.SIGNER_DIR, tmp_path / "theirs"
    make_dev_signer(theirs, passphrase="", at=dt.datetime.now(dt.UTC))
    settings.SIGNER_DIR = theirs
    foreign = sign_pdf(paper, charge="Dirección General", reason="Certificado")
    settings.SIGNER_DIR = ours
    assert verify_pdf(foreign).result == PdfResult.NOT_OURS
    assert verify_pdf(signed).result == PdfResult.GENUINE


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"hola", b"%PDF-1.7\n" + b"\x00\xff" * 5000])
def test_what_is_no_paper_is_not_ours(signer, content):
    assert verify_pdf(content).result == PdfResult.NOT_OURS


def test_an_unsigned_paper_is_not_ours(signer, paper):
    assert verify_pdf(paper).result == PdfResult.NOT_OURS


def test_a_new_signer_keeps_what_the_old_one_signed(signed, settings):
    (settings.SIGNER_DIR / "signer.p12").unlink()
    call_command("make_dev_signer", stdout=StringIO())
    assert verify_pdf(signed).result == PdfResult.GENUINE
    assert verify_pdf(sign_pdf(render(PAPER), charge="x", reason="y")).result == PdfResult.GENUINE


def test_the_key_is_for_its_owner_alone(signer):
    assert stat.S_IMODE(signer.stat().st_mode) == 0o700
    assert stat.S_IMODE((signer / "signer.p12").stat().st_mode) == 0o600
    assert signer_state() == "ready"


@pytest.mark.parametrize(
    ("spoil", "state", "sentence"),
    [
        (lambda key: key.unlink(), "missing", "Falta la llave"),
        (lambda key: key.chmod(0o644), "unreadable", "al alcance de otras cuentas"),
        (lambda key: key.write_bytes(b"nothing"), "unreadable", "no se puede abrir"),
    ],
)
def test_without_a_good_key_nothing_is_signed(signer, paper, spoil, state, sentence):
    spoil(signer / "signer.p12")
    with pytest.raises(SignerUnavailable, match=sentence):
        sign_pdf(paper, charge="x", reason="y")
    assert signer_state() == state


def test_the_key_needs_its_passphrase(settings, tmp_path, paper):
    settings.SIGNER_DIR, settings.SIGNER_PASSPHRASE = tmp_path / "locked", "una frase"
    call_command("make_dev_signer", stdout=StringIO())
    assert verify_pdf(sign_pdf(paper, charge="x", reason="y")).result == PdfResult.GENUINE
    settings.SIGNER_PASSPHRASE = "otra"
    assert signer_state() == "unreadable"


def test_making_a_signer_twice_changes_nothing(signer):
    before = (signer / "signer.p12").read_bytes()
    said = StringIO()
    call_command("make_dev_signer", stdout=said)
    assert "Nothing was changed" in said.getvalue()
    assert (signer / "signer.p12").read_bytes() == before


def test_a_development_signer_is_never_made_for_the_public_site(settings, tmp_path):
    settings.SIGNER_DIR, settings.IS_HTTPS = tmp_path / "signer", True
    with pytest.raises(CommandError, match="public site"):
        call_command("make_dev_signer")
    assert not settings.SIGNER_DIR.exists()
