"""What a person typed when the session had ended waits for them after they log in again."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import kept_posts
from tests.accounts.factories import PASSWORD, UserFactory
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


TEXT = "Cambió de área."


def signed(owner):
    return signing.get_cookie_signer(salt=kept_posts.COOKIE + kept_posts.SALT).sign(owner)


def keep(client, person, text=TEXT, page=None):
    """Lose the session while typing; the address of the login page that answers."""
    lose_session(client, person)
    return client.post(page or reverse("staff_list"), {"reason": text}).url


def test_whoever_logs_in_next_in_that_browser_does_not_read_it(client):
    manager, other = UserFactory(manager=True), UserFactory(manager=True)
    _address, html = page_of(log_in_by_form(client, other, keep(client, manager)))
    assert TEXT not in html
    assert "kept_posts" not in client.session  # it is not there to be read either
    del client.cookies["sessionid"]
    log_in_by_form(client, manager)
    assert TEXT not in client.get(reverse("staff_list")).content.decode()


def test_the_one_who_typed_it_reads_it(client):
    manager = UserFactory(manager=True)
    _address, html = page_of(log_in_by_form(client, manager, keep(client, manager)))
    assert TEXT in html


def test_it_is_of_the_one_who_logged_in_last(client):
    first, second = UserFactory(manager=True), UserFactory(manager=True)
    keep(client, first)
    login = keep(client, second, "Otra razón distinta.")
    _address, html = page_of(log_in_by_form(client, second, login))
    assert "Otra razón distinta." in html
    assert TEXT not in html


def test_a_session_that_holds_the_post_of_another_shows_nothing(client):
    manager, other = UserFactory(manager=True), UserFactory(manager=True)
    keep(client, manager)
    client.cookies[kept_posts.COOKIE] = signed(kept_posts.owner_of(other))
    client.post(reverse("body_list"), {"name": "Unidad de aquí"})
    assert list(client.session["kept_posts"]) == [reverse("body_list")]


def test_a_page_of_an_earlier_person_is_not_taken_for_the_later_ones():
    client = Client(enforce_csrf_checks=True)
    first, second = UserFactory(manager=True), UserFactory(manager=True)
    for person in (first, second):
        token = client.get(reverse("account_login")).context["csrf_token"]
        given = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
        assert client.post(reverse("account_login"), given).status_code == 302
        if person == first:
            typed_on = str(client.get(reverse("staff_list")).context["csrf_token"])
        del client.cookies["sessionid"]
    answer = client.post(reverse("staff_list"), {"reason": TEXT, "csrfmiddlewaretoken": typed_on})
    assert answer.status_code == 403
    assert "kept_posts" not in client.session


def test_letters_are_counted_as_they_were_typed(client):
    keep(client, UserFactory(manager=True), "á" * kept_posts.MOST_CHARACTERS)
    assert "kept_posts" in client.session


def test_what_is_too_long_is_not_promised(client):
    login = keep(client, UserFactory(manager=True), "a" * (kept_posts.MOST_CHARACTERS + 1))
    assert "kept_posts" not in client.session
    html = client.get(login).content.decode()
    assert "No conservamos lo que escribiste: es demasiado largo." in html
    assert "sigue ahí" not in html


def test_a_form_without_words_promises_nothing(client):
    lose_session(client, UserFactory(manager=True))
    html = client.post(reverse("staff_list"), {"csrfmiddlewaretoken": "x"}, follow=True).content.decode()
    assert "Tu sesión había terminado. Entra para seguir." in html
    assert "sigue ahí" not in html


def test_the_sixth_page_says_that_the_oldest_is_lost(client):
    lose_session(client, UserFactory(manager=True))
    pages = [reverse("body_edit", args=[f"unidad-{n}"]) for n in range(6)]
    for page in [*pages[:5], pages[0]]:
        said = client.post(page, {"name": "Unidad de aquí"}, follow=True).content.decode()
        assert "se perdió" not in said
    said = client.post(pages[5], {"name": "Unidad de aquí"}, follow=True).content.decode()
    assert "Sólo conservamos lo de 5 páginas" in said
    assert list(client.session["kept_posts"]) == [
        *pages[2:5],
        pages[0],
        pages[5],
    ]  # the one typed again is not the oldest


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
        value = signed(kept_posts.owner_of(UserFactory()))
    client.cookies[kept_posts.COOKIE] = value
    client.post(reverse("staff_list"), {"reason": "Cambió de área."})
    assert ("kept_posts" in client.session) is is_kept


def test_the_cookie_is_closed_to_scripts_and_says_nothing_of_the_person(client):
    person = UserFactory()
    cookie = log_in_by_form(client, person).cookies[kept_posts.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 60 * 60 * 24 * 30)
    assert cookie.value.split(":")[0] == kept_posts.owner_of(person)
    assert person.email not in cookie.value
    assert kept_posts.COOKIE not in client.get(reverse("home")).cookies  # once, when logging in
