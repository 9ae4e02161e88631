"""What waits for an answer is on the desk of those who may give it, and nowhere else."""

import pytest

from certification.applications.extensions import actions
from tests.certification.applications.extensions.cases import asked, extension_of, observed
from tests.certification.review.factories import LATER

pytestmark = pytest.mark.django_db


def page_of(client, user):
    client.force_login(user)
    return client.get("/revision/").content.decode()


@pytest.mark.parametrize("who", ["reviewer", "manager"])
def test_who_may_answer_sees_it_until_it_is_answered(client, who):
    case = asked()
    address = f"/revision/{case.application.folio}/prorroga/"
    assert address in page_of(client, getattr(case, who))
    actions.refuse(extension_of(case), answer="No", actor=case.manager, at=LATER)
    assert address not in page_of(client, getattr(case, who))


@pytest.mark.parametrize("who", ["other_reviewer", "decider", "other_decider"])
def test_nobody_else_does(client, who):
    assert "/prorroga/" not in page_of(client, getattr(asked(), who))


def test_a_manager_of_the_same_employer_does_not(client):
    case = asked()
    case.application.employer.memberships.create(user=case.manager, role="reader")
    assert "/prorroga/" not in page_of(client, case.manager)


def test_it_costs_one_query_however_many_wait(client, django_assert_num_queries, django_assert_max_num_queries):
    case = asked()
    page_of(client, case.manager)
    with django_assert_max_num_queries(100) as first:
        client.get("/revision/")
    for _ in range(7):
        asked(observed())
    with django_assert_num_queries(len(first.captured_queries)):
        page = client.get("/revision/").content.decode()
    assert page.count("/prorroga/") == 5


def test_the_file_says_that_its_petition_waits_and_names_the_employer(client):
    case = asked()
    client.force_login(case.reviewer)
    page = client.get(f"/revision/{case.application.folio}/").content.decode()
    assert "La empresa pide más días para responder. Resuelve su petición:" in page
    assert "Ahora no tienes nada que hacer aquí" not in page
    assert f"<dd>{case.application.employer.name}" in page
    assert "Tu empresa" not in page
