"""A file may be attached before it was checked; nobody reads it, and nothing is sent, before it passed. Real worker."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.applications import dossier, readiness
from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence.enums import RevisionState
from certification.evidence.models import Document, Revision
from tests.certification.applications.cases import base, complete_draft, draft
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.review.factories import make_case, use_of

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "En revisión: la vemos antes de que la lea nadie"
NOT_CLEAN = [RevisionState.QUARANTINED, RevisionState.REJECTED, RevisionState.UNREADABLE]


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def case():
    return draft()


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def attach(client, case, content, name="acta.pdf"):
    client.force_login(case.editor)
    sent = {"evidence-DEI-1.1-uploads": [upload(name, content)], "then": "attach:DEI-1.1"}
    return client.post(f"{base(case)}criterios/DEI-1.1/", sent, follow=True)


def page(client, case):
    return client.get(f"{base(case)}criterios/DEI-1.1/").text


def set_state(revision, state):
    refused = state != RevisionState.QUARANTINED
    said = {"reason": "Tiene algo.", "remedy": "Sube otro."} if refused else {}
    checked_at = timezone.now() if refused else None
    Revision.objects.filter(pk=revision.pk).update(state=state, checked_at=checked_at, **said)


def blocking(case):
    loaded = dossier.load(case.fresh(), timezone.localdate())
    return [(one.code, one.text, one.url) for one in readiness.errors(loaded) if one.subject == "evidence"]


def test_waiting_file_is_attached_and_shown_so_until_it_was_checked(client, queue, case):
    attach(client, case, files.pdf())
    use = EvidenceUse.objects.get()
    assert WAITS in page(client, case)
    assert reverse("evidence_file", args=[case.application.folio, use.pk]) not in page(client, case)
    work()
    assert WAITS not in page(client, case)
    assert "Guardado y revisado" in page(client, case)
    assert reverse("evidence_file", args=[case.application.folio, use.pk]) in page(client, case)


def test_refused_file_says_why_and_makes_room_for_another(client, queue, case):
    attach(client, case, files.pdf_encrypted())
    work()
    use = EvidenceUse.objects.get()
    document = reverse("document_detail", args=[use.document_id])
    for words in ("No se puede leer", "pide contraseña", "Guárdalo sin ella", f'href="{document}#versiones"', "Quitar"):
        assert words in page(client, case)
    client.post(reverse("revision_add", args=[use.document_id]), {"file": upload("abierta.pdf", files.pdf(2))})
    work()
    use.refresh_from_db()
    assert (use.revision.number, use.revision.state) == (2, "clean")
    assert "Guardado y revisado" in page(client, case)


@pytest.mark.parametrize(("state", "words"), [("quarantined", "sigue en revisión"), ("rejected", "no aceptamos")])
def test_neither_is_sent(client, state, words):
    case = complete_draft()
    assert blocking(case) == []
    document = Document.objects.get()
    set_state(document.newest, state)
    found = blocking(case)
    code, text, url = found[0]
    assert len(found) == len(case.application.standard.document.criteria)
    assert words in text
    assert document.title in text
    assert url == f"{base(case)}criterios/{code}/#evidencia-{code}"


def test_document_with_refused_files_only_is_not_offered(client, case):
    revision = RevisionFactory(document__employer=case.application.employer, created_by=case.owner)
    set_state(revision, RevisionState.REJECTED)
    client.force_login(case.editor)
    assert revision.document.title not in page(client, case)
    client.post(
        f"{base(case)}criterios/DEI-1.1/",
        {"evidence-DEI-1.1-documents": [revision.document_id], "then": "attach:DEI-1.1"},
    )
    assert not EvidenceUse.objects.exists()


def test_what_is_attached_is_the_newest_file_that_may_be_used(client, case):
    first = RevisionFactory(document__employer=case.application.employer, created_by=case.owner)
    set_state(RevisionFactory(document=first.document, number=2, created_by=case.owner), RevisionState.UNREADABLE)
    client.force_login(case.editor)
    client.post(
        f"{base(case)}criterios/DEI-1.1/", {"evidence-DEI-1.1-documents": [first.document_id], "then": "attach:DEI-1.1"}
    )
    assert EvidenceUse.objects.get().revision == first


@pytest.mark.parametrize("state", NOT_CLEAN)
def test_nobody_receives_what_did_not_pass(client, state):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    set_state(use.revision, state)
    folio = case.application.folio
    addresses = [
        reverse("evidence_file", args=[folio, use.pk]),
        reverse("evidence_page", args=[folio, use.pk, 1]),
        reverse("document_download", args=[use.document_id, 1]),
        reverse("document_page", args=[use.document_id, 1, 1]),
    ]
    for person in (case.reviewer, case.manager, case.editor):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert not Event.objects.filter(action="evidence_seen").exists()


@pytest.mark.parametrize("state", NOT_CLEAN)
def test_reviewer_reads_the_state_and_finds_no_link(client, state):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    set_state(use.revision, state)
    client.force_login(case.reviewer)
    text = client.get(reverse("review_item", args=[case.application.folio, "DEI-1.1"])).text
    assert str(RevisionState(state).label) in text
    assert reverse("evidence_file", args=[case.application.folio, use.pk]) not in text
