"""Pictures of pages: safe to show, kept for the next reader, and never a reason to fail."""

import io
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certification.evidence import actions, drawing, previews
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
    assert (picture.media_type, opened(picture).format, opened(picture).size) == ("image/jpeg", "JPEG", (661, 441))
    assert opened(page_picture(revision, 2, is_large=True)).size == (1321, 881)
    assert previews.page_count(revision) == 2
    assert previews.page_sizes(revision) == [(661, 441)] * 2


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
        page_picture(revision, 1, is_large=True)  # the others were drawn before
    assert cache.get(f"no-previews/{revision.file}/1-3200")


@pytest.mark.parametrize("content", [files.pdf_endless(), files.pdf_hungry()], ids=["endless", "hungry"])
def test_what_never_ends_or_eats_all_memory_is_killed(add, monkeypatch, content):
    monkeypatch.setattr(drawing, "SECONDS", 4)
    revision = add("acta.pdf", content)
    assert revision.is_clean
    with pytest.raises(NoPreviewError):
        page_picture(revision, 1)
    assert previews.pages_without(revision, [1, 2]) == {1}
    assert no_copy_is_left()


def no_copy_is_left():
    drawer = drawing._drawer.process.pid
    copies = Path(f"/proc/{drawer}/task/{drawer}/children")
    for _ in range(100):  # one that was killed gives its memory back first
        if not copies.read_text().split():
            return True
        time.sleep(0.05)
    return False


def test_drawer_that_died_is_replaced(add):
    page_picture(add("acta.pdf", files.pdf(1)), 1)
    drawing._drawer.process.kill()
    drawing._drawer.process.wait()
    assert page_picture(add("otra.pdf", files.pdf(2)), 2)


def test_first_pages_are_drawn_in_the_job_and_the_rest_when_asked_for(add):
    revision = add("acta.pdf", files.pdf(7))
    assert previews.draw_first(revision) == 5
    _folders, kept = default_storage.listdir(f"previews/{revision.file}")
    assert sorted(kept) == ["1", "2", "3", "4", "5", "sizes"]
    page_picture(revision, 7)
    assert default_storage.exists(f"previews/{revision.file}/7")


def test_sweep_removes_the_pictures_that_nothing_needs(add):
    used, gone = add("acta.pdf", files.pdf()), "previews/evidence/1/aa/gone/1"
    page_picture(used, 1)
    default_storage.save(gone, ContentFile(b"x"))
    assert previews.sweep_previews(at=timezone.now()) == 0
    assert previews.sweep_previews(at=timezone.now() + timedelta(days=2)) == 1
    assert (default_storage.exists(gone), default_storage.exists(f"previews/{used.file}/1")) == (False, True)


def test_lost_content(member):
    with pytest.raises(NoPreviewError):
        page_picture(RevisionFactory(file="evidence/1/gone"), 1)


def test_page_is_shown_to_members_only(client, member, add):
    revision = add("acta.pdf", files.pdf())
    url = reverse("document_page", args=[revision.document_id, 1, 1])
    client.force_login(member.user)
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(reverse("document_page", args=[revision.document_id, 1, 9])).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(url).status_code == 404


@pytest.mark.s3
def test_pictures_in_an_object_store(s3_storage, add):
    revision = add("acta.pdf", files.pdf())
    assert page_picture(revision, 1) == page_picture(revision, 1)
    default_storage.delete(revision.file)
    assert page_picture(revision, 1).media_type == "image/jpeg"
    with pytest.raises(NoPreviewError):
        page_picture(RevisionFactory(file="evidence/1/gone"), 1)
