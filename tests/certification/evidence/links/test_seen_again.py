"""A page that was seen again: a new day, and the days before in its history. Nobody asks for the page."""

import datetime as dt
import socket

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence.links.actions import add_link, see_again
from certification.evidence.models import Revision
from tests.accounts.factories import UserFactory
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import make_case
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PAGE, DAY = "https://ejemplo.org/igualdad", dt.date(2026, 3, 2)


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def first(member):
    return add_link(member.employer, PAGE, seen_on=DAY, actor=member.user, at=timezone.now())


@pytest.fixture
def address(first):
    return reverse("link_seen", args=[first.document_id, 1])


def test_new_day_is_seen_and_the_one_before_stays(client, member, first, address, monkeypatch):
    client.force_login(member.user)
    detail = reverse("document_detail", args=[first.document_id])
    assert address in client.get(detail).text
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: pytest.fail("The page was asked for."))
    for _time in range(2):
        page = client.post(address, follow=True).text
        assert "Guardamos que la viste hoy." in page
    last, before = Revision.objects.filter(document=first.document_id)
    assert (before.seen_on, last.seen_on, last.link, last.derived_from) == (DAY, timezone.localdate(), PAGE, before)
    assert last.is_clean
    assert "vista el 2 mar 2026" in page
    assert "La volví a ver hoy" not in page
    event = Event.objects.about(first.document).last()
    assert (event.action, event.actor, event.data["number"]) == ("revision_added", member.user, 2)


@pytest.mark.parametrize(("state", "number"), [(State.DRAFT, 2), (State.IN_REVIEW, 1)])
def test_draft_uses_the_new_day_and_what_was_sent_the_old_one(state, number):
    case, at = make_case(state), timezone.now()
    revision = add_link(case.application.employer, PAGE, seen_on=DAY, actor=case.editor, at=at)
    made = {"created_at": at, "created_by": case.editor, "document": revision.document, "revision": revision}
    use = EvidenceUse.objects.create(application=case.application, item="DEI-1.1", **made)
    see_again(revision, seen_on=timezone.localdate(), actor=case.editor, at=at)
    use.refresh_from_db()
    assert use.revision.number == number


def test_what_is_no_page_or_has_a_later_version(member, first):
    said = {"actor": member.user, "at": timezone.now()}
    with pytest.raises(ActionRefused):
        see_again(RevisionFactory(document__employer=member.employer), seen_on=DAY, **said)
    last = see_again(first, seen_on=DAY + dt.timedelta(days=9), **said)
    with pytest.raises(ActionRefused):
        see_again(first, seen_on=DAY + dt.timedelta(days=10), **said)
    with pytest.raises(ActionRefused):
        see_again(last, seen_on=DAY, **said)
    assert Revision.objects.filter(link=PAGE).count() == 2


def test_who_may(client, member, first, address):
    assert client.post(address).url.startswith(reverse("account_login"))
    reader = MembershipFactory(employer=member.employer, reader=True).user
    for someone, status in ((UserFactory(), 404), (reader, 403)):
        client.force_login(someone)
        assert client.post(address).status_code == status
    client.force_login(member.user)
    assert client.get(address).status_code == 405
    assert Revision.objects.count() == 1
