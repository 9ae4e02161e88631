"""Suspend, reinstate and cancel; and the button that publishes."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from certification.applications.enums import State
from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate
from certification.certificates.workflow import available_moves
from certification.review.enums import Outcome
from tests.accounts.factories import PASSWORD, UserFactory
from tests.certification.certificates.factories import CertificateFactory, decided_application
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
REASON = "No se realizó la vigilancia."


@pytest.fixture
def manager(client):
    user = UserFactory(manager=True)
    client.force_login(user)
    return user


def publish(client, application, password=PASSWORD):
    return client.post(reverse("publish", args=[application.folio]), {"password": password})


def url(certificate, action):
    return reverse("change_certificate_status", args=[certificate.folio, action])


def test_a_suspension_records_who_and_why(client, manager, django_capture_on_commit_callbacks):
    certificate = CertificateFactory()
    MembershipFactory(employer=certificate.employer, owner=True)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url(certificate, "suspend"), {"reason": f" {REASON} "})
    assert response["Location"] == reverse("certificate_status", args=[certificate.folio])
    certificate.refresh_from_db()
    change = certificate.status_changes.get()
    assert certificate.status == CertificateStatus.SUSPENDED
    assert (change.status, change.reason, change.changed_by) == ("suspended", REASON, manager)
    event = Event.objects.latest("pk")
    assert (event.action, event.actor, event.reason) == ("suspend", manager, REASON)
    assert REASON in mail.outbox[0].body


def test_it_can_be_reinstated_and_cancelled_for_ever(client, manager):
    certificate = CertificateFactory()
    for action in ("suspend", "reinstate", "cancel"):
        client.post(url(certificate, action), {"reason": REASON})
    certificate.refresh_from_db()
    assert [change.status for change in certificate.status_changes.all()] == ["suspended", "in_force", "cancelled"]
    assert client.post(url(certificate, "reinstate"), {"reason": REASON}).status_code == 409


@pytest.mark.parametrize(("status", "action"), [("in_force", "suspend"), ("suspended", "reinstate")])
def test_an_expired_one_can_only_be_cancelled(client, manager, status, action):
    certificate = CertificateFactory(issued_on=dt.date(2020, 1, 1), valid_until=dt.date(2023, 12, 31), status=status)
    response = client.post(url(certificate, action), {"reason": REASON})
    assert response.status_code == 409
    assert "ya venció" in response.content.decode()
    assert available_moves(certificate, manager) == ["cancel"]
    assert client.post(url(certificate, "cancel"), {"reason": REASON}).status_code == 302
    assert certificate.status_changes.get().status == "cancelled"


def test_a_folio_is_found_however_it_is_written(client, manager):
    certificate, application = CertificateFactory(), decided_application()
    client.force_login(manager)
    assert client.get(reverse("certificate_status", args=[certificate.folio.lower()])).status_code == 200
    assert client.get(reverse("publish", args=[application.folio.lower()])).status_code == 200


def test_pressed_twice_changes_once(client, manager):
    certificate = CertificateFactory()
    client.post(url(certificate, "suspend"), {"reason": REASON})
    response = client.post(url(certificate, "suspend"), {"reason": REASON})
    assert response.status_code == 409
    assert "cambió desde que lo abriste" in response.content.decode()
    assert certificate.status_changes.count() == 1


def test_without_a_reason_nothing_changes(client, manager):
    certificate = CertificateFactory()
    response = client.post(url(certificate, "suspend"), {"reason": "  "})
    assert "Escribe el motivo" in response.content.decode()
    certificate.refresh_from_db()
    assert certificate.status == CertificateStatus.IN_FORCE


@pytest.mark.parametrize("role", ["reviewer", "decider", "editor", None])
def test_other_roles_are_refused(client, role):
    certificate = CertificateFactory()
    client.force_login(UserFactory(role=role))
    assert client.post(url(certificate, "suspend"), {"reason": REASON}).status_code == 403
    assert client.get(reverse("certificate_status", args=[certificate.folio])).status_code == 403
    assert Certificate.objects.get().status == CertificateStatus.IN_FORCE


def test_nobody_changes_a_certificate_of_their_own(client, manager):
    certificate = CertificateFactory()
    MembershipFactory(employer=certificate.employer, user=manager)
    assert client.post(url(certificate, "suspend"), {"reason": REASON}).status_code == 403


def test_addresses_that_are_not_there(client, manager):
    certificate = CertificateFactory()
    assert client.post(url(certificate, "delete"), {"reason": REASON}).status_code == 404
    assert client.get(url(certificate, "suspend")).status_code == 405
    client.logout()
    assert client.post(url(certificate, "suspend"), {"reason": REASON})["Location"].startswith("/cuenta/")


def test_the_page_offers_what_can_be_done(client, manager):
    page = client.get(reverse("certificate_status", args=[CertificateFactory().folio])).content.decode()
    assert "¿Suspender este certificado?" in page
    assert "¿Cancelar este certificado para siempre?" in page
    assert "Reactivar" not in page


def test_the_button_publishes_an_award(client, manager, signer):
    application = decided_application()
    response = publish(client, application)
    certificate = Certificate.objects.get()
    assert response["Location"] == f"/padron/{certificate.folio}/"
    assert certificate.issued_by == manager
    page = client.get(response["Location"]).content.decode()
    assert f"El certificado {certificate.folio} está firmado" in page
    publish(client, application)
    assert Certificate.objects.count() == 1


def test_nobody_publishes_without_the_password(client, manager, signer):
    application = decided_application()
    page = publish(client, application, "otra")
    assert page.status_code == 422
    assert "La contraseña no es correcta" in page.content.decode()
    assert "Escribe tu contraseña para firmar." in publish(client, application, "").content.decode()
    pages = [publish(client, application, "otra").content.decode() for _ in range(6)]
    assert "intentos" in pages[-1]
    assert "intentos" in publish(client, application).content.decode()
    application.refresh_from_db()
    assert application.state == State.DECIDED
    assert not Certificate.objects.exists()


def test_a_decline_is_signed_too(client, manager):
    application = decided_application(outcome=Outcome.DECLINE)
    publish(client, application, "otra")
    application.refresh_from_db()
    assert application.state == State.DECIDED


def test_the_page_says_what_publishing_does(client, manager, signer):
    application = decided_application()
    page = client.get(reverse("publish", args=[application.folio])).content.decode()
    assert "Firmar y publicar" in page
    assert application.employer.legal_name in page
    assert not Certificate.objects.exists()


def test_the_button_publishes_a_decline(client, manager):
    application = decided_application(outcome=Outcome.DECLINE)
    publish(client, application)
    application.refresh_from_db()
    assert application.state == State.DECLINED


def test_the_button_without_a_key_says_why(client, manager, settings, tmp_path):
    settings.SIGNER_DIR = tmp_path / "none"
    application = decided_application()
    publish(client, application)
    application.refresh_from_db()
    assert application.state == State.DECIDED
    messages = [str(message) for message in client.get("/padron/").wsgi_request._messages]
    assert any("Falta la llave" in message for message in messages)


def test_who_may_not_publish(client, signer):
    application = decided_application()
    path = reverse("publish", args=[application.folio])
    assert client.post(path)["Location"].startswith("/cuenta/")
    client.force_login(UserFactory())
    assert client.post(path).status_code == 404
    client.force_login(application.reviewer)
    assert client.post(path).status_code == 403
    assert client.get(path).status_code == 403
    assert client.delete(path).status_code == 405
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("field", ["holder", "level", "size", "sector", "state"])
def test_the_database_refuses_a_certificate_that_does_not_say(field):
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**{field: ""})


def test_the_database_refuses_an_unknown_status(manager):
    said = {"on": dt.date(2026, 3, 20), "reason": REASON, "changed_by": manager}
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.status_changes.create(status="lost", **said)
