"""What a person reads when something is missing, closed or broken."""

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


def test_fault_page_stands_alone():
    html = render_to_string("500.html")
    assert "<form" not in html
    assert "<script" not in html
