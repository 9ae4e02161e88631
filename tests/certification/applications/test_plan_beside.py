"""Actions of the improvement plan beside letters and measures, as they are beside criteria."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.applications.models import MeasureClaim, RequirementRecord
from certification.applications.plan.models import ImprovementAction
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.applications.plan_steps import ImprovementActionFactory
from tests.certification.review.factories import AT

pytestmark = pytest.mark.django_db
PAGES = [("participacion/", "P1"), ("medidas/", "M4"), ("medidas/", "M1")]  # M1 is computed


def act(case, item, number=1):
    said = {"employer": case.application.employer, "standard_code": case.application.standard.code}
    for place in range(number):
        ImprovementActionFactory(criterion=item, what=f"Para {item} {place}", created_by=case.owner, **said)


def read(client, case, page, person):
    client.force_login(person)
    return client.get(base(case) + page).content.decode()


@pytest.mark.parametrize(("page", "item"), PAGES)
def test_open_actions_stand_beside_what_they_are_for(client, page, item):
    case = complete_draft(NMX)
    act(case, item)
    ImprovementActionFactory(
        employer=case.application.employer, standard_code="OTRA", criterion=item, what="De otra norma"
    )
    ImprovementActionFactory(
        employer=case.application.employer, standard_code=case.application.standard.code, criterion=item,
        what="Ya cerrada", state="done", closed_at=AT, closed_by=case.owner,
    )  # fmt: skip
    shown = read(client, case, page, case.editor)
    section = shown[shown.index(f'<section class="ledger" id="{item}"') :].partition('<section class="ledger"')[2]
    section = section.partition('<section class="ledger"')[0]
    action = ImprovementAction.objects.get(what=f"Para {item} 0")
    link = reverse("improvement_edit", args=[case.application.employer_id, action.pk])
    assert f'<a href="{link}">Para {item} 0</a>' in section
    assert "De otra norma" not in shown
    assert "Ya cerrada" not in shown
    read_only = read(client, case, page, case.reader)
    assert f"Para {item} 0" in read_only
    assert link not in read_only


@pytest.mark.parametrize(("page", "item"), PAGES)
def test_a_gap_has_the_button_and_what_is_met_has_none(client, page, item):
    case = draft(NMX)
    button = f'name="then" value="plan:{item}"'
    assert button in read(client, case, page, case.editor)
    assert button not in read(client, case, page, case.reader)
    whole = complete_draft(NMX)
    shown = read(client, whole, page, whole.editor)
    assert RequirementRecord.objects.exists()
    assert MeasureClaim.objects.exists()
    assert button not in shown


@pytest.mark.parametrize("page", ["participacion/", "medidas/", "criterios/R01/"])
def test_many_actions_cost_no_query_more(client, page):
    case = complete_draft(NMX)
    client.force_login(case.editor)
    for item in ("P1", "M4", "R01"):
        act(case, item)
    client.get(base(case) + page)
    few = count(client, base(case) + page)
    for item in ("P1", "P2", "M1", "M4", "M5", "R01"):
        act(case, item, 20)
    assert count(client, base(case) + page) == few


def count(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
