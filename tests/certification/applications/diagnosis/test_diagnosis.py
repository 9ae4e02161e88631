"""The pages of the quick diagnosis: open to everybody, kept by nobody, and carried over only when asked."""

from html import unescape

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from certification.applications.models import Answer, Application, MeasureClaim
from tests.accounts.factories import UserFactory
from tests.certification.review.factories import standard
from tests.employers.factories import EmployerFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
NMX = "nmx-r-025-scfi-2015"
NEW = "/empresa/solicitudes/nueva/"


@pytest.fixture
def norm():
    return standard(NMX)


@pytest.fixture
def address(norm):
    return f"/diagnostico/{norm.slug}/"


def rows():
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_questions_are_asked_without_an_account(client, norm, address):
    page = client.get(address).content.decode()
    assert "16 preguntas, unos 15 minutos" in page
    assert page.count("<fieldset") == 16
    assert norm.document.criterion("R01").guidance in page


def test_result_stores_nothing_and_sets_no_cookie_of_answers(client, norm, address):
    before = rows()
    response = client.post(address, {"R01": "met", "R02": "partly", "M4": "met", "X9": "met", "R03": "quizá"})
    page = response.content.decode()
    assert "Contestaste 3 de 16 preguntas." in page
    assert norm.document.criterion("R02").title in page
    assert rows() == before
    assert not Session.objects.exists()
    assert "diagnosis" not in response.cookies
    assert "no-store" in response["Cache-Control"]


def test_nothing_answered_says_so_and_asks_again(client, address):
    page = client.post(address, {}).content.decode()
    assert "Todavía no contestas nada" in page
    assert "Ver mi resultado" in page


def test_answers_can_be_changed_without_typing_them_again(client, address):
    page = client.post(address, {"R01": "partly", "change": "1"}).content.decode()
    assert 'name="R01" value="partly" class="choices-inline"' in page.replace("\n", "")
    assert page.count("checked") == 1


def test_unknown_standard_is_not_found(client, norm):
    assert client.get("/diagnostico/otra/").status_code == 404
    assert client.post("/diagnostico/otra/llevar/", {"R01": "met"}).status_code == 404


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def workplace(owner):
    return WorkplaceFactory(employer=EmployerFactory(created_by=owner, owner=owner))


def test_answers_wait_in_the_browser_until_the_application_is_opened(client, norm, address, owner, workplace):
    answers = {"R01": "met", "R02": "not_met", "M4": "met"}
    response = client.post(f"{address}llevar/", answers)
    assert response.url == f"{NEW}?norma={norm.slug}&diagnostico=1"
    assert response.cookies["diagnosis"]["httponly"]
    assert response.cookies["diagnosis"]["path"] == "/empresa/"
    client.force_login(owner)
    assert "Empezar con las respuestas de mi diagnóstico" in client.get(response.url).content.decode()
    opened = client.post(response.url, {"workplaces": [workplace.pk], "carry": "on"})
    assert opened.cookies["diagnosis"].value == ""
    parts = norm.document.criterion("R01").sub_items
    assert Answer.objects.get(criterion="R01").claims == {part.code: "met" for part in parts}
    assert set(Answer.objects.get(criterion="R02").claims.values()) == {"not_met"}
    assert MeasureClaim.objects.get().is_claimed is True


def test_who_has_no_account_reads_on_both_pages_that_the_answers_come_along(client, norm, address, owner):
    wait = "Tus respuestas del diagnóstico vienen contigo"
    login = client.get(client.post(f"{address}llevar/", {"R01": "met"}).url).url
    page = client.get(login).content.decode()
    signup = unescape(page.split('href="/cuenta/signup/')[1].split('"')[0])
    refused = client.post("/cuenta/login/", {"login": "x", "next": f"{NEW}?norma={norm.slug}&diagnostico=1"})
    pages = [page, client.get(f"/cuenta/signup/{signup}").content.decode(), refused.content.decode()]
    assert [one.count(wait) for one in pages] == [1, 1, 1]
    assert wait not in client.get("/cuenta/login/").content.decode()
    client.force_login(owner)
    told = client.get(client.post(f"{address}llevar/", {"R01": "met"}).url, follow=True).content.decode()
    assert "Tus respuestas van contigo" in told


def test_answers_stay_behind_when_the_box_is_empty(client, norm, address, owner, workplace):
    client.post(f"{address}llevar/", {"R01": "met"})
    client.force_login(owner)
    client.post(f"{NEW}?norma={norm.slug}", {"workplaces": [workplace.pk]})
    assert (Application.objects.count(), Answer.objects.count()) == (1, 0)


@pytest.mark.parametrize("value", ["", "x", "eyJhIjoxfQ:1abc:firma"])
def test_a_cookie_that_is_not_ours_is_ignored(client, norm, owner, workplace, value):
    client.force_login(owner)
    client.cookies["diagnosis"] = value
    page = client.get(f"{NEW}?norma={norm.slug}").content.decode()
    assert "Abrir la solicitud" in page
    assert "diagnóstico" not in page


def test_answers_for_another_standard_are_not_offered(client, address, owner, workplace):
    client.post(f"{address}llevar/", {"R01": "met"})
    client.force_login(owner)
    other = standard("distintivo-ei")
    assert "mi diagnóstico" not in client.get(f"{NEW}?norma={other.slug}").content.decode()


def test_the_address_cut_short_lists_every_diagnosis(client):
    first, second = standard("distintivo-ei"), standard("nmx-r-025-scfi-2015")
    page = client.get("/diagnostico/").content.decode()
    assert f'href="/diagnostico/{first.slug}/"' in page
    assert f'href="/diagnostico/{second.slug}/"' in page
    assert client.post("/diagnostico/").status_code == 405


def test_the_start_page_says_that_answers_wait_and_where_they_go(client):
    chosen, user = standard("distintivo-ei"), UserFactory()
    client.force_login(user)
    assert "te esperan" not in client.get("/empresa/").content.decode()
    client.post(f"/diagnostico/{chosen.slug}/llevar/", {"DEI-1.1": "met"})
    page = client.get("/empresa/").content.decode()
    assert "Tus respuestas del diagnóstico te esperan" in page
    assert f'href="/empresa/solicitudes/nueva/?norma={chosen.slug}"' in page
