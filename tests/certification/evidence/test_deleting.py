"""A document that was not accepted may go; one that anything uses, used or was sent with, never does."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.deleting import delete_document
from certification.evidence.models import Document, Revision
from employers.enums import MemberRole
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.review.factories import make_case
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
REFUSED = {"state": "rejected", "reason": "Trae un virus.", "remedy": "Sube otro."}


@pytest.fixture
def member():
    return MembershipFactory()


def refused(employer):
    return RevisionFactory(document__employer=employer, **REFUSED).document


def url(document):
    return reverse("document_delete", args=[document.pk])


def test_it_goes_with_its_file_and_the_fact_stays(client, member):
    said = {"actor": member.user, "at": timezone.now()}
    with pytest.raises(UploadRefused):  # kept, since it can be cleaned
        actions.add_document(member.employer, upload("acta.pdf", files.pdf_javascript()), **said)
    revision = Revision.objects.get()
    document, sha256 = revision.document, revision.sha256
    client.force_login(member.user)
    assert url(document) in client.get(reverse("document_detail", args=[document.pk])).text
    page = client.get(url(document)).text
    assert "¿Borrar «acta»?" in page
    assert Document.objects.exists()  # a GET deletes nothing
    assert "Borraste «acta»." in client.post(url(document), follow=True).text
    assert not Document.objects.exists()
    assert not default_storage.exists(revision.file)
    event = Event.objects.get(action="document_deleted")
    assert (event.actor, event.subject_id) == (member.user, document.pk)
    assert event.data == {"revisions": [{"number": 1, "sha256": sha256, "state": "rejected"}]}
    assert client.post(url(document)).status_code == 404


def test_content_that_another_document_needs_stays(client, member):
    said = {"actor": member.user, "at": timezone.now()}
    good = actions.add_document(member.employer, upload(), **said)
    document = refused(member.employer)
    Revision.objects.filter(document=document).update(file=good.file)
    client.force_login(member.user)
    client.post(url(document))
    assert list(Document.objects.all()) == [good.document]
    assert default_storage.exists(good.file)


def test_what_was_made_of_a_refused_file_goes_with_it(member):
    document = refused(member.employer)
    made = {"derived_from": document.newest, "derivation": "cleaned"}
    RevisionFactory(document=document, number=2, **made, **REFUSED)
    delete_document(document, actor=member.user, at=timezone.now())
    assert not Revision.objects.exists()


@pytest.mark.parametrize("state", ["clean", "quarantined"])
def test_accepted_file_keeps_its_document(client, member, state):
    document = refused(member.employer)
    checked_at = timezone.now() if state == "clean" else None
    RevisionFactory(document=document, number=2, state=state, checked_at=checked_at)
    client.force_login(member.user)
    assert url(document) not in client.get(reverse("document_detail", args=[document.pk])).text
    assert "Éste se conserva." in client.get(url(document)).text
    assert "Éste se conserva." in client.post(url(document), follow=True).text
    assert Document.objects.count() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_used_one_stays(client, state):
    case = make_case(state)
    document = refused(case.application.employer)
    made = {"created_at": timezone.now(), "created_by": case.editor, "revision": document.newest}
    EvidenceUse.objects.create(application=case.application, item="DEI-1.1", document=document, **made)
    client.force_login(case.editor)
    page = client.post(url(document), follow=True).text
    assert f"La solicitud {case.application.folio} usa este documento" in page
    assert Document.objects.filter(pk=document.pk).exists()


def test_one_that_was_sent_stays_also_when_nothing_uses_it_any_more(client):
    case = make_case(State.IN_REVIEW)
    document = refused(case.application.employer)
    sent = case.application.submissions.first()
    snapshot = sent.snapshot[:-1] + f',"more":"{document.newest.sha256}"}}'
    case.application.submissions.create(
        round=9, snapshot=snapshot, sha256=sent.sha256, declaration=sent.declaration, signer_name="Ana",
        signer_charge="Dirección", submitted_at=sent.submitted_at, submitted_by=sent.submitted_by,
    )  # fmt: skip
    client.force_login(case.editor)
    page = client.post(url(document), follow=True).text
    assert f"La solicitud {case.application.folio} se envió con este archivo" in page
    assert Document.objects.filter(pk=document.pk).exists()


def test_who_may_not(client, member):
    document = refused(member.employer)
    assert client.post(url(document)).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert client.post(url(document)).status_code == 404
    client.force_login(MembershipFactory(employer=member.employer, role=MemberRole.READER).user)
    assert [client.get(url(document)).status_code, client.post(url(document)).status_code] == [403, 403]
    assert Document.objects.get() == document
