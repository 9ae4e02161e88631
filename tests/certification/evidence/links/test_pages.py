"""A public web page as evidence: kept with the day it was seen, shown with care, and never asked for."""

import datetime as dt
import json
import socket

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.applications import dossier as dossiers
from certification.applications import snapshot
from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence.checking import check_waiting
from certification.evidence.links.actions import add_link
from certification.evidence.looking import look_waiting
from certification.evidence.models import Document, Revision
from tests.accounts.factories import UserFactory
from tests.certification.applications.cases import base, draft
from tests.certification.review.factories import AT, DECLARED, make_case, use_of
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PAGE, DAY = "https://ejemplo.org/igualdad", dt.date(2026, 3, 2)
LINK = f'<a href="{PAGE}" rel="noopener noreferrer nofollow">'


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def address(member):
    return reverse("document_link", args=[member.employer_id])


def test_page_is_kept_with_its_day(client, member, address):
    client.force_login(member.user)
    response = client.post(address, {"link": PAGE, "seen_on": "2026-03-02", "kind": "policy"}, follow=True)
    revision = Revision.objects.get()
    assert (revision.link, revision.seen_on, revision.state, revision.scanner) == (PAGE, DAY, "clean", "")
    assert (revision.document.title, revision.document.kind) == ("ejemplo.org/igualdad", "policy")
    with default_storage.open(revision.file) as file:
        assert file.read() == f"# 2026-03-02\r\n{PAGE}\r\n".encode()
    assert LINK in response.text
    assert "vista el 2 mar 2026" in response.text
    assert LINK in client.get(reverse("document_list", args=[member.employer_id])).text


def test_same_page_and_day_is_one_document(client, member, address):
    client.force_login(member.user)
    for day in ("2026-03-02", "2026-03-02", "2026-04-02"):
        client.post(address, {"link": PAGE, "seen_on": day, "kind": "other"})
    assert Document.objects.count() == 2


def test_day_left_empty_is_today_and_tomorrow_is_refused(client, member, address):
    client.force_login(member.user)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    response = client.post(address, {"link": PAGE, "seen_on": tomorrow.isoformat(), "kind": "other"})
    assert (response.status_code, Revision.objects.count()) == (422, 0)
    assert "Ese día todavía no llega." in response.text
    client.post(address, {"link": PAGE, "kind": "other"})
    assert Revision.objects.get().seen_on == timezone.localdate()


def test_address_of_the_own_network_is_refused(client, member, address):
    client.force_login(member.user)
    response = client.post(address, {"link": "http://169.254.169.254/", "kind": "other"})
    assert response.status_code == 422
    assert "sólo se abre en tu red" in response.text
    assert not Document.objects.exists()


def test_who_may(client, member, address):
    assert client.get(address).url.startswith(reverse("account_login"))
    reader = MembershipFactory(employer=member.employer, reader=True).user
    for someone, status in ((UserFactory(), 404), (reader, 403)):
        client.force_login(someone)
        assert client.post(address, {"link": PAGE, "kind": "other"}).status_code == status
    assert not Document.objects.exists()


def test_store_that_refuses_is_said(client, member, address, tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "evidence").write_text("")
    client.force_login(member.user)
    response = client.post(address, {"link": PAGE, "kind": "other"})
    assert "No pudimos guardar" in response.text
    assert not Document.objects.exists()


def test_criterion_takes_a_page_and_sends_it(client):
    case = draft()
    client.force_login(case.editor)
    url = f"{base(case)}criterios/DEI-1.1/"
    sent = {"evidence-DEI-1.1-link": PAGE, "evidence-DEI-1.1-seen_on": "2026-03-02", "then": "attach:DEI-1.1"}
    assert LINK in client.post(url, sent, follow=True).text
    assert EvidenceUse.objects.get().revision.link == PAGE
    dossier = dossiers.load(case.fresh(), timezone.localdate(AT))
    said = json.loads(snapshot.take(dossier, declaration=DECLARED, at=AT))["evidence"]["DEI-1.1"][0]
    assert (said["link"], said["seen_on"]) == (PAGE, "2026-03-02")


def test_criterion_says_what_is_wrong_with_an_address(client):
    case = draft()
    client.force_login(case.editor)
    sent = {"evidence-DEI-1.1-link": "ejemplo.org", "then": "attach:DEI-1.1"}
    response = client.post(f"{base(case)}criterios/DEI-1.1/", sent)
    assert "Cópiala completa, con https:// al principio." in response.text
    assert not EvidenceUse.objects.exists()


def test_reviewer_gets_a_link_that_tells_nothing(client):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    Revision.objects.filter(pk=use.revision_id).update(link=PAGE, seen_on=DAY, media_type="text/uri-list", pages=None)
    client.force_login(case.reviewer)
    text = client.get(reverse("review_item", args=[case.application.folio, "DEI-1.1"])).text
    assert LINK in text
    assert "vista el 2 mar 2026" in text
    assert "Sin antivirus" not in text


def test_server_never_asks_for_the_page(client):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        page = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        case = draft()
        revision = add_link(case.application.employer, page, seen_on=DAY, actor=case.editor, at=AT)
        client.force_login(case.editor)
        client.post(
            f"{base(case)}criterios/DEI-1.1/",
            {"evidence-DEI-1.1-documents": [revision.document_id], "then": "attach:DEI-1.1"},
        )
        for name, key in (("document_list", case.application.employer_id), ("document_detail", revision.document_id)):
            assert page in client.get(reverse(name, args=[key])).text
        check_waiting(at=timezone.now())
        look_waiting(at=timezone.now())
        with pytest.raises(BlockingIOError):
            listening.accept()
