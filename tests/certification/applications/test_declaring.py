"""Signing the declaration: the password again, or a key or code lately confirmed; tries are counted; a hook."""

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from certification.applications import declaring
from certification.applications.declaring import Evidence, SignatureRefused
from certification.applications.models import Submission
from certification.applications.receipts.models import Signature
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import SIGNS, base, complete_draft

pytestmark = pytest.mark.django_db
WRONG = "La contraseña no es correcta. Escríbela otra vez; lo demás sigue aquí."


@pytest.fixture
def case(client):
    case = complete_draft()
    client.force_login(case.owner)
    return case


def post(client, case, **fields):
    return client.post(f"{base(case)}enviar/", {**SIGNS, **fields})


def confirm(client, user, ago, method, **more):
    """As allauth records it, so many seconds ago."""
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method, reauthenticated=True, **more)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= ago
    request.session.save()


def only_codes(user):
    """An account without a password that has an application of codes; returns one of its recovery codes."""
    user.set_unusable_password()
    user.save()
    TOTP.activate(user, generate_totp_secret())
    return RecoveryCodes.activate(user).get_unused_codes()[0]


def test_the_password_signs_and_the_signature_is_kept(client, case):
    assert post(client, case, password=PASSWORD).url == f"{base(case)}acuse/"
    signature, submission = Signature.objects.get(), Submission.objects.get()
    assert (signature.submission, signature.digest) == (submission, submission.sha256)
    assert (signature.method, signature.signed_by) == ("password", case.owner)
    assert set(signature.evidence) == {"confirmed_at"}


def test_a_wrong_password_sends_nothing_and_keeps_what_was_said(client, case):
    page = post(client, case, password="otra").content.decode()
    assert WRONG in page
    assert "checked" in page.split('name="accepted"')[1].split(">")[0]
    assert "otra" not in page.split("<form")[-1]
    assert not Submission.objects.exists()


def test_logging_in_just_now_is_not_signing(client):
    case = complete_draft()
    client.post("/cuenta/login/", {"login": case.owner.email, "password": PASSWORD})
    assert "Escribe tu contraseña para firmar." in post(client, case).content.decode()
    assert not Submission.objects.exists()


def test_tries_are_counted(client, case):
    pages = [post(client, case, password="otra").content.decode() for _ in range(6)]
    assert WRONG in pages[0]
    assert "intentos" in pages[-1]
    assert WRONG not in pages[-1]
    assert "intentos" in post(client, case, password=PASSWORD).content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("ago", "is_enough"), [(60, True), (4 * 60, True), (6 * 60, False), (3600, False)])
def test_what_was_confirmed_within_five_minutes_signs(client, case, ago, is_enough):
    confirm(client, case.owner, ago, "mfa", type="webauthn")
    page = client.get(f"{base(case)}enviar/").content.decode()
    assert ("no hace falta tu contraseña" in page) == is_enough
    assert ('type="password"' in page) == (not is_enough)
    post(client, case)
    assert [one.method for one in Signature.objects.all()] == (["webauthn"] if is_enough else [])


def test_an_account_without_password_confirms_and_goes_on_where_it_was(client, case):
    code = only_codes(case.owner)
    client.force_login(case.owner)
    page = client.get(f"{base(case)}enviar/").content.decode()
    assert 'type="password"' not in page
    asked = post(client, case)
    assert asked.url.startswith("/cuenta/2fa/reauthenticate/")
    assert not Submission.objects.exists()
    sent = client.post(asked.url, {"code": code, "next": f"{base(case)}enviar/"})
    assert sent.url == f"{base(case)}acuse/"
    assert Signature.objects.get().method == "recovery_codes"


def test_who_has_both_may_choose_the_key_and_the_password_is_kept_nowhere(client, case):
    TOTP.activate(case.owner, generate_totp_secret())
    assert "Firmar con mi llave o mi código" in client.get(f"{base(case)}enviar/").content.decode()
    asked = post(client, case, password=PASSWORD, other_way="1")
    assert asked.url.startswith("/cuenta/2fa/reauthenticate/")
    assert PASSWORD not in str(dict(client.session)).replace("+", " ")
    assert not Submission.objects.exists()


def test_without_password_and_key_it_is_said(client, case):
    case.owner.set_unusable_password()
    case.owner.save()
    client.force_login(case.owner)
    assert "Tu cuenta no tiene contraseña" in post(client, case).content.decode()
    assert not Submission.objects.exists()


def sealed(digest, *, request):
    if request.POST.get("efirma") != "válida":
        raise SignatureRefused("Tu e.firma venció.")
    return Evidence("efirma", {"digest": digest, "serial": "0001"})


def test_another_signer_takes_the_place_of_the_password(client, case, settings):
    settings.DECLARATION_SIGNER = "tests.certification.applications.test_declaring.sealed"
    assert 'type="password"' not in client.get(f"{base(case)}enviar/").content.decode()
    assert "Tu e.firma venció." in post(client, case).content.decode()
    assert not Submission.objects.exists()
    post(client, case, efirma="válida")
    signature = Signature.objects.get()
    assert signature.method == "efirma"
    assert signature.evidence == {"digest": Submission.objects.get().sha256, "serial": "0001"}


@pytest.mark.parametrize("name", ["nada.de.nada", "certification.applications.declaring.nada", "sys.path"])
def test_a_signer_that_is_none_stops_the_start(settings, name):
    settings.DECLARATION_SIGNER = name
    with pytest.raises(ImproperlyConfigured, match="DECLARATION_SIGNER="):
        declaring.chosen()


def test_a_signature_never_changes(client, case):
    post(client, case, password=PASSWORD)
    for change in (lambda rows: rows.update(method="otro"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Signature.objects.all())
