"""Whoever reviews or decides reads every figure by sex, beside the measures that are computed from them too."""

import re

import pytest

from certification.applications.enums import State
from employers.models import WorkforceFigures
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
FIGURES = {"women_care_leave": 7, "men_care_leave": 3, "women_promoted": 11, "men_pay_5": 13, "with_disability": 17}


def rows(client, case, who, page):
    """Title and the three numbers of each row of the tables."""
    client.force_login(getattr(case, who))
    html = client.get(f"/revision/{case.application.folio}/{page}").content.decode()
    found = re.findall(r'<th scope="row">([^<]+)</th>' + r'<td class="figure">([^<]+)</td>' * 3, html)
    return {title: tuple(numbers) for title, *numbers in found}


@pytest.mark.parametrize(
    ("state", "who", "page"),
    [
        (State.IN_REVIEW, "reviewer", ""),
        (State.IN_REVIEW, "reviewer", "M1/"),
        (State.RECOMMENDED, "decider", "dictamen/"),
    ],
)
def test_every_figure_is_in_the_table(client, state, who, page):
    case = make_case(state, name="nmx-r-025-scfi-2015")
    WorkforceFigures.objects.update(**FIGURES)
    said = rows(client, case, who, page)
    assert said["Personas en el centro"] == ("50", "50", "—")
    assert said["Más de 5"] == ("—", "13", "—")
    assert said["Personas que ascendieron en el año"] == ("11", "—", "—")
    assert ("7", "3", "—") in said.values()
    assert any(numbers[2] == "17" for numbers in said.values())


def test_beside_other_criteria_there_is_a_link_to_them(client):
    case = make_case(State.IN_REVIEW, name="nmx-r-025-scfi-2015")
    assert rows(client, case, "reviewer", "R07/") == {}
    client.force_login(case.reviewer)
    page = client.get(f"/revision/{case.application.folio}/R07/").content.decode()
    assert f'href="/revision/{case.application.folio}/#workforce"' in page
