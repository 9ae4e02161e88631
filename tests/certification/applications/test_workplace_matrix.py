"""Criteria by workplaces: what differs, everything when it is asked for, and at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.certification.applications.cases import base, complete_draft
from tests.certification.applications.large import large_case
from tests.certification.applications.workplaces import own_answer, several

pytestmark = pytest.mark.django_db
CODE = "DEI-1.1"


@pytest.fixture
def case(client):
    case = several()
    own_answer(case, "Planta Norte", CODE, {CODE: "partly"})
    client.force_login(case.reader)
    return case


def url(case):
    return f"{base(case)}centros/"


def rows(response):
    return {row.criterion.code: row for row in response.context["rows"]}


def test_shows_only_what_differs_and_what_counts(client, case):
    response = client.get(url(case))
    assert list(rows(response)) == [CODE]
    row = rows(response)[CODE]
    assert (row.general, row.counts) == ("met", "partly")
    assert [cell.workplace.name for cell in row.cells] == ["Planta Norte"]
    page = response.content.decode()
    assert '<span class="state state-own">En parte</span>' in page
    assert "Igual en 2 centros" in page  # in place of a line for each of them where the screen is narrow
    assert f"criterios/{CODE}/centros/{row.cells[0].workplace.pk}/" in page


def test_shows_everything_when_it_is_asked_for(client, case):
    response = client.get(url(case), {"ver": "todo"})
    assert len(rows(response)) == 9
    assert [cell.own is not None for cell in rows(response)[CODE].cells] == [False, True, False]
    assert response.content.decode().count("Igual<") == 9 * 3 - 1


def test_says_what_to_do_where_nothing_differs(client, case):
    case.application.local_answers.update(is_in_force=False)
    assert "Todos los centros responden igual" in client.get(url(case)).content.decode()


def test_links_lead_to_pages_that_are_there(client, case):
    row = rows(client.get(url(case), {"ver": "todo"}))["DEI-1.2"]
    for address in (row.url, *(cell.url for cell in row.cells)):
        assert client.get(address).status_code == 200


def test_the_application_leads_there_and_marks_what_differs(client, case):
    page = client.get(base(case)).content.decode()
    assert f'href="{url(case)}"' in page
    assert page.count("Distinto en 1 centro") == 1
    assert "Falta sólo en Planta Norte." in page


def test_one_workplace_has_no_matrix_and_others_do_not_find_it(client, case):
    alone = complete_draft()
    client.force_login(alone.editor)
    assert client.get(url(alone)).status_code == 404
    assert url(alone) not in client.get(base(alone)).content.decode()
    for who in ("foreigner", "reviewer", "decider", "manager"):
        client.force_login(getattr(case, who))
        assert client.get(url(case)).status_code == 404
    assert client.post(url(case)).status_code == 405
    client.logout()
    assert "/cuenta/" in client.get(url(case)).url


def big_case(criteria, workplaces):
    case = large_case(criteria, 0)
    names = tuple(f"Centro {number:02}" for number in range(workplaces))
    several(names, case=case)
    for answer in list(case.application.answers.all())[::3]:
        own_answer(case, names[-1], answer.criterion, dict.fromkeys(answer.claims, "partly"))
    return case


@pytest.mark.parametrize("query", [{}, {"ver": "todo"}])
def test_costs_the_same_at_two_sizes(client, query):
    counts = []
    for criteria, workplaces in ((20, 2), (200, 40)):
        case = big_case(criteria, workplaces)
        client.force_login(case.editor)
        with CaptureQueriesContext(connection) as counted:
            response = client.get(url(case), query)
        assert response.status_code == 200
        assert len(response.context["rows"]) == min(25, criteria if query else -(-criteria // 3))
        counts.append(len(counted))
    assert counts[0] == counts[1]
