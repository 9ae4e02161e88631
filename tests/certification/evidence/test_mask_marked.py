"""The program that covers what was marked by hand: in scans and photographs, and the words that lie under it."""

import io
import subprocess

import pypdfium2
import pytest
from PIL import Image

from certification.evidence.apart.regions import areas, touches
from certification.evidence.checks import check_upload
from tests.certification.evidence import files
from tests.certification.evidence.test_mask_program import everything, mask, pictured, texts
from tests.certification.evidence.test_sightings import CURP

MIDDLE = [1, 2_500, 2_500, 5_000, 5_000]


def scan(angle=0):
    """A PDF of one page that is a picture alone, white on the left and red on the right."""
    sheet, out = Image.new("RGB", (600, 400), "white"), io.BytesIO()
    sheet.paste("red", (300, 0, 600, 400))
    sheet.save(out, "PDF")
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        document[0].set_rotation(angle)
        turned = io.BytesIO()
        document.save(turned)
    return turned.getvalue()


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_scan_without_text(angle, tmp_path):
    before = pictured(scan(angle))
    after = pictured(mask(scan(angle), tmp_path, marked=[MIDDLE]))
    width, height = after.size
    assert (width, height) == before.size
    inside = after.crop((width // 4, height // 4, 3 * width // 4, 3 * height // 4))
    assert inside.getextrema()[1] < 40
    outside = [(5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)]
    assert [after.getpixel(at) for at in outside] == pytest.approx([before.getpixel(at) for at in outside], abs=6)


def test_words_under_a_mark_are_gone_and_the_others_stay(tmp_path):
    said = '<p style="margin:0">Arriba</p><p style="margin-top:11cm">Secreto</p><p style="margin-top:9cm">Abajo</p>'
    masked = mask(
        files.pdf_saying(f"{said}<p>{CURP}</p>", "Segunda Secreto"), tmp_path, marked=[[1, 0, 3_500, 10_000, 3_000]]
    )
    with pypdfium2.PdfDocument(masked) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert "Arriba" in pages[0]
    assert "Abajo" in pages[0]
    assert "Secreto" not in pages[0]
    assert CURP not in "".join(texts(masked))  # what is found is covered too
    assert "Segunda Secreto" in pages[1]
    assert CURP.encode() not in everything(masked)


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_photograph_is_turned_covered_and_says_nothing_else(kind, extension, tmp_path):
    content = mask(
        files.photograph(kind), tmp_path, media_type=f"image/{kind.lower()}", marked=[[1, 0, 0, 5_000, 10_000]]
    )
    check_upload(io.BytesIO(content), f"foto.{extension}")
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == (kind, (30, 40))  # it lay on its side
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
        grey = picture.convert("L")
    assert grey.crop((0, 0, 12, 40)).getextrema()[1] < 30
    assert grey.crop((24, 0, 30, 40)).getextrema()[0] > 60


def test_nothing_hides_under_what_is_transparent(tmp_path):
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (200, 10, 10, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(mask(out.getvalue(), tmp_path, media_type="image/png", marked=[MIDDLE]))) as picture:
        assert picture.mode == "RGB"
        assert {colour for _count, colour in picture.getcolors()} == {(0, 0, 0), (255, 255, 255)}


def test_photograph_that_does_not_open_fails(tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        mask(b"\xff\xd8\xff nada", tmp_path, media_type="image/jpeg", marked=[MIDDLE])


def test_marks_are_rounded_outwards():
    assert areas([[3_333, 1, 3_333, 1]], (100, 100)) == [(33, 0, 67, 1)]
    assert touches((0, 0, 10, 10), (10, 10, 12, 12))
    assert not touches((0, 0, 10, 10), (11, 0, 12, 12))
