"""What a person typed when the session had ended waits for them after they log in again."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept_posts
from tests.accounts.factories import UserFactory
from tests.accounts.sessions import log_in_by_form, lose_session

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def page_of(answer):
    return answer.redirect_chain[-1][0], answer.content.decode()


def test_a_form_without_a_page_of_its_own_keeps_the_text_where_it_was_typed(client):
    manager, member = UserFactory(manager=True), UserFactory(reviewer=True)
    lose_session(client, manager)
    page = reverse("staff_list")
    typed = {"role": "reviewer", "reason": "Cambió de área <hoy>."}
    answer = client.post(reverse("staff_revoke", args=[member.pk]), typed, headers={"referer": HOST + page})
    address, html = page_of(log_in_by_form(client, manager, answer.url))
    assert address == page
    assert "Cambió de área &lt;hoy&gt;." in html
    assert "Cambió de área" not in client.get(page).content.decode()  # told once


def test_a_form_that_was_refused_before_keeps_it_on_the_page_above(client):
    manager, member = UserFactory(manager=True), UserFactory(reviewer=True)
    lose_session(client, manager)
    address = reverse("staff_revoke", args=[member.pk])
    answer = client.post(address, {"reason": "Cambió de área."}, headers={"referer": HOST + address})
    page, html = page_of(log_in_by_form(client, manager, answer.url))
    assert page == reverse("staff_list")
    assert "Cambió de área." in html


def test_another_site_chooses_no_page(client):
    lose_session(client, UserFactory())
    elsewhere = {"referer": "https://otro.example/programa/cuerpos/"}
    answer = client.post(reverse("staff_list"), {"reason": "a b"}, headers=elsewhere)
    assert answer.url == f"{reverse('account_login')}?next={reverse('staff_list')}"


def test_nobody_else_reads_it(client):
    manager = UserFactory(manager=True)
    lose_session(client, manager)
    client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    other = Client()
    other.force_login(manager)
    assert "Cambió de área." not in other.get(reverse("staff_list")).content.decode()


def test_password_and_token_are_never_kept(client):
    lose_session(client, UserFactory())
    client.post(reverse("staff_list"), {"password": "una clave", "csrfmiddlewaretoken": "x y", "reason": "a b"})
    assert [fields for _to, fields in client.session["kept_posts"].values()] == ["reason=a+b"]


def test_what_a_stranger_posts_is_not_stored(client):
    answer = client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    assert answer.url == f"{reverse('account_login')}?next={reverse('staff_list')}"
    assert not Session.objects.exists()
    assert "messages" not in answer.cookies  # nor is anything promised


def test_a_forged_cookie_is_a_stranger(client):
    client.cookies[kept_posts.COOKIE] = "1:abc:def"
    client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    assert not Session.objects.exists()


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_the_browser_is_known_for_thirty_days(client, monkeypatch, days, is_kept):
    then = (timezone.now() - dt.timedelta(days=days)).timestamp()
    with monkeypatch.context() as past:
        past.setattr(signing.time, "time", lambda: then)
        value = signing.get_cookie_signer(salt=kept_posts.COOKIE + kept_posts.SALT).sign("1")
    client.cookies[kept_posts.COOKIE] = value
    client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    assert ("kept_posts" in client.session) is is_kept


def test_the_cookie_is_closed_to_scripts_and_says_nothing_of_the_person(client):
    person = UserFactory()
    cookie = log_in_by_form(client, person).cookies[kept_posts.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 60 * 60 * 24 * 30)
    assert cookie.value.split(":")[0] == "1"
    assert kept_posts.COOKIE not in client.get(reverse("home")).cookies  # once, when logging in
