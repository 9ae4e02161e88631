"""With FILES_OFFLOAD the portal says who may have a file; nginx, with the file of deploy/, sends it and no other."""

import pytest
import urllib3
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.models import Revision
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

CONTENT = files.pdf()
FIXED = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}

ROADS = (
    "/files/{}",
    "//files/{}",
    "/%66iles/{}",
    "/files/./x/../{}",
    "/files%2F{}",
    "/files../files/{}",
    "/static/../files/{}",
    "/static/%2e%2e/files/{}",
    "/static../files/{}",
    "/empresa/../files/{}",
    "/files/../key.pem",
    "/files/..%2fkey.pem",
    "/static../key.pem",
)


@pytest.fixture
def member(nginx):
    return MembershipFactory()


@pytest.fixture
def add(member):
    """A function that has a file uploaded; it returns the revision and its address."""

    def add(file):
        revision = actions.add_document(member.employer, file, actor=member.user, at=timezone.now())
        return revision, reverse("document_download", args=[revision.document_id, 1])

    return add


def fixed(response):
    return {name: response.headers.getlist(name) for name in FIXED}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Tabulador.pdf", 'filename="Tabulador.pdf"'),
        ("Política «única»; ñ.pdf", "filename*=utf-8''Pol%C3%ADtica%20%C2%AB%C3%BAnica%C2%BB%3B%20%C3%B1.pdf"),
        ("../../key.pdf", 'filename="key.pdf"'),
    ],
)
def test_the_file_comes_whole_from_nginx(nginx, member, add, name, said):
    revision, url = add(upload(name, CONTENT))
    behind = nginx.get_behind(url, member.user)
    assert (behind.status, behind.data) == (200, b"")
    assert behind.headers["X-Accel-Redirect"] == f"/files/{revision.file}"
    response = nginx.get(url, member.user)
    assert (response.status, response.data) == (200, CONTENT)
    assert fixed(response) == {header: [value] for header, value in FIXED.items()}
    assert response.headers["Content-Disposition"] == f"attachment; {said}"
    assert "X-Accel-Redirect" not in response.headers


def test_a_large_upload_that_was_on_the_disk_can_be_read_by_nginx(nginx, member, add):
    with TemporaryUploadedFile("grande.pdf", "application/pdf", len(CONTENT), None) as file:
        file.write(CONTENT)
        file.seek(0)
        _revision, url = add(file)
    response = nginx.get(url, member.user)
    assert (response.status, response.data) == (200, CONTENT)


@pytest.mark.parametrize(("asked", "first", "last"), [("0-9", 0, 9), ("10-", 10, None), ("-5", -5, None)])
def test_one_range(nginx, member, add, asked, first, last):
    _revision, url = add(upload("a.pdf", CONTENT))
    response = nginx.get(url, member.user, Range=f"bytes={asked}")
    expected = CONTENT[first : last and last + 1]
    start = CONTENT.index(expected)
    assert (response.status, response.data) == (206, expected)
    assert response.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(CONTENT)}"
    assert fixed(response) == {header: [value] for header, value in FIXED.items()}
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_range_past_the_end(nginx, member, add):
    _revision, url = add(upload("a.pdf", CONTENT))
    response = nginx.get(url, member.user, Range=f"bytes={len(CONTENT)}-")
    assert (response.status, response.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_head_says_the_length(nginx, member, add):
    _revision, url = add(upload("a.pdf", CONTENT))
    response = nginx.get(url, member.user, method="HEAD")
    assert (response.status, response.headers["Content-Length"]) == (200, str(len(CONTENT)))


def test_a_download_goes_on_by_the_mark_that_nginx_gave(nginx, member, add):
    _revision, url = add(upload("a.pdf", CONTENT))
    mark = nginx.get(url, member.user).headers["ETag"]
    part = nginx.get(url, member.user, Range="bytes=4-", **{"If-Range": mark})
    assert (part.status, part.data) == (206, CONTENT[4:])
    other = nginx.get(url, member.user, Range="bytes=4-", **{"If-Range": '"other"'})
    assert (other.status, other.data) == (200, CONTENT)
    assert nginx.get(url, member.user, **{"If-None-Match": mark}).status == 304
    assert nginx.get(url, member.user, **{"If-Match": mark}).data == CONTENT
    assert nginx.get(url, member.user, **{"If-Match": '"other"'}).status == 412


def test_nobody_else_gets_it(nginx, add):
    _revision, url = add(upload("a.pdf", CONTENT))
    anonymous = nginx.get(url)
    assert (anonymous.status, anonymous.headers["Location"]) == (302, f"{reverse('account_login')}?next={url}")
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        assert nginx.get(url, person).status == 404


def test_no_address_leads_to_the_folder(nginx, member, add):
    revision, _url = add(upload("a.pdf", CONTENT))
    for road in ROADS:
        response = nginx.get(road.format(revision.file), member.user)
        assert (road, response.status) == (road, 404)
        assert CONTENT not in response.data
        assert b"PRIVATE KEY" not in response.data


def test_any_name_of_the_store_is_sent(nginx, member, add):
    revision, url = add(upload("a.pdf", CONTENT))
    for name in ("Política ñ.pdf", "100% a+b?c#d;e.pdf", "%2e%2e", "a%2Fb.pdf", "..a"):
        (nginx.files / "evidence" / name).write_text(name)
        Revision.objects.filter(pk=revision.pk).update(file=f"evidence/{name}")
        response = nginx.get(url, member.user)
        assert (response.status, response.data.decode()) == (200, name)


def test_no_name_of_the_store_leads_out_of_it(nginx, member, add):
    revision, url = add(upload("a.pdf", CONTENT))
    for name in ("../key.pem", "evidence/../../key.pem", "%2e%2e/key.pem", "..%2fkey.pem"):
        Revision.objects.filter(pk=revision.pk).update(file=name)
        response = nginx.get(url, member.user)
        assert response.status in {400, 404}, name
        assert b"PRIVATE KEY" not in response.data


def test_lost_content_is_not_found(nginx, member, add):
    revision, url = add(upload("a.pdf", CONTENT))
    default_storage.delete(revision.file)
    assert nginx.get(url, member.user).status == 404
    default_storage.save(revision.file, ContentFile(CONTENT))
    assert nginx.get(url, member.user).data == CONTENT


@pytest.mark.django_db
def test_other_hosts_get_no_answer_and_ours_goes_to_https(nginx):
    moved = nginx.get_plain("/empresa/?a=1")
    assert (moved.status, moved.headers["Location"]) == (301, "https://constancia.example/empresa/?a=1")
    with pytest.raises(urllib3.exceptions.ProtocolError):
        nginx.get_plain("/", host="otra.example")
    with pytest.raises(urllib3.exceptions.SSLError, match="UNRECOGNIZED_NAME"):
        nginx.get("/", host="otra.example")
