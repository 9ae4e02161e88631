"""A page that asks by htmx is told that the session ended, and goes on after the password."""

import pytest
from django.urls import reverse

from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_asks_for_the_password_in_place_of_a_redirect(client):
    response = client.get(reverse("session_state"), headers=HTMX)
    assert response.status_code == 401
    assert 'type="password"' in response.content.decode()
    assert f'action="{reverse("account_login")}"' in response.content.decode()


def test_without_htmx_the_login_page_is_opened(client):
    assert client.get(reverse("session_state")).url.startswith("/cuenta/login/")


def test_public_pages_stay_public(client):
    assert client.get(reverse("home"), headers=HTMX).status_code == 200


def test_says_whose_it_is_after_logging_in_again(client):
    person = UserFactory()
    said = {"login": person.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), said, headers={"X-Requested-With": "XMLHttpRequest"})
    assert "location" in answer.json()
    state = client.get(reverse("session_state"), headers=HTMX)
    assert state.json()["person"] == person.email
    assert len(state.json()["token"]) == 64
    assert "no-store" in state.headers["Cache-Control"]


def test_a_wrong_password_is_said_in_words(client):
    said = {"login": UserFactory().email, "password": "otra cosa"}
    answer = client.post(reverse("account_login"), said, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 400
    assert answer.json()["form"]["errors"]


def test_only_reads(client):
    client.force_login(UserFactory())
    assert client.post(reverse("session_state")).status_code == 405
