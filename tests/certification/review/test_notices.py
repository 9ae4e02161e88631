"""Those who have the next step are told by mail, and nobody else."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.models import Event
from certification.applications import emails as application_emails
from certification.applications.enums import State
from certification.applications.models import Application
from certification.review import emails
from certification.review.overdue import tell_managers
from tests.accounts.factories import UserFactory
from tests.certification.review.factories import make_case
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Do something and return the addresses that were written to, with what they read."""

    def run(action, *args, **named):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **named)
        return {message.to[0]: message.body for message in mailoutbox}

    return run


def test_managers_hear_of_a_new_application(sent):
    case = make_case(State.SUBMITTED, answered=False)
    MembershipFactory(employer=case.application.employer, user=UserFactory(manager=True))
    told = sent(application_emails.send_arrived, case.application)
    assert list(told) == [case.manager.email]
    assert f"/revision/{case.application.folio}/" in told[case.manager.email]


def test_deciders_of_the_body_hear_of_a_recommendation(sent):
    case = make_case(State.RECOMMENDED, answered=False)
    told = sent(emails.send_recommended, case.application)
    assert set(told) == {case.decider.email, case.second_decider.email}
    assert case.application.folio in told[case.decider.email]


def test_managers_hear_once_of_what_became_overdue(sent):
    case = make_case(State.IN_REVIEW, answered=False)
    at = timezone.now()
    Application.objects.update(due_on=timezone.localdate(at), state_since=at - dt.timedelta(days=9))
    assert sent(tell_managers, at=at) == {}
    late = at + dt.timedelta(days=1)
    assert case.application.folio in sent(tell_managers, at=late)[case.manager.email]
    assert sent(tell_managers, at=late + dt.timedelta(days=1)) == {}
    assert Event.objects.about(case.application).get().action == "overdue_told"


def test_overdue_is_told_again_in_the_next_state(sent):
    case = make_case(State.IN_REVIEW, answered=False)
    sent(call_command, "notify_overdue")
    Application.objects.update(state_since=timezone.now(), state=State.RECOMMENDED)
    assert list(sent(call_command, "notify_overdue")) == [case.manager.email]


def test_what_the_employer_has_is_not_the_managers_delay(sent):
    make_case(State.OBSERVED, answered=False)
    assert sent(call_command, "notify_overdue") == {}


def test_the_employer_reads_the_delay_in_its_history(client):
    case = make_case(State.IN_REVIEW, answered=False)
    call_command("notify_overdue")
    client.force_login(case.owner)
    page = client.get(f"/empresa/solicitudes/{case.application.folio}/").content.decode()
    assert "Venció el plazo de este paso" in page
