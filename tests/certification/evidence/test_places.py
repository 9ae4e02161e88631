"""A photograph tells where it was taken no longer, and is otherwise the same."""

import io

import pytest
from PIL import Image, ImageOps
from PIL.ExifTags import IFD, Base

from certification.evidence.checks import check_upload
from certification.evidence.places import tells_place, without_place
from tests.certification.evidence import files

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="19,25.9N"/></x:xmpmeta>'


def shown(content):
    with Image.open(io.BytesIO(content)) as image:
        return ImageOps.exif_transpose(image).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_place_goes_and_the_rest_stays(kind):
    content = files.photograph(kind)
    assert tells_place(io.BytesIO(content))
    bare = without_place(io.BytesIO(content), KINDS[kind])
    assert not tells_place(io.BytesIO(bare))
    assert shown(bare) == shown(content)
    with Image.open(io.BytesIO(bare)) as image:
        exif = image.getexif()
    assert exif[Base.Orientation] == 6
    assert exif[Base.Make] == "Camera"
    assert exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] == "2026:03:04 10:00:00"
    assert check_upload(io.BytesIO(bare), f"foto.{kind.lower()}").media_type == KINDS[kind]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_place_in_xmp_goes_too(kind):
    content = files.image(kind, xmp=XMP)
    assert tells_place(io.BytesIO(content))
    assert not tells_place(io.BytesIO(without_place(io.BytesIO(content), KINDS[kind])))


@pytest.mark.parametrize("kind", KINDS)
def test_photograph_without_place_tells_none_and_stays(kind):
    content = files.image(kind)
    assert not tells_place(io.BytesIO(content))
    assert shown(without_place(io.BytesIO(content), KINDS[kind])) == shown(content)


def test_another_type_is_the_callers_mistake():
    with pytest.raises(ValueError, match="Pass JPEG, PNG or WEBP"):
        without_place(io.BytesIO(files.pdf()), "application/pdf")
