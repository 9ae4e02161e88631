"""What was sent stays as it was sent until there is a result."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from certification.applications.enums import State
from employers.models import Employer, WorkforceFigures, Workplace
from tests.certification.review.factories import make_case
from tests.employers.factories import WorkplaceFactory

pytestmark = pytest.mark.django_db
HOLDING = (State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)
FREE = (State.DRAFT, State.OBSERVED, State.AWARDED, State.DECLINED, State.WITHDRAWN, State.LAPSED)
FIGURES = {"women": "1", "men": "99"}


def edit(client, case, **changes):
    client.force_login(case.editor)
    employer = case.application.employer
    names = ("legal_name", "trade_name", "rfc", "sector", "scian", "version")
    said = {name: getattr(employer, name) for name in names} | changes
    return client.post(reverse("employer_edit", args=[employer.pk]), said | {"confirm_rfc": "on"})


def place(case, view, workplace=None, *more):
    workplace = workplace or case.application.workplaces.get()
    return reverse(view, args=[workplace.employer_id, workplace.pk, *more])


@pytest.mark.parametrize("state", HOLDING)
def test_the_name_stays_while_it_is_reviewed_and_nothing_typed_is_lost(client, state):
    case = make_case(state)
    page = edit(client, case, legal_name="Otra, S.A.").content.decode()
    assert f"La solicitud {case.application.folio} se envió con estos datos" in page
    assert 'value="Otra, S.A."' in page
    assert Employer.objects.get(pk=case.application.employer_id).legal_name == case.application.employer.legal_name


@pytest.mark.parametrize("state", FREE)
def test_it_changes_before_and_afterwards(client, state):
    case = make_case(state)
    assert edit(client, case, legal_name="Otra, S.A.").status_code == 302
    assert Employer.objects.get(pk=case.application.employer_id).legal_name == "Otra, S.A."


def test_the_trade_name_is_not_held(client):
    case = make_case(State.DECIDED)
    assert edit(client, case, trade_name="Otra").status_code == 302
    assert Employer.objects.get(pk=case.application.employer_id).trade_name == "Otra"


def test_its_workplace_stays_and_another_one_changes(client):
    case = make_case(State.IN_REVIEW)
    other = WorkplaceFactory(employer=case.application.employer)
    said = {"name": "Otro nombre", "state": "15", "municipality": "15106", "address": ""}
    client.force_login(case.editor)
    assert case.application.folio in client.post(place(case, "workplace_edit"), said).content.decode()
    assert client.post(place(case, "workplace_edit", other), said).status_code == 302
    assert set(Workplace.objects.filter(name="Otro nombre")) == {other}


def test_its_workplace_is_not_closed(client):
    case = make_case(State.SUBMITTED)
    client.force_login(case.editor)
    response = client.post(place(case, "workplace_close"))
    assert response.url == place(case, "workplace_detail")
    assert case.application.folio in next(str(one) for one in get_messages(response.wsgi_request))
    assert Workplace.objects.get().closed_at is None


def test_figures_cannot_raise_the_level_after_the_review(client):
    case = make_case(State.RECOMMENDED)
    client.force_login(case.editor)
    page = client.post(place(case, "figures_edit", None, 2026), FIGURES).content.decode()
    assert case.application.folio in page
    assert 'value="99"' in page
    assert (WorkforceFigures.objects.get().women, Workplace.objects.get().women) == (50, 50)
