"""The date of an action: also one that has passed is taken, and said to be so."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.plan.models import ImprovementAction
from tests.certification.applications.plan_steps import WHAT, ImprovementActionFactory, plan_page
from tests.certification.review.factories import make_case, standard

pytestmark = pytest.mark.django_db
PAST = "La fecha que pusiste ya pasó"
BESIDE = "Esa fecha ya pasó"


@pytest.fixture
def case(client):
    case = make_case(State.DRAFT)
    client.force_login(case.editor)
    return case


def typed(due_on):
    return {"what": WHAT, "owner": "", "owner_name": "", "due_on": due_on.isoformat(), "practice": ""}


@pytest.mark.parametrize(("days", "is_past"), [(-400, True), (-1, True), (0, False), (30, False)])
def test_a_new_action_is_kept_with_its_date(client, case, days, is_past):
    day = timezone.localdate() + dt.timedelta(days=days)
    address = f"{plan_page(case.application.employer, 'improvement_create')}?norma={standard().code}"
    page = client.post(address, typed(day), follow=True).content.decode()
    assert ImprovementAction.objects.get().due_on == day
    assert (PAST in page) is is_past


def test_a_date_changed_to_the_past_is_kept_and_told_beside_the_field(client, case):
    employer, day = case.application.employer, timezone.localdate() - dt.timedelta(days=9)
    action = ImprovementActionFactory(employer=employer, standard_code=standard().code, created_by=case.owner)
    address = plan_page(employer, "improvement_edit", action.pk)
    assert BESIDE not in client.get(address).content.decode()
    page = client.post(address, typed(day) | {"version": action.version}, follow=True).content.decode()
    assert PAST in page
    action.refresh_from_db()
    assert action.due_on == day
    assert BESIDE in client.get(address).content.decode()
