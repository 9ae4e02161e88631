"""The clock: what is overdue lapses, is told, is not lost, and goes on where it was left."""

import datetime as dt

import pytest
from django.core.management import call_command

from certification.applications import actions
from certification.applications.enums import State
from certification.applications.models import Answer, Application
from tests.certification.applications.cases import base, complete_draft
from tests.certification.review.factories import AT, make_case

pytestmark = pytest.mark.django_db
LONG_AFTER = AT + dt.timedelta(days=400)


def test_only_what_the_employer_let_pass_lapses(mailoutbox, django_capture_on_commit_callbacks):
    drafts, reviews = complete_draft(), make_case(State.IN_REVIEW)
    with django_capture_on_commit_callbacks(execute=True):
        lapsed = actions.lapse_overdue(at=LONG_AFTER)
    assert [one.pk for one in lapsed] == [drafts.application.pk]
    assert Application.objects.get(pk=reviews.application.pk).state == State.IN_REVIEW
    assert Answer.objects.filter(application=drafts.application).exists()
    assert "no se borró nada" in mailoutbox[0].body.lower()


def test_on_the_last_day_it_is_still_time():
    case = complete_draft()
    last = dt.datetime.combine(case.application.due_on, dt.time(12), tzinfo=dt.UTC)
    assert actions.lapse_overdue(at=last) == []


def test_the_command_runs_twice(capsys):
    complete_draft()
    Application.objects.update(due_on=dt.date(2020, 1, 1))
    call_command("lapse_applications")
    call_command("lapse_applications")
    assert capsys.readouterr().out.split() == ["1", "lapsed", "0", "lapsed"]


def test_resuming_gives_a_new_term_and_keeps_everything(client):
    case = complete_draft()
    actions.lapse_overdue(at=LONG_AFTER)
    client.force_login(case.editor)
    page = client.post(f"{base(case)}reanudar/", follow=True).content.decode()
    application = Application.objects.get()
    assert "La reanudaste donde la dejaste." in page
    assert (application.state, application.due_on > LONG_AFTER.date()) == (State.DRAFT, True)
    assert application.answers.count() == len(application.standard.document.criteria)


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("foreigner", 404), ("manager", 404)])
def test_others_cannot_resume(client, who, status):
    case = complete_draft()
    actions.lapse_overdue(at=LONG_AFTER)
    client.force_login(getattr(case, who))
    assert client.post(f"{base(case)}reanudar/").status_code == status
    assert client.get(f"{base(case)}reanudar/").status_code in {404, 405}
