import pytest

from certification.applications.enums import State
from certification.review import actions as review
from tests.certification.applications.cases import NMX, base
from tests.certification.review.factories import LATER, make_case, verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("item", "page"), [("P1", "participacion/#P1"), ("R06", "criterios/R06/"), ("M4", "medidas/#M4")]
)
def test_what_was_observed_leads_to_where_it_is_answered(client, item, page):
    case = make_case(State.IN_REVIEW, name=NMX)
    verify(case)
    verify(case, item, "not_met")
    review.observe(case.application, items=[item], actor=case.reviewer, at=LATER)
    client.force_login(case.owner)
    hub = client.get(base(case)).content.decode()
    assert f'href="{base(case)}{page}">DEI-1.1' in hub  # the rule of the verdict stands in the link
    assert client.get(base(case) + page.split("#")[0]).status_code == 200
