"""The next version of a document, sent as the files of the library are: on the local store and on an object store."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.evidence.deleting import delete_document
from certification.evidence.enums import RevisionState
from certification.evidence.models import Document, Revision
from certification.evidence.uploads import actions
from certification.evidence.uploads.models import PendingUpload
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.sending import begin, finish, put, send
from tests.certification.evidence.test_uploads import employer, incoming_files, store
from tests.certification.evidence.test_uploads_interrupted import finish_at_once
from tests.employers.factories import MembershipFactory

__all__ = ["employer", "store"]
pytestmark = pytest.mark.django_db

NEXT, DONE = files.pdf(2), "Guardamos la versión nueva. Las anteriores siguen aquí."


@pytest.fixture
def document(client, employer):
    send(client, employer)
    return Document.objects.get()


def numbers(document):
    return list(document.revisions.values_list("number", flat=True))


def test_next_version_is_kept_and_its_page_says_so(store, client, employer, document):
    response = send(client, employer, "v2.pdf", NEXT, document)
    page = reverse("document_detail", args=[document.pk])
    assert (response.status_code, response["HX-Redirect"]) == (200, page)
    assert DONE in client.get(page).text
    newest = document.newest
    assert (newest.number, newest.original_name, newest.size) == (2, "v2.pdf", len(NEXT))
    with default_storage.open(newest.file) as file:
        assert file.read() == NEXT
    assert (Document.objects.count(), incoming_files(employer)) == (1, [])
    event = Event.objects.about(document).last()
    assert (event.action, event.actor, event.data["number"]) == ("revision_added", newest.created_by, 2)


def test_finished_twice_is_one_version(store, client, employer, document):
    begun = begin(client, employer, "v2.pdf", NEXT, document).json()
    put(client, begun, NEXT)
    answers = [finish(client, employer, begun["upload"], kind="policy") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    document.refresh_from_db()
    assert (numbers(document), document.kind) == ([2, 1], "other")


def test_what_the_form_refuses_is_refused(store, client, employer, document):
    response = send(client, employer, "otro nombre.pdf", document=document)
    assert (response.status_code, response.has_header("HX-Redirect")) == (422, False)
    assert "Es el mismo archivo que ya está guardado. Elige la versión nueva." in response.text
    response = send(client, employer, "cifrado.pdf", files.pdf_encrypted(), document)
    assert (response.status_code, "El archivo pide contraseña" in response.text) == (422, True)
    assert begin(client, employer, "tarea.exe", document=document).status_code == 422
    assert (numbers(document), PendingUpload.objects.unfinished().count(), incoming_files(employer)) == ([1], 0, [])


def test_the_same_file_for_another_document_or_none_is_another_upload(client, employer, document):
    send(client, employer, "acta.txt", b"Acta\n")
    other = Document.objects.exclude(pk=document.pk).get()
    targets = [document, document, other, None, None]
    begun = [begin(client, employer, "v2.pdf", NEXT, target).json()["upload"] for target in targets]
    assert (begun[0], begun[3]) == (begun[1], begun[4])
    assert len(set(begun)) == 3
    assert set(PendingUpload.objects.unfinished().values_list("document", flat=True)) == {document.pk, other.pk, None}


def test_a_document_of_another_employer_is_refused(document):
    member = MembershipFactory()
    said = {"name": "v2.pdf", "size": 9, "document": document, "actor": member.user, "at": timezone.now()}
    with pytest.raises(PermissionDenied):
        actions.begin_upload(member.employer, **said)
    assert not PendingUpload.objects.filter(employer=member.employer).exists()


@pytest.mark.django_db(transaction=True)
def test_one_content_finished_at_once_is_one_version(client, employer, document):
    names = ("v2.pdf", "v2 bis.pdf")
    begun = [begin(client, employer, name, NEXT, document).json() for name in names]
    assert [put(client, one, NEXT) for one in begun] == [200, 200]
    fates = finish_at_once([one["upload"] for one in begun] * 2)
    assert any(fate.revision for fate in fates)
    assert all(fate.revision is None or fate.revision.number == 2 for fate in fates)
    assert numbers(document) == [2, 1]
    with default_storage.open(document.newest.file) as file:
        assert file.read() == NEXT


def test_a_document_that_was_deleted_meanwhile_gets_no_version(client, employer, document):
    begun = begin(client, employer, "v2.pdf", NEXT, document).json()
    put(client, begun, NEXT)
    pending = PendingUpload.objects.select_related("document__employer", "employer").get(pk=begun["upload"])
    Revision.objects.update(state=RevisionState.REJECTED, reason="Trae un virus.", remedy="Sube otro.")
    delete_document(document, actor=pending.begun_by, at=timezone.now())
    fate = actions.finish_upload(pending, actor=pending.begun_by, at=timezone.now())
    assert "Este documento ya se borró." in str(fate.refusal)
    assert (Document.objects.count(), Revision.objects.count(), incoming_files(employer)) == (0, 0, [])


def test_left_half_way_names_its_document_and_is_finished_without_script(client, employer, document):
    begun = begin(client, employer, "v2.pdf", NEXT, document).json()
    put(client, begun, NEXT)
    page = client.get(reverse("document_list", args=[employer.pk])).text
    section = page[page.index("Subidas sin terminar") : page.index("Lo que tienes")]
    assert f'<a href="{reverse("document_detail", args=[document.pk])}">Tabulador 2026</a>' in section
    response = client.post(reverse("upload_finish", args=[employer.pk]), {"upload": begun["upload"]}, follow=True)
    assert (response.redirect_chain[-1][0], DONE in response.text) == (
        reverse("document_detail", args=[document.pk]), True,
    )  # fmt: skip
    assert numbers(document) == [2, 1]


def test_who_may_not_begin_one(client, employer, document):
    address = reverse("revision_begin", args=[document.pk])
    assert (client.get(address).status_code, client.post(address).status_code) == (405, 400)
    client.force_login(MembershipFactory(employer=employer, reader=True).user)
    assert begin(client, employer, document=document).status_code == 403
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        client.force_login(person)
        assert begin(client, employer, document=document).status_code == 404
    client.logout()
    assert client.post(address).url == f"{reverse('account_login')}?next={address}"
    assert not PendingUpload.objects.unfinished().exists()
