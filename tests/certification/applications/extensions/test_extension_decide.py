"""Granting and refusing: by the reviewer or a manager, with a reason, within what the standard allows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import actions as applications
from certification.applications.enums import State
from certification.applications.extensions import actions
from certification.applications.extensions.models import Outcome
from certification.applications.models import Application
from certification.standards.calendar import add_term
from certification.standards.enums import TermUnit
from tests.certification.applications.cases import base
from tests.certification.applications.extensions.cases import ANSWER, REASON, asked, extension_of, observed

pytestmark = pytest.mark.django_db
BUSINESS = TermUnit.BUSINESS_DAYS


def address(case):
    return f"/revision/{case.application.folio}/prorroga/"


def post(client, case, who="reviewer", **fields):
    client.force_login(getattr(case, who))
    return client.post(address(case), {"outcome": "granted", "days": "3", "answer": ANSWER, **fields})


@pytest.mark.parametrize("who", ["reviewer", "manager"])
def test_granting_moves_the_last_day_and_tells_both_sides(client, mailoutbox, who, django_capture_on_commit_callbacks):
    case = asked()
    before = case.application.due_on
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, case, who).url == f"/revision/{case.application.folio}/"
    extension, due = extension_of(case), add_term(before, 3, BUSINESS)
    assert case.fresh().due_on == extension.due_after == due
    assert (extension.outcome, extension.decided_by) == (Outcome.GRANTED, getattr(case, who))
    event = Event.objects.about(case.application).last()
    assert (event.action, event.reason, event.data) == (
        "extension_granted", ANSWER, {"days": 3, "due_on": due.isoformat()},
    )  # fmt: skip
    assert {mail.to[0] for mail in mailoutbox} == {case.owner.email, case.editor.email}
    assert all("Tienes hasta el" in mail.subject and ANSWER not in mail.body for mail in mailoutbox)
    client.force_login(case.owner)
    page = client.get(base(case)).content.decode()
    assert "Concedida" in page
    assert "Nueva fecha límite" in page
    assert ANSWER in page


def test_refusing_leaves_the_last_day_and_says_why(client, mailoutbox, django_capture_on_commit_callbacks):
    case = asked()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, case, outcome="refused", days="", answer="No hace falta.")
    extension = extension_of(case)
    assert (extension.outcome, extension.due_after) == (Outcome.REFUSED, None)
    assert case.fresh().due_on == extension.due_before
    assert "No se concedieron más días" in mailoutbox[0].subject
    client.force_login(case.owner)
    page = client.get(base(case)).content.decode()
    assert "No hace falta." in page
    assert "Pedir más días</a>" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 404), ("foreigner", 404), ("other_reviewer", 404), ("decider", 404)],
)
def test_nobody_else_decides(client, who, status):
    case = asked()
    assert post(client, case, who).status_code == status
    client.force_login(getattr(case, who))
    assert client.get(address(case)).status_code == status
    with pytest.raises(PermissionDenied):
        actions.grant(extension_of(case), days=1, answer="Sí", actor=getattr(case, who), at=timezone.now())
    assert extension_of(case).outcome == Outcome.WAITING


def test_a_manager_of_the_same_employer_does_not_decide():
    case = asked()
    case.application.employer.memberships.create(user=case.manager, role="reader")
    with pytest.raises(PermissionDenied):
        actions.refuse(extension_of(case), answer="No", actor=case.manager, at=timezone.now())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"days": "6"}, "Concede entre 1 y 5 días."),
        ({"days": ""}, "Escribe cuántos días concedes."),
        ({"days": "x"}, "con un número entero"),
        ({"outcome": ""}, "Elige si se conceden los días."),
        ({"answer": ""}, "Escribe la razón: la empresa la leerá."),
    ],
)
def test_a_refused_form_says_why_and_changes_nothing(client, fields, sentence):
    case = asked()
    response = post(client, case, **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert REASON in response.content.decode()
    assert extension_of(case).outcome == Outcome.WAITING


def test_of_two_decisions_one_counts(client):
    case = asked()
    behind = extension_of(case)
    post(client, case)
    with pytest.raises(ActionRefused, match="Alguien más ya resolvió"):
        actions.refuse(behind, answer="No", actor=case.manager, at=timezone.now())
    second = post(client, case, "manager", answer="Otra razón")
    assert (second.status_code, "Alguien más ya resolvió" in second.content.decode()) == (422, True)
    assert (extension_of(case).outcome, extension_of(case).answer) == (Outcome.GRANTED, ANSWER)


def test_who_answered_meanwhile_needs_no_days():
    case = asked()
    Application.objects.filter(pk=case.application.pk).update(state=State.IN_REVIEW, round=2)
    with pytest.raises(ActionRefused, match="no hay nada que resolver"):
        actions.grant(extension_of(case), days=1, answer="Sí", actor=case.manager, at=timezone.now())


def test_a_late_answer_counts_from_its_own_day():
    case = asked(observed(due_in=1))
    late = timezone.now() + dt.timedelta(days=20)
    assert applications.lapse_overdue(at=late) == []
    actions.grant(extension_of(case), days=2, answer="Sí", actor=case.manager, at=late)
    assert case.fresh().due_on == add_term(timezone.localdate(late), 2, BUSINESS)


def test_a_late_refusal_lapses_the_next_night_and_is_resumed():
    case = asked(observed(due_in=1))
    late = timezone.now() + dt.timedelta(days=20)
    actions.refuse(extension_of(case), answer="No", actor=case.manager, at=late)
    assert len(applications.lapse_overdue(at=late)) == 1
    application = case.fresh()
    applications.resume(application, actor=case.editor, at=late)
    assert (application.state, application.due_on > timezone.localdate(late)) == (State.OBSERVED, True)
    with pytest.raises(ActionRefused, match="Ya se pidieron"):
        actions.ask(application, days=1, reason=REASON, actor=case.editor, at=late)


def test_where_nothing_was_asked_there_is_no_page(client):
    case = observed()
    client.force_login(case.reviewer)
    assert client.get(address(case)).status_code == 404
    assert client.get(address(asked(case))).status_code == 200


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(address(asked())).url.startswith("/cuenta/login/")
