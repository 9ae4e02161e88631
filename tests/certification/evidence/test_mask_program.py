"""The program that covers personal data: nothing of them is left in the copy, and everything else is."""

import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.evidence import programs
from certification.evidence.apart.characters import characters
from certification.evidence.checks import check_upload
from certification.evidence.sightings import sightings
from tests.certification.evidence import files
from tests.certification.evidence.test_personal_data import curps
from tests.certification.evidence.test_sightings import CLABE, CURP
from tests.certification.papers.judges import run

WAYS = {
    "plain": f"<p>Antes {CURP} después</p>",
    "long": "<p>Antes</p>" + f"<p>Relleno {CURP}, otra vez {CURP}</p>" * 60 + "<p>después</p>",
    "rotated": f'<div style="transform:rotate(90deg);width:9cm;margin:6cm 0">Antes {CURP} después</div>',
    "oblique": f'<div style="transform:rotate(30deg);width:9cm;margin:6cm 0">Antes {CURP} después</div>',
    "columns": f'<div style="columns:2">Antes, en dos columnas, {CURP} y {"más texto " * 20} después</div>',
    "cut": f'<div style="width:2cm;word-break:break-all">Antes {CURP} después</div>',
    "apart": f'<p>Antes</p><p style="letter-spacing:9px">{CURP}</p><p>después</p>',
    "small": f'<p style="font-size:4pt">Antes {CURP} después</p>',
    "slanted": f'<p style="font-size:30pt">Antes<br><i>{CURP}</i><br>después</p>',
    "white": f'<p>Antes <span style="color:white">{CURP}</span> después</p>',
    "account": f"<p>Antes, CLABE {CLABE[:9]}<br>{CLABE[9:]}, después</p>",
}
VALUES = (CURP, CLABE)


def mask(content, folder, most=50_000_000, media_type="application/pdf", marked=()):
    original, masked = Path(folder, "original"), Path(folder, "masked")
    original.write_bytes(content)
    order = {"most_bytes": most, "media_type": media_type, "marked": marked}
    programs.run("mask", str(original), str(masked), json.dumps(order), seconds=60)
    return masked.read_bytes()


def texts(content):
    """What PDFium and poppler read."""
    with pypdfium2.PdfDocument(content) as document:
        own = "\n".join(characters(page.get_textpage()) for page in document)
    return own, run("pdftotext", "-", "-", given=content).decode()


def everything(content):
    """The bytes of a PDF and of each of its objects, unpacked."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        parts = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Filter" not in one]
        parts += [one.unparse(resolved=True) for one in pdf.objects]
    return b"\n".join([content, *parts])


def pictured(content, number=0):
    with pypdfium2.PdfDocument(content) as document:
        return document[number].render(scale=150 / 72).to_pil().convert("L")


def spots(content):
    """The middle of each letter of what is found on the first page, in pixels of its picture."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        textpage, convert = page.get_textpage(), page.render(scale=150 / 72).get_posconv(page)
        text = characters(textpage)
        for one in sightings(text):
            for place in range(one.start, one.end):
                if text[place].strip():
                    left, bottom, right, top = textpage.get_charbox(place)
                    yield convert.to_bitmap((left + right) / 2, (bottom + top) / 2)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_left_and_the_rest_is_found(way, tmp_path):
    original = files.pdf_saying(WAYS[way])
    masked = mask(original, tmp_path)
    for text in texts(masked):
        said = "".join(text.split())
        assert "Antes" in said
        assert "después" in said
        assert not any(value[part : part + 6] in said for value in VALUES for part in range(len(value) - 5))
        assert sightings(text) == []
    assert not any(value.encode() in everything(masked) for value in VALUES)


@pytest.mark.parametrize("way", WAYS)
def test_pixels_are_black(way, tmp_path):
    original = files.pdf_saying(WAYS[way])
    places = list(spots(original))
    picture = pictured(mask(original, tmp_path))
    assert len(places) >= 18
    assert {place: picture.getpixel(place) for place in places if picture.getpixel(place) > 40} == {}


def test_the_rest_of_the_page_looks_the_same(tmp_path):
    original = files.pdf_saying(f"<h1>Título</h1><p>Clave {CURP}</p><p style='margin-top:5cm'>Al final</p>")
    before, after = pictured(original), pictured(mask(original, tmp_path))
    apart = [abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert before.size == after.size
    assert sum(one > 60 for one in apart) < 0.02 * len(apart)


def test_what_stands_where_stays_where(tmp_path):
    original = files.pdf_saying(f'<p style="margin:10cm 0 0 5cm">Ñandú</p><p>{CURP}</p>')
    for before, after in zip(first_word(original), first_word(mask(original, tmp_path)), strict=True):
        assert after == pytest.approx(before, abs=6)


def first_word(content):
    with pypdfium2.PdfDocument(content) as document:
        textpage = document[0].get_textpage()
        place = characters(textpage).index("Ñandú")
        return (*textpage.get_charbox(place, loose=True)[:2], textpage.get_charbox(place + 4, loose=True)[2])


def test_forms_and_notes(tmp_path):
    masked = mask(files.pdf_with_form(CURP, note=CURP), tmp_path)
    assert CURP.encode() not in everything(masked)
    assert "Formato" in texts(masked)[0]
    assert CURP not in "".join(texts(masked))


def test_nothing_of_the_file_itself_is_taken_over(tmp_path):
    document = pikepdf.open(io.BytesIO(files.pdf_saying(CURP)))
    document.docinfo["/Title"] = f"Baja de {CURP}"
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CURP, 0))
    document.attachments["otro.txt"] = CURP.encode()
    masked = mask(files.save_pdf(document), tmp_path)
    assert CURP.encode() not in everything(masked)
    assert CURP.encode("utf-16-be") not in everything(masked)
    assert len(pikepdf.open(io.BytesIO(masked)).attachments) == 0


def test_turned_pages_and_all_of_them(tmp_path):
    document = pikepdf.open(io.BytesIO(files.pdf_saying(f"Antes {CURP} después", "Segunda", "Tercera")))
    document.pages[0].Rotate = 90
    original = files.save_pdf(document)
    masked = mask(original, tmp_path)
    picture = pictured(masked)
    assert picture.size == pictured(original).size
    assert all(picture.getpixel(place) < 40 for place in spots(original))
    assert "Antes después" in " ".join(texts(masked)[0].split())
    assert check_upload(io.BytesIO(masked), "copia.pdf").pages == 3


def test_letters_of_any_language(tmp_path):
    said = "Ñandú pingüino «así» tlahtōlli ā ꞌ 漢字"
    masked = mask(files.pdf_saying(f"<p>{said}</p><p>{CURP}</p>"), tmp_path)
    assert " ".join(said.split()) in " ".join(texts(masked)[0].split())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=curps(), size=st.integers(5, 30), before=st.integers(0, 30), angle=st.integers(0, 359))
def test_any_of_them_anywhere(tmp_path, number, size, before, angle):
    turned = f"transform:rotate({angle}deg);margin:{before / 4}cm 0 0 {before / 5}cm;width:5cm;font-size:{size}pt"
    masked = mask(files.pdf_saying(f'<p>Antes</p><div style="{turned}">{number}</div>'), tmp_path)
    assert number.encode() not in everything(masked)
    assert number not in "".join("".join(texts(masked)).split())


@pytest.mark.parametrize(("content", "most"), [(b"%PDF-1.7 nada", 10**6), (files.pdf_saying(CURP), 100)])
def test_what_cannot_be_made_fails(content, most, tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        mask(content, tmp_path, most)
