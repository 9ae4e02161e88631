"""From a text to a published version: what is kept, what is refused, and that two people are needed."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.amendments import actions
from certification.amendments.enums import DraftState, TrialState
from certification.amendments.models import StandardDraft
from certification.standards import actions as standards
from certification.standards.models import Standard
from tests.accounts.factories import UserFactory
from tests.certification.amendments.factories import NEWER, revised, revised_text, set_criterion
from tests.certification.standards.factories import AT, DEI, changed, publish, text_of

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)
REASON = "El ajuste razonable pasa a ser indispensable."
STRICTER = set_criterion("DEI-1.2", critical=True)


@pytest.fixture
def manager():
    return UserFactory(manager=True)


@pytest.fixture
def second():
    return UserFactory(manager=True)


def uploaded(manager, text=None):
    return actions.upload(text or revised_text(STRICTER), file_name="norma.yaml", actor=manager, at=AT)


def tried(manager, text=None):
    draft = uploaded(manager, text)
    actions.run_trial(draft.pk, draft.fingerprint, at=AT)
    draft.refresh_from_db()
    return draft


def proposed(manager, text=None):
    draft = tried(manager, text)
    actions.propose(draft, reason=REASON, seen_version=draft.version, actor=manager, at=AT)
    return draft


def test_a_text_is_kept_with_what_it_says_of_itself(manager):
    publish()
    draft = uploaded(manager)
    assert (draft.code, draft.standard_version, draft.state) == ("DEI", NEWER, DraftState.DRAFT)
    assert (draft.faults, len(draft.fingerprint)) == ([], 64)
    assert Event.objects.about(draft).get().action == "upload"


def test_a_text_with_faults_is_kept_whole(manager):
    text = changed(DEI, ("max_points: 40", "max_points: 39"), ("free: true", "gratis: true"))
    draft = uploaded(manager, text)
    assert draft.text == text
    assert (draft.code, draft.fingerprint) == ("", "")
    assert {fault["place"] for fault in draft.faults} >= {"gratis", "sections.1.max_points"}
    assert all(fault["line"] and fault["message"] and fault["remedy"] for fault in draft.faults)


def test_another_text_takes_its_place_and_is_untried(manager):
    draft = tried(manager)
    actions.replace(draft, text_of(DEI), file_name="otra.yaml", seen_version=0, actor=manager, at=LATER)
    assert (draft.standard_version, draft.trial_state, draft.trial) == ("2019.1", TrialState.NONE, None)
    with pytest.raises(ActionRefused, match="cambió desde que lo abriste"):
        actions.replace(draft, "x", file_name="", seen_version=0, actor=manager, at=LATER)
    draft.refresh_from_db()
    assert draft.text == text_of(DEI)


def test_the_dry_run_is_kept(manager):
    publish()
    draft = tried(manager)
    assert (draft.trial_state, draft.trial_at) == (TrialState.DONE, AT)
    assert draft.trial["applications"] == 0
    assert draft.trial["cases"] > 0


def test_a_run_for_a_text_that_was_replaced_is_dropped(manager):
    draft = uploaded(manager)
    actions.run_trial(draft.pk, "0" * 64, at=AT)
    draft.refresh_from_db()
    assert draft.trial is None


def test_asked_twice_it_runs_once(manager, django_capture_on_commit_callbacks):
    draft = uploaded(manager)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        actions.try_soon(draft, actor=manager, at=AT)
        actions.try_soon(draft, actor=manager, at=AT)
    assert len(callbacks) == 1
    draft.refresh_from_db()
    assert draft.trial_state == TrialState.DONE


def test_a_run_that_never_came_back_may_be_asked_for_again(manager, django_capture_on_commit_callbacks):
    draft = uploaded(manager)
    StandardDraft.objects.update(trial_state=TrialState.WAITING, trial_at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.try_soon(draft, actor=manager, at=AT + dt.timedelta(minutes=31))
    draft.refresh_from_db()
    assert draft.trial_state == TrialState.DONE


def test_faults_cannot_be_tried(manager):
    with pytest.raises(ActionRefused, match="Corrige primero las faltas"):
        actions.try_soon(uploaded(manager, "code: x"), actor=manager, at=AT)


@pytest.mark.parametrize(
    ("text", "reason", "sentence"),
    [
        (revised_text(STRICTER), " ", "Escribe por qué se cambia"),
        ("code: x", REASON, "El texto tiene faltas"),
        (text_of(DEI), REASON, "Es igual a la versión vigente"),
        (revised_text(STRICTER, version="2019.0"), REASON, "Escribe una versión mayor"),
    ],
    ids=["no reason", "faults", "unchanged", "version"],
)
def test_what_cannot_be_proposed(manager, text, reason, sentence):
    publish()
    draft = tried(manager, text)
    with pytest.raises(ActionRefused, match=sentence):
        actions.propose(draft, reason=reason, seen_version=draft.version, actor=manager, at=AT)
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT


def test_it_is_tried_before_it_is_proposed(manager):
    with pytest.raises(ActionRefused, match="Corre primero la prueba"):
        actions.propose(uploaded(manager), reason=REASON, seen_version=0, actor=manager, at=AT)


def test_proposing_tells_the_others(manager, second, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = proposed(manager)
    assert (draft.state, draft.proposed_by, draft.reason) == (DraftState.PROPOSED, manager, REASON)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([second.email], f"Espera tu decisión: DEI, versión {NEWER}")
    ]
    assert f"/programa/normas/textos/{draft.pk}/" in mail.outbox[0].body
    event = Event.objects.about(draft).last()
    assert (event.action, event.actor, event.reason) == ("propose", manager, REASON)


def test_a_proposal_is_taken_back_to_change_it(manager, second):
    draft = proposed(manager)
    with pytest.raises(ActionRefused):
        actions.replace(draft, "x", file_name="", seen_version=draft.version, actor=manager, at=AT)
    actions.take_back(draft, seen_version=draft.version, actor=second, at=AT)
    assert (draft.state, draft.reason, draft.proposed_by) == (DraftState.DRAFT, "", None)


def test_another_manager_publishes(manager, second, django_capture_on_commit_callbacks):
    publish()
    draft = proposed(manager)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        standard = actions.publish(draft, seen_version=draft.version, actor=second, at=LATER)
    assert list(Standard.objects.in_force()) == [standard]
    assert (standard.version, standard.published_by, standard.fingerprint) == (NEWER, second, draft.fingerprint)
    assert (draft.state, draft.standard, draft.decided_by) == (DraftState.PUBLISHED, standard, second)
    assert [(one.to, one.subject) for one in mail.outbox] == [([manager.email], f"Se publicó: DEI, versión {NEWER}")]
    assert Event.objects.about(draft).last().actor == second


@pytest.mark.parametrize("act", ["publish", "refuse"])
def test_who_proposed_does_not_decide(manager, act):
    draft = proposed(manager)
    said = {"answer": "No"} if act == "refuse" else {}
    with pytest.raises(ActionRefused, match="La propusiste tú"):
        getattr(actions, act)(draft, **said, seen_version=draft.version, actor=manager, at=AT)
    assert not Standard.objects.exists()


def test_the_database_refuses_one_person_for_both(manager):
    draft = proposed(manager)
    decided = {"state": DraftState.REFUSED, "answer": "No", "decided_at": AT, "decided_by": manager}
    with pytest.raises(IntegrityError, match="draft_needs_a_second_manager"), transaction.atomic():
        StandardDraft.objects.filter(pk=draft.pk).update(**decided)


def test_refusing_needs_a_reason_and_tells_it(manager, second):
    draft = proposed(manager)
    with pytest.raises(ActionRefused, match="Escribe la razón"):
        actions.refuse(draft, answer=" ", seen_version=draft.version, actor=second, at=AT)
    actions.refuse(draft, answer="Falta la consulta.", seen_version=draft.version, actor=second, at=AT)
    assert (draft.state, draft.answer, draft.decided_by) == (DraftState.REFUSED, "Falta la consulta.", second)
    assert not Standard.objects.exists()


def test_twice_is_once(manager, second):
    draft = proposed(manager)
    seen = draft.version
    actions.publish(draft, seen_version=seen, actor=second, at=AT)
    with pytest.raises(ActionRefused, match="cambió desde que lo abriste"):
        actions.publish(draft, seen_version=seen, actor=second, at=AT)
    assert Standard.objects.count() == 1


def test_a_version_that_was_published_meanwhile_wins(manager, second):
    draft, other = proposed(manager), proposed(manager, revised_text(STRICTER, version="2031.1"))
    actions.publish(other, seen_version=other.version, actor=second, at=AT)
    with pytest.raises(ActionRefused, match=r"no es mayor que 2031\.1"):
        actions.publish(draft, seen_version=draft.version, actor=second, at=AT)


def test_a_run_against_another_version_no_longer_counts(manager, second):
    publish()
    draft = proposed(manager, revised_text(STRICTER, version="2031.1"))
    waiting = tried(manager, revised_text(STRICTER, version="2032.1"))
    standards.publish(revised(STRICTER), actor=None, at=AT)
    with pytest.raises(ActionRefused, match="La prueba es de antes"):
        actions.publish(draft, seen_version=draft.version, actor=second, at=LATER)
    with pytest.raises(ActionRefused, match="La prueba es de antes"):
        actions.propose(waiting, reason=REASON, seen_version=waiting.version, actor=manager, at=LATER)
    actions.run_trial(draft.pk, draft.fingerprint, at=LATER)
    draft.refresh_from_db()
    actions.publish(draft, seen_version=draft.version, actor=second, at=LATER)
    assert Standard.objects.in_force().get().version == "2031.1"


def test_a_run_whose_version_is_not_known_does_not_count(manager):
    draft = tried(manager)
    assert draft.trial_against == ""
    StandardDraft.objects.update(trial_against=None)
    draft.refresh_from_db()
    with pytest.raises(ActionRefused, match="La prueba es de antes"):
        actions.propose(draft, reason=REASON, seen_version=draft.version, actor=manager, at=AT)


@pytest.mark.parametrize("act", ["publish", "refuse"])
def test_what_was_decided_does_not_change(manager, second, act):
    draft = proposed(manager)
    said = {"answer": "No"} if act == "refuse" else {}
    getattr(actions, act)(draft, **said, seen_version=draft.version, actor=second, at=AT)
    for statement in ("UPDATE certification_standarddraft SET text = 'x'", "DELETE FROM certification_standarddraft"):
        with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("trait", [{}, {"reviewer": True}, {"decider": True}, {"editor": True}])
def test_only_managers(manager, trait):
    draft, other = proposed(manager), UserFactory(**trait)
    at = {"actor": other, "at": AT}
    for act in (
        lambda: actions.upload("x", file_name="", **at),
        lambda: actions.try_soon(draft, **at),
        lambda: actions.take_back(draft, seen_version=draft.version, **at),
        lambda: actions.publish(draft, seen_version=draft.version, **at),
        lambda: actions.refuse(draft, answer="No", seen_version=draft.version, **at),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert list(StandardDraft.objects.visible_to(other)) == []
