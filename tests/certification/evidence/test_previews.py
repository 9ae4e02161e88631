"""Pictures of pages: safe to show, kept for the next reader, and never a reason to fail."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certification.evidence import actions, previews
from certification.evidence.previews import NoPreviewError, page_picture
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def add(member):
    def add(name, content):
        return actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())

    return add


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def test_page_of_a_pdf(add):
    revision = add("acta.pdf", files.pdf(2))
    picture = page_picture(revision, 2)
    assert (picture.media_type, opened(picture).format, opened(picture).size) == ("image/png", "PNG", (660, 441))
    assert previews.page_count(revision) == 2


def test_photograph_is_turned_small_and_says_nothing_of_where(add):
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    exif[0x8825] = {1: "N", 2: (20.0, 40.0, 0.0)}
    picture = page_picture(add("foto.jpg", files.image("JPEG", size=(3000, 1000), exif=exif)), 1)
    image = opened(picture)
    assert (image.format, image.size) == ("JPEG", (533, 1600))
    assert not image.getexif()


def test_picture_is_kept(add):
    revision = add("acta.pdf", files.pdf())
    first = page_picture(revision, 1)
    default_storage.delete(revision.file)
    assert page_picture(revision, 1) == first


@pytest.mark.parametrize("page", [0, 3, 10_000])
def test_page_that_is_not_there(add, page):
    with pytest.raises(NoPreviewError):
        page_picture(add("acta.pdf", files.pdf(2)), page)


def test_other_types_have_no_pictures(add):
    revision = add("datos.csv", b"a,b\n")
    assert previews.page_count(revision) == 0
    with pytest.raises(NoPreviewError):
        page_picture(revision, 1)


def test_file_that_breaks_the_renderer_is_contained(add):
    revision = add("acta.pdf", files.pdf())
    Path(default_storage.path(revision.file)).write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(NoPreviewError):
        page_picture(revision, 1)
    assert cache.get(f"no-previews/{revision.file}/1")


def test_slow_or_hungry_renderer_is_ended(add, tmp_path, monkeypatch):
    """A renderer of the test stands for a file that never ends."""
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(previews, "RENDERER", endless)
    monkeypatch.setattr(previews, "SECONDS", 1)
    with pytest.raises(NoPreviewError):
        page_picture(add("acta.pdf", files.pdf()), 1)


def test_lost_content(member):
    with pytest.raises(NoPreviewError):
        page_picture(RevisionFactory(file="evidence/1/gone"), 1)


def test_page_is_shown_to_members_only(client, member, add):
    revision = add("acta.pdf", files.pdf())
    url = reverse("document_page", args=[revision.document_id, 1, 1])
    client.force_login(member.user)
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(reverse("document_page", args=[revision.document_id, 1, 9])).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(url).status_code == 404


@pytest.mark.s3
def test_pictures_in_an_object_store(s3_storage, add):
    revision = add("acta.pdf", files.pdf())
    assert page_picture(revision, 1) == page_picture(revision, 1)
    default_storage.delete(revision.file)
    assert page_picture(revision, 1).media_type == "image/png"
    with pytest.raises(NoPreviewError):
        page_picture(RevisionFactory(file="evidence/1/gone"), 1)
