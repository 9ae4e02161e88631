"""Reminders: once, to whom it concerns, and only while what made them press still holds."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from audit.models import Event
from certification.applications import actions
from certification.applications.enums import State
from certification.applications.models import Application, RequirementRecord
from certification.applications.plan.models import ImprovementAction
from certification.applications.plan.reminders import remind_owners
from certification.applications.reminders import remind_of_letters
from tests.certification.applications.cases import NMX
from tests.certification.applications.plan_steps import WHAT, ImprovementActionFactory
from tests.certification.applications.racing import LOCKING, just_before
from tests.certification.review.factories import LATER, make_case
from tests.employers.factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Do something and return what was mailed, by address."""

    def run(action, *args, **named):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **named)
        return {message.to[0]: message for message in mailoutbox}

    return run


@pytest.fixture
def draft():
    """A draft of the norm whose first letter serves for some nine days more."""
    case = make_case(State.DRAFT, name=NMX)
    RequirementRecord.objects.update(issued_on=timezone.localdate())
    letter = RequirementRecord.objects.filter(requirement="P1")
    letter.update(issued_on=timezone.localdate() - 174 * DAY)
    return case


def test_who_prepares_the_draft_is_told_once_of_a_letter(sent, draft):
    told = sent(remind_of_letters, at=timezone.now())
    assert set(told) == {draft.owner.email, draft.editor.email}
    message = told[draft.owner.email]
    assert "una carta está por vencer" in message.subject
    assert "Vence en" in message.body
    assert f"/empresa/solicitudes/{draft.application.folio}/participacion/" in message.body
    assert sent(remind_of_letters, at=timezone.now() + DAY) == {}
    assert Event.objects.about(draft.application).get(action="letter_told").data["letter"] == "P1"


def test_a_new_letter_that_lapses_is_told_again(sent, draft):
    sent(remind_of_letters, at=timezone.now())
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=timezone.localdate() - 165 * DAY)
    assert len(sent(remind_of_letters, at=timezone.now())) == 2


def test_what_was_sent_or_withdrawn_is_not_told(sent, draft):
    actions.withdraw(draft.application, reason="Esperamos.", actor=draft.owner, at=LATER)
    assert sent(remind_of_letters, at=timezone.now()) == {}


def test_a_letter_that_lasts_or_has_lapsed_is_not_told(sent, draft):
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=timezone.localdate() - 100 * DAY)
    RequirementRecord.objects.filter(requirement="P2").update(issued_on=timezone.localdate() - 300 * DAY)
    assert sent(remind_of_letters, at=timezone.now()) == {}


def test_a_draft_that_changes_at_that_moment_stops_no_other(sent, draft):
    other = make_case(State.DRAFT, name=NMX)
    letters = RequirementRecord.objects.filter(application=other.application)
    letters.update(issued_on=timezone.localdate() - 174 * DAY)
    changing = Application.objects.filter(pk=draft.application.pk)  # the first to be read
    with just_before(LOCKING, lambda: changing.update(version=F("version") + 1)):
        assert set(sent(remind_of_letters, at=timezone.now())) == {other.owner.email, other.editor.email}
    assert set(sent(remind_of_letters, at=timezone.now() + DAY)) == {draft.owner.email, draft.editor.email}


def action_of(days, **fields):
    member = MembershipFactory(employer=EmployerFactory(trade_name="Tejidos del Sur"))
    due = timezone.localdate() + days * DAY
    return ImprovementActionFactory(employer=member.employer, owner=member.user, due_on=due, **fields)


def test_the_owner_of_an_action_is_reminded_once_and_again_of_a_new_date(sent):
    action = action_of(7)
    told = sent(remind_owners, at=timezone.now())
    assert list(told) == [action.owner.email]
    assert WHAT in told[action.owner.email].body
    assert "Tejidos del Sur" in told[action.owner.email].subject
    assert f"/empresa/{action.employer_id}/plan/" in told[action.owner.email].body
    assert sent(remind_owners, at=timezone.now()) == {}
    ImprovementAction.objects.update(due_on=timezone.localdate() + 5 * DAY)
    assert len(sent(remind_owners, at=timezone.now())) == 1


@pytest.mark.parametrize("days", [-1, 8])
def test_neither_too_early_nor_too_late(sent, days):
    action_of(days)
    assert sent(remind_owners, at=timezone.now()) == {}


def test_who_left_and_what_is_done_get_no_mail(sent):
    gone, done = action_of(3), action_of(3)
    gone.owner.memberships.update(ended_at=timezone.now())
    ImprovementAction.objects.filter(pk=done.pk).update(state="done", closed_at=LATER, closed_by=done.owner)
    assert sent(remind_owners, at=timezone.now()) == {}


def test_one_command_tells_all(sent, draft, capsys):
    action = action_of(3)
    assert set(sent(call_command, "notify_overdue")) == {draft.owner.email, draft.editor.email, action.owner.email}
    assert capsys.readouterr().out == "0 told, 1 drafts with letters that lapse, 1 actions of plans\n"
