"""From signing up to the second factor, through the pages of the house."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import is_mfa_enabled
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import PASSWORD, UserFactory

NEW = "nueva@ejemplo.mx"
STRONG = "cuatro palabras sin relación"


def text(answer):
    return answer.content.decode()


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {"email": NEW, "password1": STRONG, "password2": STRONG, **changes})


@pytest.mark.django_db(transaction=True)
def test_sign_up_confirm_and_enter(client):
    assert sign_up(client).url == reverse("account_email_verification_sent")
    message = mail.outbox[0]
    assert message.subject == "Confirma tu correo"
    assert message.alternatives[0].mimetype == "text/html"
    link = re.search(r"http://testserver(/\S+)", message.body).group(1)
    assert "Sí, es mi correo" in text(client.get(link))
    client.post(link)
    client.post(reverse("account_login"), {"login": NEW, "password": STRONG})
    assert NEW in text(client.get(reverse("account")))


@pytest.mark.django_db
def test_sign_up_counts_what_is_to_be_mended_not_the_sentences_about_it(client):
    page = text(sign_up(client, password1="123", password2="123"))
    assert "Revisa un dato" in page
    assert page.count('<a href="#id_password1">') == 1


@pytest.mark.django_db(transaction=True)
def test_unconfirmed_person_is_told_to_look_at_the_mail(client):
    sign_up(client)
    answer = client.post(reverse("account_login"), {"login": NEW, "password": STRONG}, follow=True)
    assert "Revisa tu correo" in text(answer)


@pytest.mark.django_db(transaction=True)
def test_signing_up_with_a_taken_address_does_not_say_so(client):
    UserFactory(email=NEW)
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert mail.outbox[0].subject == "Ya tienes una cuenta"
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.django_db
def test_wrong_password_is_a_plain_sentence(client):
    answer = client.post(reverse("account_login"), {"login": UserFactory().email, "password": "otra"})
    assert "El correo o la contraseña no coinciden. Revisa los dos." in text(answer)
    assert "error-summary" in text(answer)


@pytest.mark.django_db(transaction=True)
def test_password_is_recovered_by_mail(client):
    person = UserFactory()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link).url
    assert "Elige otra contraseña" in text(client.get(form))
    client.post(form, {"password1": STRONG, "password2": STRONG})
    assert User.objects.get(pk=person.pk).check_password(STRONG)
    assert mail.outbox[1].subject == "Tu contraseña cambió"


PAGES = [
    "account", "account_email", "account_change_password", "account_logout", "mfa_index", "usersessions_list",
    "account_reauthenticate",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_pages_have_one_title_in_spanish(client, page):
    client.force_login(UserFactory())
    html = text(client.get(reverse(page)))
    assert html.count("<h1>") == 1
    assert 'class="site-header"' in html
    assert 'lang="es-mx"' in html
    assert not re.search(r"Password|Sign |Email ", re.sub(r"<[^>]*>", "", html))


@pytest.mark.django_db
def test_own_data_are_changed(client):
    person = UserFactory()
    client.force_login(person)
    client.post(reverse("account"), {"full_name": "Ana Ruiz", "charge": "Dirección General"})
    person.refresh_from_db()
    assert (person.full_name, person.charge) == ("Ana Ruiz", "Dirección General")


@pytest.mark.django_db
def test_account_asks_for_a_login(client):
    assert client.get(reverse("account")).url.startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trait", "start"), [({}, "workspace"), ({"manager": True}, "programme"), ({"reviewer": True}, "review_list")]
)
def test_each_person_starts_where_their_work_is(client, trait, start):
    person = UserFactory(**trait)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.url == reverse(start)


@pytest.mark.django_db(transaction=True)
def test_totp_is_activated_with_a_picture_that_the_policy_allows(client):
    person = UserFactory()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    page = reverse("mfa_activate_totp")
    client.post(client.get(page).url, {"password": PASSWORD})
    html = text(client.get(page))
    assert '<svg role="img"' in html
    assert "data:image" not in html
    secret = re.search(r"<code>(\w+)</code>", html).group(1)
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(page, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert is_mfa_enabled(person)
    assert "Segundo factor activado" in [message.subject for message in mail.outbox]
    assert "Te quedan 10 códigos sin usar." in text(client.get(reverse("mfa_index")))
