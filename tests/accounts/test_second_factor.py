"""Staff open the programme's pages with a second factor; everybody else is left in peace."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_staff_without_second_factor_is_sent_to_set_one_up(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    client.force_login(UserFactory(manager=True))
    answer = client.get(reverse("programme"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert "necesitan un segundo factor" in client.get(answer.url).content.decode()


def test_staff_without_second_factor_reads_no_evidence(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    client.force_login(UserFactory(reviewer=True))
    answer = client.get(reverse("evidence_file", args=["S-2026-0001-Z", 1]))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_setting_turns_it_off(client, settings):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(UserFactory(manager=True))
    assert client.get(reverse("programme")).status_code == 200


def test_who_is_not_staff_is_refused_rather_than_sent(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    client.force_login(UserFactory())
    assert client.get(reverse("programme")).status_code == 403


@pytest.mark.parametrize("page", ["home", "account", "mfa_index"])
def test_other_pages_stay_open_to_staff(client, settings, page):
    settings.REQUIRE_STAFF_MFA = True
    client.force_login(UserFactory(reviewer=True))
    assert client.get(reverse(page)).status_code == 200


def log_in(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def set_up_first_factor(client):
    page = reverse("mfa_activate_totp")
    client.post(client.get(page).url, {"password": PASSWORD})
    secret = re.search(r"<code>(\w+)</code>", client.get(page).content.decode()).group(1)
    client.post(page, {"code": code_of(secret)})
    return secret


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.django_db(transaction=True)
def test_setting_up_counts_here_and_ends_the_older_session(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    person, older = UserFactory(manager=True), Client()
    log_in(older, person)
    log_in(client, person)
    set_up_first_factor(client)
    assert client.get(reverse("programme")).status_code == 200
    assert older.get(reverse("programme")).url.startswith(reverse("account_login"))


@pytest.mark.django_db(transaction=True)
def test_session_that_never_passed_gives_the_code_first(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    person, untracked = UserFactory(manager=True), Client()
    log_in(client, person)
    secret = set_up_first_factor(client)
    untracked.force_login(person)
    answer = untracked.get(reverse("programme"))
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2Fprograma%2F"
    assert "Esta sesión empezó sin tu segundo factor" in untracked.get(answer.url).content.decode()
    assert untracked.post(answer.url, {"code": code_of(secret)}).url == reverse("programme")
    assert untracked.get(reverse("programme")).status_code == 200


def test_a_further_factor_proves_nothing(client, settings, rf):
    settings.REQUIRE_STAFF_MFA = True
    person = UserFactory(manager=True)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    key = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(person)
    request = rf.post("/")
    request.session = client.session
    authenticator_added.send(sender=Authenticator, request=request, user=person, authenticator=key)
    request.session.save()
    assert client.get(reverse("programme")).url.startswith(reverse("mfa_reauthenticate"))


def test_person_with_a_key_alone_is_asked_for_the_key(client, settings):
    settings.REQUIRE_STAFF_MFA = True
    person = UserFactory(manager=True)
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(person)
    assert client.get(reverse("programme")).url.startswith(reverse("mfa_reauthenticate_webauthn"))
