"""Names that an employer changes while it answers are read by the programme once they are sent."""

import json

import pytest
from django.core import mail
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.extensions.emails import send_asked
from certification.applications.extensions.models import Extension
from certification.applications.models import Application
from certification.applications.sent import names_as_sent
from certification.review import actions as review
from certification.review.casefile import load
from certification.review.desk import read_page
from employers.models import Employer, Workplace
from tests.certification.applications.cases import NMX, prove_all
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import answer_all, make_case, send, use_of, verify

pytestmark = pytest.mark.django_db
NOW_NAMED = "Quetzalino"


def observed_case():
    """Two workplaces, one with an answer and a document of its own; R01 is observed and R02 is not."""
    case = make_case(State.IN_REVIEW, name=NMX, answered=False)
    answer_all(case.application, sent=False)
    several(case=case)
    prove_all(case)
    for code in ("R01", "R02"):
        own_answer(case, "Planta Norte", code, {code: "met"}, note="Norte")
        use = use_of(case.application, code)
        use.workplace = case.application.workplaces.get(name="Planta Norte")
        use.save()
    send(case.application)
    verify(case, at=timezone.now())
    verify(case, "R01", "not_met", at=timezone.now())
    review.observe(case.fresh(), items=["R01"], actor=case.reviewer, at=timezone.now())
    case.application = case.fresh()
    return case


def rename():
    Employer.objects.update(legal_name=NOW_NAMED, trade_name=NOW_NAMED)
    for place in Workplace.objects.all():
        place.name = f"{NOW_NAMED} {place.pk}"
        place.save()


@pytest.mark.parametrize("page", ["", "R01/", "R02/", "observaciones/"])
def test_the_programme_reads_the_names_that_were_sent(client, page):
    case = observed_case()
    name = case.application.employer.name
    rename()
    client.force_login(case.reviewer)
    html = client.get(f"/revision/{case.application.folio}/{page}", follow=True).content.decode()
    assert NOW_NAMED not in html
    assert (name if page == "" else case.application.folio) in html


def test_nothing_of_it_is_written(client):
    case = observed_case()
    rename()
    application = case.fresh()
    casefile = load(application)
    assert {place.name for place in casefile.dossier.workplaces} >= {"Planta Norte", "Planta Sur"}
    assert casefile.application.employer.legal_name != NOW_NAMED
    assert application.employer.legal_name == NOW_NAMED
    assert set(Employer.objects.values_list("legal_name", flat=True)) == {NOW_NAMED}


def test_they_are_read_once_it_is_sent():
    case = observed_case()
    rename()
    type(case.application).objects.update(state=State.IN_REVIEW)
    assert load(case.fresh()).application.employer.legal_name == NOW_NAMED


def test_the_lists_call_it_as_it_was_sent():
    case = observed_case()
    name = case.application.employer.name
    rename()
    (row,) = read_page(Application.objects.all()).rows
    assert row.employer == name
    Application.objects.update(state=State.IN_REVIEW)
    (row,) = read_page(Application.objects.all()).rows
    assert row.employer == NOW_NAMED


def test_of_two_submissions_the_newest_names_it():
    case = observed_case()
    newer = case.application.submissions.get()
    newer.pk, newer.round = None, 2
    newer.snapshot = json.dumps({"employer": {"legal_name": "Razón, S.A.", "trade_name": ""}})
    newer.save(force_insert=True)
    assert names_as_sent([case.application.pk]) == {case.application.pk: "Razón, S.A."}
    assert names_as_sent([]) == {}


def test_who_may_give_more_days_reads_it_as_it_was_sent(django_capture_on_commit_callbacks):
    case = observed_case()
    name = case.application.employer.name
    rename()
    extension = Extension(application=case.application, days=5, due_before=timezone.localdate(), reason="Vacaciones")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        send_asked(case.fresh(), extension)
    assert mail.outbox
    for message in mail.outbox:
        assert name in message.body
        assert NOW_NAMED not in f"{message.subject} {message.body}"
