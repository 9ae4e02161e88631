"""The lists: who sees which files, in what order, and at what cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.applications.enums import State
from certification.applications.models import Application
from certification.review import casefile
from certification.standards import actions as standards
from tests.certification.review.factories import AT, make_application, make_case, use_of, verify

pytestmark = pytest.mark.django_db


def more(case, number, state=State.IN_REVIEW):
    """Files of another employer; each begun a day before the last, so that the last is due first."""
    employer = case.foreigner.memberships.get().employer
    standard = case.application.standard
    return [
        make_application(employer, standard, case.body, case.reviewer, state, at=AT - dt.timedelta(days=7 * n))
        for n in range(number)
    ]


def folios(response):
    return [row.folio for row in response.context["page"].rows]


def test_a_reviewer_sees_their_own_by_due_date(client):
    case = make_case(State.IN_REVIEW)
    made = more(case, 3)
    Application.objects.filter(pk=made[0].pk).update(reviewer=case.other_reviewer)
    client.force_login(case.reviewer)
    assert folios(client.get("/revision/")) == [made[2].folio, made[1].folio, case.application.folio]


@pytest.mark.parametrize("query", ["", "?estado=todas"])
def test_all_pages_together_are_the_whole_list_once(client, query):
    case = make_case(State.IN_REVIEW)
    expected = {one.folio for one in more(case, 60)} | {case.application.folio}
    client.force_login(case.reviewer)
    seen, cursor = [], ""
    for _page in range(3):
        response = client.get(f"/revision/{query or '?'}&despues={cursor}")
        seen += folios(response)
        cursor = response.context["page"].next_cursor
    assert (len(seen), set(seen), cursor) == (61, expected, "")


@pytest.mark.parametrize("cursor", ["x", "2026-99-99_1", "_", "9" * 30, "2026-01-01_²"])
def test_a_cursor_nobody_gave_starts_at_the_beginning(client, cursor):
    case = make_case(State.IN_REVIEW)
    client.force_login(case.reviewer)
    assert folios(client.get("/revision/", {"despues": cursor})) == [case.application.folio]


def test_filters(client):
    case = make_case(State.SUBMITTED)
    (late,) = more(case, 1, State.SUBMITTED)
    Application.objects.filter(pk=late.pk).update(due_on=dt.date(2020, 1, 1))
    Application.objects.filter(pk=case.application.pk).update(due_on=dt.date(2999, 1, 1))
    client.force_login(case.manager)
    own, name = case.application.folio, late.employer.legal_name
    assert folios(client.get("/revision/?atrasadas=on")) == [late.folio]
    assert folios(client.get("/revision/", {"q": own.lower()})) == [own]
    assert folios(client.get("/revision/", {"q": name})) == [late.folio]
    assert folios(client.get("/revision/?estado=awarded")) == []
    assert folios(client.get("/revision/?norma=x&estado=nada")) == [late.folio, own], (
        "what means nothing narrows nothing"
    )


def test_a_standard_is_one_choice_with_the_files_of_all_its_versions(client):
    case = make_case(State.SUBMITTED)
    old = case.application.standard
    newer, _is_new = standards.publish(old.document.model_copy(update={"version": "2999"}), actor=None, at=AT)
    Application.objects.filter(pk__in=[one.pk for one in more(case, 1, State.SUBMITTED)]).update(standard=newer)
    client.force_login(case.manager)
    response = client.get(f"/revision/?norma={old.slug}")
    assert len(folios(response)) == 2
    assert response.content.decode().count(f'value="{old.slug}"') == 1
    assert f'value="{old.slug}" selected' in response.content.decode()


def test_a_decider_sees_what_waits_for_their_body(client):
    case = make_case(State.RECOMMENDED)
    client.force_login(case.decider)
    assert folios(client.get("/revision/")) == [case.application.folio]
    client.force_login(case.other_decider)
    assert folios(client.get("/revision/")) == []


def test_a_draft_is_private(client):
    case = make_case(State.DRAFT)
    client.force_login(case.manager)
    assert folios(client.get("/revision/?estado=todas")) == []


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["reviewer", "manager"])
def test_the_list_costs_the_same_at_two_sizes(client, who):
    case = make_case(State.IN_REVIEW)
    client.force_login(getattr(case, who))
    url = "/revision/?estado=in_review"
    few = cost(client, url)
    more(case, 40)
    assert cost(client, url) == few
    assert few <= 14


@pytest.mark.parametrize("page", ["", "DEI-1.1/", "dictamen/"])
def test_a_file_costs_the_same_whatever_it_holds(client, page):
    case = make_case(State.IN_REVIEW)
    client.force_login(case.reviewer)
    url = f"/revision/{case.application.folio}/{page}"
    verify(case, "DEI-1.1")
    use_of(case.application, "DEI-1.1")
    few = cost(client, url)
    verify(case)
    for code in ("DEI-1.1", "DEI-1.2", "DEI-1.1"):
        use_of(case.application, code)
    assert cost(client, url) == few
    assert few <= 32


def test_verified_and_claimed_are_one_arithmetic():
    case = make_case(State.IN_REVIEW, "nmx-r-025-scfi-2015")
    verify(case)
    found = casefile.load(case.application)
    assert found.verified.points == found.claimed.points
    assert found.verified.level == found.claimed.level
    assert found.verified.level.code == "oro"


@pytest.mark.parametrize(("item", "level"), [("M1", "oro"), ("P1", None), ("R01", None), ("R09", "oro")])
def test_what_was_not_verified_counts_for_nothing(item, level):
    case = make_case(State.IN_REVIEW, "nmx-r-025-scfi-2015")
    verify(case)
    verify(case, item, "not_met")
    reached = casefile.verified_score(case.application).level
    assert (reached.code if reached else None) == level
