"""The paper, judged by programs that are not ours: poppler, qpdf, pikepdf and a QR reader."""

import threading
from io import BytesIO

import pikepdf
import pytest
import zxingcpp
from django.utils import translation

from certification.certificates.pdf import SiteLine, render_certificate
from certification.papers.render import ClosedFetcher
from tests.certification.certificates.sheets import DATA, FOLIO, sheet
from tests.certification.papers.judges import picture_of, run, text_of


def test_the_paper_is_pdf_a_3u_and_tagged():
    with pikepdf.open(BytesIO(render_certificate(sheet()))) as made:
        meta = made.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "U")
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "es-MX"
        assert made.docinfo["/Title"] == f"Certificado {FOLIO}, Empresa Ejemplo, S.A. de C.V."


def test_the_certified_data_are_attached():
    with pikepdf.open(BytesIO(render_certificate(sheet()))) as made:
        attached = made.attachments["certificado.json"]
        assert attached.get_file().read_bytes() == DATA
        assert str(made.Root.AF[0].AFRelationship) == "/Data"


def test_the_same_sheet_gives_the_same_bytes():
    first = render_certificate(sheet())
    assert render_certificate(sheet()) == first
    with translation.override("en"):
        assert render_certificate(sheet()) == first


def test_qpdf_finds_no_fault(tmp_path):
    (tmp_path / "c.pdf").write_bytes(render_certificate(sheet()))
    assert b"No syntax or stream encoding errors" in run("qpdf", "--check", str(tmp_path / "c.pdf"))


def test_the_qr_code_reads_back(tmp_path):
    picture = picture_of(render_certificate(sheet()), tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [sheet().verify_url]


def test_dates_and_words_are_spanish(tmp_path):
    text = text_of(render_certificate(sheet()), tmp_path)
    for words in ("16 de marzo de 2026", "15 de marzo de 2030", "en el sitio que se describe al reverso", "Plata"):
        assert words in text
    assert "sin validez" not in text


def test_a_sample_says_so_on_every_page(tmp_path):
    assert text_of(render_certificate(sheet(is_sample=True)), tmp_path).count("Ejemplar de muestra, sin validez") == 2


def test_forty_sites_flow_on_and_none_is_lost(tmp_path):
    sites = tuple(SiteLine(f"Sucursal {n:02}", f"Avenida larga de la muestra {n}, Mérida", n) for n in range(1, 41))
    content = render_certificate(sheet(sites=sites))
    text = text_of(content, tmp_path)
    assert all(f"Sucursal {n:02}" in text for n in range(1, 41))
    assert "820" in text
    assert text.count(FOLIO) == text.count("\f") >= 4


NAMES = ["Ñandú " * 41, "W" * 250, "W" * 180, "METALMECÁNICA WAW DE MÉXICO S. DE R.L. C.V.", "Áé, S.A."]


@pytest.mark.parametrize("holder", NAMES)
def test_a_long_name_stays_above_the_dates(tmp_path, holder):
    content = render_certificate(sheet(holder=holder.strip(), standard_title="Distintivo de nombre muy largo " * 3))
    (tmp_path / "c.pdf").write_bytes(content)
    boxes = run("pdftotext", "-bbox", "-f", "1", "-l", "1", str(tmp_path / "c.pdf"), "-").decode().splitlines()
    top = {
        word: float(line.split('yMin="')[1].split('"')[0])
        for line in boxes
        for word in ("Plata<", "Expedido<")
        if word in line
    }
    assert top["Plata<"] + 26 < top["Expedido<"]


ATTACKS = [
    '<img src="http://127.0.0.1:9/x.png">',
    '<img src="file:///etc/passwd">',
    "<style>@import url(http://127.0.0.1:9/x.css)</style>",
    "</style><link rel=stylesheet href=file:///etc/passwd>",
    '"><object data="file:///etc/passwd"></object>',
    "</section><script>alert(1)</script>{{ settings.SECRET_KEY }}{% debug %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_write_is_shown_and_never_obeyed(tmp_path, attack, monkeypatch):
    asked = []
    fetch = ClosedFetcher.fetch
    monkeypatch.setattr(ClosedFetcher, "fetch", lambda self, url, *a: asked.append(url) or fetch(self, url, *a))
    everywhere = dict.fromkeys(("holder", "legal_basis", "office", "appeal", "body_name", "standard_title"), attack)
    content = render_certificate(sheet(**everywhere, sites=(SiteLine(attack, attack, 1),)))
    assert {url.partition(":")[0] for url in asked} == {"asset"}
    shown = "".join(text_of(content, tmp_path).split())
    assert shown.count("".join(attack.split())) >= 1
    assert "root:x:0" not in shown


def test_threads_share_the_fonts_and_get_the_same_paper():
    made = []
    threads = [threading.Thread(target=lambda: made.append(render_certificate(sheet()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert len(set(made)) == 1
