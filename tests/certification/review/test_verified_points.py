"""Once there is a result, the employer's page shows the points that were verified, not those it declared."""

import datetime as dt

import pytest

from certification.applications.enums import State
from certification.applications.models import Application, RequirementRecord
from certification.review.casefile import load
from tests.certification.applications.cases import base
from tests.certification.review.factories import AT, make_case, verify

pytestmark = pytest.mark.django_db


def points_on(client, case):
    """The ledger of points on the employer's page of the application."""
    client.force_login(case.owner)
    page = client.get(base(case)).content.decode()
    return page.split('aria-labelledby="puntos"')[1].split("</section>")[0]


def verified(state):
    """Everything was declared as met; one criterion was not found to be so."""
    case = make_case(state)
    verify(case)
    critical = next(one.code for one in case.application.standard.document.criteria)
    verify(case, critical, outcome="not_met")
    return case


@pytest.mark.parametrize("state", [State.AWARDED, State.DECLINED])
def test_after_the_result_the_verified_points_are_shown(client, state):
    case = verified(state)
    casefile = load(case.fresh())
    declared, found = casefile.claimed.shown_points, casefile.verified.shown_points
    assert declared != found
    shown = points_on(client, case)
    assert "Puntos verificados" in shown
    assert f"{found} puntos" in shown
    assert f"{declared} puntos" not in shown
    assert f"{base(case)}resultado/" in shown


def test_before_the_result_they_are_what_is_declared(client):
    shown = points_on(client, verified(State.IN_REVIEW))
    assert "Tus puntos" in shown
    assert "Puntos verificados" not in shown


def test_what_was_declared_hurries_nobody_any_more(client):
    case = make_case(State.AWARDED, name="nmx-r-025-scfi-2015")
    old = AT.date() - dt.timedelta(days=170)
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=old, reference="F-1")
    client.force_login(case.owner)
    page = client.get(base(case)).text
    assert "Esto es lo que declaraste" in page
    for gone in ("Por vencer", "Pide primero", "Revisar lo que falta y enviar"):
        assert gone not in page
    Application.objects.update(state=State.IN_REVIEW)
    page = client.get(base(case)).text
    assert "Esto es lo que declaraste" not in page
    for there in ("Por vencer", "Pide primero", "Revisar lo que falta y enviar"):
        assert there in page
