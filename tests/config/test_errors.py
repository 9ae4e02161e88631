"""What a person reads when something is missing, closed or broken."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from config import views
from tests.accounts.factories import UserFactory


@pytest.mark.django_db
def test_page_that_is_not_there(client):
    answer = client.get("/nada/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "No encontramos esta página" in html
    assert reverse("verify") in html


@pytest.mark.django_db
def test_page_of_somebody_else(client):
    client.force_login(UserFactory())
    answer = client.get(reverse("programme"))
    assert answer.status_code == 403
    assert "Tu cuenta no puede hacer esto" in answer.content.decode()


@pytest.mark.django_db
def test_room_may_say_why_it_refuses(rf):
    request = rf.get("/")
    request.user, request.session = UserFactory(), {}
    answer = views.forbidden(request, PermissionError("Revisar y dictaminar son de personas distintas."))
    assert "Revisar y dictaminar son de personas distintas." in answer.content.decode()


@pytest.mark.django_db
def test_form_that_waited_too_long():
    answer = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert answer.status_code == 403
    assert "No pudimos recibir el formulario" in answer.content.decode()


def test_fault_is_told_without_the_database():
    # No database mark: a query would fail this test.
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in answer.content.decode()


def test_fault_page_stands_alone(base_dir):
    source = (base_dir / "templates/500.html").read_text()
    assert render_to_string("500.html") == source  # no tag of ours, which might be what failed
    assert "<form" not in source
    assert "<script" not in source
    assert "<svg" in source
    for path in re.findall(r'"/static/(\S+)"', source):
        assert (base_dir / "static" / path).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("traits", "start"), [({}, "workspace"), ({"reviewer": True}, "review_list")])
def test_fault_page_leads_everybody_to_their_own_work(client, traits, start):
    client.force_login(UserFactory(**traits))
    (address,) = re.findall(r'href="(/cuenta/\S+)"', render_to_string("500.html"))
    assert client.get(address).url == reverse(start)


@pytest.mark.django_db
def test_fault_page_leads_to_pages_that_exist(client):
    addresses = re.findall(r'<a href="(\S+)"', render_to_string("500.html"))
    assert addresses
    assert {client.get(address).status_code for address in addresses} == {200}
