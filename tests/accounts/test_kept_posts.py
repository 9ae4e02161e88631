"""What a person typed when the session had ended waits for them after they log in again."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def log_in_again(client, answer, person):
    """Follow the redirect to the login page and from there to where the person was."""
    return client.post(answer.url, {"login": person.email, "password": PASSWORD}, follow=True)


def page_of(answer):
    return answer.redirect_chain[-1][0], answer.content.decode()


def test_a_form_without_a_page_of_its_own_keeps_the_text_where_it_was_typed(client):
    manager, member = UserFactory(manager=True), UserFactory(reviewer=True)
    page = reverse("staff_list")
    typed = {"role": "reviewer", "reason": "Cambió de área <hoy>."}
    answer = client.post(reverse("staff_revoke", args=[member.pk]), typed, headers={"referer": HOST + page})
    address, html = page_of(log_in_again(client, answer, manager))
    assert address == page
    assert "Cambió de área &lt;hoy&gt;." in html
    assert "Cambió de área" not in client.get(page).content.decode()  # told once


def test_a_form_that_was_refused_before_keeps_it_on_the_page_above(client):
    manager, member = UserFactory(manager=True), UserFactory(reviewer=True)
    address = reverse("staff_revoke", args=[member.pk])
    answer = client.post(address, {"reason": "Cambió de área."}, headers={"referer": HOST + address})
    page, html = page_of(log_in_again(client, answer, manager))
    assert page == reverse("staff_list")
    assert "Cambió de área." in html


def test_another_site_chooses_no_page(client):
    elsewhere = {"referer": "https://otro.example/programa/cuerpos/"}
    answer = client.post(reverse("staff_list"), {"reason": "a b"}, headers=elsewhere)
    assert answer.url == f"{reverse('account_login')}?next={reverse('staff_list')}"


def test_nobody_else_reads_it(client):
    manager = UserFactory(manager=True)
    client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    other = Client()
    other.force_login(manager)
    assert "Cambió de área." not in other.get(reverse("staff_list")).content.decode()


def test_password_and_token_are_never_kept(client):
    client.post(reverse("staff_list"), {"password": "una clave", "csrfmiddlewaretoken": "x y", "reason": "a b"})
    assert [fields for _to, fields in client.session["kept_posts"].values()] == ["reason=a+b"]
