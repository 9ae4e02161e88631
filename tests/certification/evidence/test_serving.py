"""Files go out as downloads that no browser takes for a page, whole or in part."""

import re

import pytest
import urllib3
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
CONTENT = files.pdf()


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def revision(member):
    name = "Política «única»; ñ.pdf"
    return actions.add_document(member.employer, upload(name, CONTENT), actor=member.user, at=timezone.now())


@pytest.fixture
def url(revision):
    return reverse("document_download", args=[revision.document_id, 1])


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("trait", ["owner", "reader"])
def test_member_gets_the_file_as_a_download(client, revision, url, trait):
    client.force_login(MembershipFactory(employer=revision.document.employer, **{trait: True}).user)
    response = client.get(url)
    assert body(response) == CONTENT
    assert dict(response.headers) | {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(CONTENT)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    } == dict(response.headers)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Pol%C3%ADtica")


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-5", -5, None)]
)
def test_one_range(client, member, url, asked, first, last):
    client.force_login(member.user)
    response = client.get(url, headers={"range": asked})
    expected = CONTENT[first : last and last + 1]
    assert (response.status_code, body(response)) == (206, expected)
    start = CONTENT.index(expected)
    assert response["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(CONTENT)}"
    assert response["Cache-Control"] == "private, no-store"


def test_range_past_the_end(client, member, url):
    client.force_login(member.user)
    response = client.get(url, headers={"range": f"bytes={len(CONTENT)}-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_head_says_the_length(client, member, url):
    client.force_login(member.user)
    response = client.head(url)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(CONTENT)))


def test_post_is_not_allowed(client, member, url):
    client.force_login(member.user)
    assert client.post(url).status_code == 405


def test_nobody_else_gets_it(client, revision, url):
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    gone = MembershipFactory(employer=revision.document.employer, ended=True).user
    for person in (MembershipFactory(owner=True).user, UserFactory(), gone):
        client.force_login(person)
        assert client.get(url).status_code == 404


def test_lost_content_is_not_found_and_no_fault_page(client, member, revision, url):
    default_storage.delete(revision.file)
    client.force_login(member.user)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("asked", ["bytes=5-3", "bytes=0-3,8-9", "lines=1-2", "bytes=-", f"bytes={'9' * 5000}-"])
def test_a_range_that_makes_no_sense_gives_the_whole(client, member, url, asked):
    client.force_login(member.user)
    response = client.get(url, headers={"range": asked})
    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize(("known", "status"), [("{}", 206), ("W/{}", 200), ('"other"', 200)])
def test_a_part_is_put_together_with_the_same_content_alone(client, member, revision, url, known, status):
    client.force_login(member.user)
    etag = f'"{revision.sha256}"'
    response = client.get(url, headers={"range": "bytes=4-", "if-range": known.format(etag)})
    assert (response.status_code, response["ETag"]) == (status, etag)
    assert body(response) == (CONTENT[4:] if status == 206 else CONTENT)


def test_what_the_reader_has_already_is_not_sent_again(client, member, revision, url):
    client.force_login(member.user)
    etag = f'"{revision.sha256}"'
    response = client.get(url, headers={"if-none-match": etag})
    assert (response.status_code, response.content, response["Cache-Control"]) == (304, b"", "private, no-store")
    assert client.get(url, headers={"if-match": '"other"'}).status_code == 412
    client.force_login(MembershipFactory(owner=True).user)
    assert client.get(url, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize("offload", [("X-Accel-Redirect", "/files/"), ("X-Sendfile", "")])
def test_the_web_server_is_told_which_file_to_send(client, member, revision, url, settings, offload):
    settings.FILES_OFFLOAD = offload
    client.force_login(member.user)
    response = client.get(url, headers={"range": "bytes=0-9"})
    header, folder = offload
    assert (response.status_code, response.content) == (200, b"")
    assert response[header] == (folder + revision.file if folder else default_storage.path(revision.file))
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response["Content-Disposition"].startswith("attachment")
    default_storage.delete(revision.file)
    assert client.get(url).status_code == 404


@pytest.mark.s3
def test_object_store_gives_the_file_itself_for_two_minutes(s3_storage, client, member, url, revision):
    client.force_login(member.user)
    response = client.get(url)
    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")
    assert "X-Amz-Expires=120" in response.url
    assert "secret-of-the-tests-only" not in response.url
    part = urllib3.request("GET", response.url, headers={"Range": "bytes=0-9"})  # rclone says 200 to it
    assert part.data == CONTENT[:10]
    sent = urllib3.request("GET", response.url)
    assert sent.data == CONTENT
    assert sent.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Pol%C3%ADtica")
    assert (sent.headers["Content-Type"], sent.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    head = client.head(url)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(CONTENT)))


@pytest.mark.s3
@pytest.mark.parametrize("changed", ["X-Amz-Expires=9120", "response-content-disposition=inline"])
def test_an_address_that_somebody_changed_opens_nothing(s3_storage, client, member, url, revision, changed):
    client.force_login(member.user)
    name = changed.partition("=")[0]
    address = re.sub(rf"{name}=[^&]*", changed, client.get(url).url)
    assert urllib3.request("GET", address).status == 403
