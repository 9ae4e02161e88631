"""Asking for more days: in time, once a round, with a reason, as many as the standard allows."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import actions as applications
from certification.applications.enums import State
from certification.applications.extensions import actions
from certification.applications.extensions.models import Extension, Outcome
from certification.applications.models import Application
from tests.certification.applications.cases import base
from tests.certification.applications.extensions.cases import REASON, asked, extension_of, observed
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db


def post(client, case, **fields):
    return client.post(f"{base(case)}prorroga/", {"days": "3", "reason": REASON, **fields}, follow=True)


def test_asking_records_mails_and_shows_to_both_sides(client, mailoutbox, django_capture_on_commit_callbacks):
    case = observed()
    client.force_login(case.editor)
    with django_capture_on_commit_callbacks(execute=True):
        page = post(client, case).content.decode()
    extension = extension_of(case)
    assert (extension.days, extension.most, extension.outcome) == (3, 5, Outcome.WAITING)
    assert (extension.due_before, extension.asked_by) == (case.application.due_on, case.editor)
    event = Event.objects.about(case.application).last()
    assert (event.action, event.actor, event.reason, event.data) == (
        "extension_asked",
        case.editor,
        REASON,
        {"days": 3},
    )
    assert {mail.to[0] for mail in mailoutbox} == {case.reviewer.email, case.manager.email}
    assert all(f"/revision/{case.application.folio}/prorroga/" in mail.body for mail in mailoutbox)
    assert not any(REASON in mail.body for mail in mailoutbox)
    assert "Por resolver" in page
    assert f"Pide 3 días. {REASON}" in page
    client.force_login(case.reviewer)
    page = client.get(f"/revision/{case.application.folio}/").content.decode()
    assert "La empresa pidió 3 días más" in page
    assert f"Pide 3 días. {REASON}" in page


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("foreigner", 404), ("reviewer", 404), ("manager", 404)])
def test_only_who_edits_or_signs_asks(client, who, status):
    case = observed()
    client.force_login(getattr(case, who))
    assert post(client, case).status_code == status
    assert client.get(f"{base(case)}prorroga/").status_code == status
    assert not Extension.objects.exists()


def test_a_stranger_is_asked_to_log_in(client):
    case = observed()
    assert client.get(f"{base(case)}prorroga/").url.startswith("/cuenta/login/")


def test_twice_in_a_round_is_refused_and_the_page_says_so(client):
    case = asked()
    client.force_login(case.owner)
    assert "Ya se pidieron más días en esta ronda" in post(client, case).content.decode()
    assert "Ya se pidieron más días en esta ronda" in client.get(f"{base(case)}prorroga/").content.decode()
    assert Extension.objects.count() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.LAPSED])
def test_only_while_observations_wait(state):
    case = make_case(state)
    with pytest.raises(ActionRefused, match="mientras hay observaciones"):
        actions.ask(case.fresh(), days=1, reason=REASON, actor=case.owner, at=timezone.now())


def test_on_the_last_day_it_is_time_and_afterwards_not(client):
    asked(observed(due_in=0))
    case = observed(due_in=-1)
    client.force_login(case.owner)
    assert "El plazo ya pasó" in post(client, case).content.decode()
    assert Extension.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"days": "6"}, "La norma permite 5 como máximo."),
        ({"days": "0"}, "Pide al menos un día."),
        ({"days": "tres"}, "con un número entero"),
        ({"reason": " "}, "Escribe para qué necesitas los días"),
        ({"days": ""}, "Escribe cuántos días necesitas."),
    ],
)
def test_what_is_not_allowed_is_said_and_nothing_is_lost(client, fields, sentence):
    case = observed()
    client.force_login(case.owner)
    page = post(client, case, **fields).content.decode()
    assert sentence in page
    assert "reason" in fields or REASON in page
    assert not Extension.objects.exists()


def test_the_action_holds_the_limit_too():
    case = observed()
    for days, reason in ((6, REASON), (0, REASON), (1, "  ")):
        with pytest.raises(ActionRefused):
            actions.ask(case.application, days=days, reason=reason, actor=case.owner, at=timezone.now())


def test_a_standard_without_extensions_says_so(monkeypatch):
    case = observed()
    clock = actions.clock_of(case.application).model_copy(update={"extension": None})
    monkeypatch.setattr(actions, "clock_of", lambda _application: clock)
    with pytest.raises(ActionRefused, match="no permite dar más días"):
        actions.ask(case.application, days=1, reason=REASON, actor=case.owner, at=timezone.now())


def test_who_waits_for_an_answer_does_not_lapse_and_everybody_else_does():
    waiting, other = asked(), observed()
    late = timezone.now() + dt.timedelta(days=40)
    assert [one.pk for one in applications.lapse_overdue(at=late)] == [other.application.pk]
    assert waiting.fresh().state == State.OBSERVED


@pytest.mark.parametrize(
    "change",
    [
        {"days": 9}, {"days": 0}, {"reason": ""}, {"outcome": "granted"}, {"outcome": "otro"}, {"answer": "Sí"},
        {"outcome": "refused", "answer": "No"},
    ],
)  # fmt: skip
def test_the_database_knows_the_rules(change):
    case = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=extension_of(case).pk).update(**change)


def test_the_database_refuses_a_second_one_and_a_decision_of_ones_own():
    case = asked()
    first = extension_of(case)
    decided = {"outcome": "refused", "answer": "No", "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=first.pk).update(**decided, decided_by=case.editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            application=case.application, round=1, most=5, days=1, reason="x", due_before=first.due_before,
            asked_at=timezone.now(), asked_by=case.owner,
        )  # fmt: skip
    assert Application.objects.get(pk=case.application.pk).due_on == first.due_before
