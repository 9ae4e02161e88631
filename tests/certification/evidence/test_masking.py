"""A masked copy is the next revision, checked like any other; a reason says why data must be seen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.evidence import actions, masking
from certification.evidence.enums import Derivation
from certification.evidence.models import Revision
from certification.evidence.text import page_texts
from employers.enums import MemberRole
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.evidence.test_sightings import CURP
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
FOUND = [{"kind": "curp", "page": 1, "count": 1}]
BROKEN_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["other"]}}
WITHOUT_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def original(member):
    content = files.pdf_saying(f"Plantilla de {CURP} y nadie más")
    return actions.add_document(member.employer, upload("lista.pdf", content), actor=member.user, at=timezone.now())


def ask(revision, member):
    masking.mask_soon(revision, actor=member.user, at=timezone.now())
    revision.refresh_from_db()
    return revision


def test_copy_is_the_next_revision_and_takes_its_place(original, member):
    copy = ask(original, member).masked
    assert (copy.number, copy.derived_from, copy.derivation) == (2, original, Derivation.MASKED)
    assert (copy.is_clean, copy.personal_data, copy.text_state) == (True, [], "whole")
    assert " ".join(page_texts(copy)[0].split()) == "Plantilla de y nadie más"
    assert original.shown == copy == original.document.usable
    assert original.personal_data == FOUND
    assert default_storage.exists(original.file)


def test_twice_is_as_once(original, member):
    ask(ask(original, member), member)
    masking.mask(original, actor=member.user, at=timezone.now())
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"personal_data": []}, "no hay datos"),
        ({"media_type": "text/plain"}, "Imprímelo a un PDF"),
        ({"pages": 201}, "hasta 200 páginas"),
    ],
)
def test_what_cannot_be_masked(said, words, member):
    revision = RevisionFactory(document__employer=member.employer, **{"personal_data": FOUND, **said})
    with pytest.raises(ActionRefused, match=words):
        ask(revision, member)


def test_only_the_last_version(original, member):
    actions.add_revision(original.document, upload(), actor=member.user, at=timezone.now())
    with pytest.raises(ActionRefused, match="versión posterior"):
        ask(original, member)


def test_file_that_breaks_the_program_says_what_to_do(original, member, monkeypatch):
    monkeypatch.setattr(masking, "SECONDS", 0.01)
    assert "imprímelo a un PDF" in ask(original, member).mask_fault
    assert not masking.is_being_masked(original, at=timezone.now())
    monkeypatch.undo()
    assert ask(original, member).masked
    assert original.mask_fault == ""


def test_copy_that_is_being_made_is_not_begun_again(original, member):
    now = timezone.now()
    Revision.objects.filter(pk=original.pk).update(mask_asked_at=now)
    original.refresh_from_db()
    assert ask(original, member).masked is None
    assert masking.is_being_masked(original, at=now)
    Revision.objects.filter(pk=original.pk).update(mask_asked_at=now - dt.timedelta(hours=1))
    original.refresh_from_db()
    assert ask(original, member).masked  # that worker is dead


def test_two_presses_at_one_moment_are_one_order(original, member, settings):
    settings.TASKS = WITHOUT_WORKER
    for pressed in [Revision.objects.get(), Revision.objects.get()]:
        now = timezone.now()
        masking.mask_soon(pressed, actor=member.user, at=now)
    assert DBTaskResult.objects.filter(task_path__endswith="mask_task").count() == 1
    original.refresh_from_db()
    assert original.mask_asked_at < now


def test_queue_that_fails_leaves_nothing_asked_for(original, member, settings):
    fault = {"mask_asked_at": timezone.now() - dt.timedelta(hours=1), "mask_fault": "No pudimos hacer la copia."}
    Revision.objects.filter(pk=original.pk).update(**fault)
    original.refresh_from_db()
    working, settings.TASKS = settings.TASKS, BROKEN_QUEUE
    with pytest.raises(ActionRefused, match="Inténtalo otra vez"):
        ask(original, member)
    original.refresh_from_db()
    assert {name: getattr(original, name) for name in fault} == fault
    settings.TASKS = working
    assert ask(original, member).masked


def test_store_that_is_down(original, member):
    default_storage.delete(original.file)
    assert ask(original, member).mask_fault


def test_reason_is_kept_and_told(original, member):
    for _time in range(2):
        masking.say_needed(original, reason=" La norma pide  ver la clave. ", actor=member.user, at=timezone.now())
    original.refresh_from_db()
    assert original.needed_whole == "La norma pide ver la clave."
    event = Event.objects.get(action="personal_data_needed")
    assert (event.actor, event.reason, event.data["number"]) == (member.user, original.needed_whole, 1)


def test_reason_that_says_nothing(original, member):
    with pytest.raises(ActionRefused, match="Escribe por qué"):
        masking.say_needed(original, reason="  ", actor=member.user, at=timezone.now())


def test_reason_for_nothing(member):
    revision = RevisionFactory(document__employer=member.employer)
    with pytest.raises(ActionRefused, match="no encontramos"):
        masking.say_needed(revision, reason="Porque sí.", actor=member.user, at=timezone.now())


@pytest.mark.parametrize("make", [UserFactory, lambda: MembershipFactory(role=MemberRole.OWNER).user])
def test_others_may_not(original, make):
    other = make()
    with pytest.raises(PermissionDenied):
        masking.mask_soon(original, actor=other, at=timezone.now())
    with pytest.raises(PermissionDenied):
        masking.say_needed(original, reason="Porque sí.", actor=other, at=timezone.now())
