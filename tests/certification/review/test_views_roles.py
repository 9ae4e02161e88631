"""Who may open and post what: anonymous, other roles, other employers, wrong methods."""

import pytest

from certification.applications.enums import State
from tests.certification.review.factories import make_case, use_of, verify

pytestmark = pytest.mark.django_db

# Page, state of the file, who may post, and what is posted.
POSTS = [
    ("asignar/", State.SUBMITTED, "manager"),
    ("asignar/", State.IN_REVIEW, "manager"),
    ("DEI-1.1/", State.IN_REVIEW, "reviewer"),
    ("observaciones/", State.IN_REVIEW, "reviewer"),
    ("recomendacion/", State.IN_REVIEW, "reviewer"),
    ("dictamen/", State.RECOMMENDED, "decider"),
    ("devolver/", State.RECOMMENDED, "decider"),
]
GETS = ["", "DEI-1.1/", "dictamen/"]
STAFF = ["manager", "reviewer", "decider"]


def url(case, page):
    return f"/revision/{case.application.folio}/{page}"


@pytest.mark.parametrize(("page", "state", "allowed"), POSTS)
def test_anonymous_goes_to_login(client, page, state, allowed):
    case = make_case(state)
    response = client.post(url(case, page))
    assert response.status_code == 302
    assert response.url.startswith("/cuenta/login/")


@pytest.mark.parametrize(("page", "state", "allowed"), POSTS)
def test_who_does_not_see_the_file_finds_nothing(client, page, state, allowed):
    case = make_case(state)
    for person in (case.owner, case.foreigner, case.other_reviewer, case.other_decider):
        client.force_login(person)
        assert client.post(url(case, page)).status_code == 404
        assert client.get(url(case, "")).status_code == 404


@pytest.mark.parametrize(("page", "state", "allowed"), POSTS)
def test_another_role_is_refused(client, page, state, allowed):
    case = make_case(state)
    seen_by = {"manager", "decider"} if state == State.RECOMMENDED else {"manager"}
    if state != State.SUBMITTED:
        seen_by.add("reviewer")
    for who in seen_by - {allowed}:
        client.force_login(getattr(case, who))
        assert client.post(url(case, page)).status_code == 403
    assert case.fresh().state == state


@pytest.mark.parametrize("page", ["asignar/", "devolver/"])
def test_get_of_a_pure_action_is_405(client, page):
    case = make_case(State.RECOMMENDED)
    client.force_login(case.manager)
    assert client.get(url(case, page)).status_code == 405


@pytest.mark.parametrize("page", ["", "evidencia/1/1/"])
def test_post_to_a_page_that_only_reads_is_405(client, page):
    case = make_case(State.RECOMMENDED)
    client.force_login(case.manager)
    assert client.post(url(case, page)).status_code == 405


@pytest.mark.parametrize("page", GETS)
@pytest.mark.parametrize("who", STAFF)
def test_staff_read_the_whole_file(client, page, who):
    case = make_case(State.RECOMMENDED, "nmx-r-025-scfi-2015")
    verify(case)
    client.force_login(getattr(case, who))
    response = client.get(url(case, page.replace("DEI-1.1", "R02")))
    assert response.status_code == 200
    assert case.application.folio in response.content.decode()


@pytest.mark.parametrize("page", ["", "dictamen/"])
def test_both_scores_open_to_their_arithmetic(client, page):
    case = make_case(State.RECOMMENDED, "nmx-r-025-scfi-2015")
    verify(case)
    client.force_login(case.decider)
    html = client.get(url(case, page)).content.decode()
    assert html.count("Cómo se calculó cada número") == 2
    assert "6 ÷ 4 = 1.5" in html


def test_what_comes_next_is_told_to_staff_in_their_words(client):
    case = make_case(State.IN_REVIEW)
    client.force_login(case.reviewer)
    page = client.get(url(case, "")).content.decode()
    assert "Quien revisa envía observaciones o recomienda" in page
    assert "Te llegan observaciones" not in page


def test_the_list_is_for_staff(client):
    case = make_case()
    client.force_login(case.owner)
    assert client.get("/revision/").status_code == 403


def test_a_member_with_a_role_does_not_find_the_file_of_their_employer(client):
    case = make_case(State.IN_REVIEW)
    case.application.employer.memberships.create(user=case.manager, role="reader")
    client.force_login(case.manager)
    assert client.get(url(case, "")).status_code == 404
    assert case.application.folio not in client.get("/revision/?estado=in_review").content.decode()


@pytest.mark.parametrize("item", ["ZZ", "publicar"])
def test_an_unknown_item_is_404(client, item):
    case = make_case(State.IN_REVIEW)
    client.force_login(case.reviewer)
    assert client.get(url(case, f"{item}/")).status_code in (404, 403, 405)


def test_the_second_factor_is_asked_for(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    case = make_case(State.IN_REVIEW)
    client.force_login(case.reviewer)
    assert client.get(url(case, "")).status_code == 302


def test_evidence_of_another_file_is_404(client):
    case, other = make_case(State.IN_REVIEW), make_case(State.IN_REVIEW)
    use = use_of(other.application, "DEI-1.1")
    client.force_login(case.reviewer)
    assert client.get(url(case, f"evidencia/{use.pk}/1/")).status_code == 404
