"""Publishing a decision: the certificate is issued and registered whole, or not at all."""

import datetime as dt
import hashlib
import json
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.folios import is_well_formed
from certification.applications.models import Application
from certification.certificates import actions
from certification.certificates.models import Certificate, CertificateSite
from certification.papers.signing import PdfResult, SignerUnavailable, verify_pdf
from certification.review.enums import Outcome
from certification.review.models import Decision
from employers.models import Employer, WorkforceFigures, Workplace
from tests.accounts.factories import BodyMembershipFactory, UserFactory
from tests.certification.certificates.factories import AT, decided_application

pytestmark = pytest.mark.django_db


class FullStorage(FileSystemStorage):
    def _save(self, name, content):
        raise OSError(28, "No space left on device")


def nothing_was_issued(application):
    application.refresh_from_db()
    return (
        application.state == State.DECIDED
        and not Certificate.objects.exists()
        and not CertificateSite.objects.exists()
        and not Event.objects.filter(action__in=("issue", "publish_award")).exists()
        and application.decision.__class__.objects.get().notified_on is None
    )


def test_publishing_registers_the_certificate(signer, django_capture_on_commit_callbacks):
    application, manager = decided_application(sites=3), UserFactory(manager=True)
    with django_capture_on_commit_callbacks(execute=True):
        certificate = actions.publish_award(application, actor=manager, at=AT)
    application.refresh_from_db()
    assert application.state == State.AWARDED
    assert certificate.folio.startswith("NMX25-2026-0001-")
    assert is_well_formed(certificate.folio)
    assert (certificate.issued_on, certificate.valid_until) == (dt.date(2026, 3, 16), dt.date(2030, 3, 15))
    assert (certificate.level, certificate.women, certificate.men) == ("simple", 36, 54)
    assert [site.name for site in certificate.sites.all()] == ["Centro 1", "Centro 2", "Centro 3"]
    assert [(e.action, e.actor) for e in Event.objects.order_by("-pk")[:2]] == [
        ("publish_award", manager), ("issue", manager),
    ]  # fmt: skip
    assert [message.subject for message in mail.outbox] == [
        f"Norma 025: certificado {certificate.folio} publicado · Empresa Ejemplo, S.A. de…"
    ]


def test_the_stored_pdf_is_the_signed_one_and_carries_the_data(signer):
    certificate = actions.publish_award(decided_application(), actor=UserFactory(manager=True), at=AT)
    with default_storage.open(certificate.pdf) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == certificate.pdf_sha256
    assert certificate.pdf == f"certificates/{certificate.pdf_sha256[:2]}/{certificate.pdf_sha256}.pdf"
    assert verify_pdf(content).result == PdfResult.GENUINE
    with pikepdf.open(BytesIO(content)) as pdf:
        attached = pdf.attachments["certificado.json"].get_file().read_bytes()
    assert json.loads(attached) == certificate.data
    assert hashlib.sha256(attached).hexdigest() == certificate.digest
    assert certificate.data["rfc"] == certificate.employer.rfc


def test_how_the_level_was_reached_is_certified_without_single_items(signer, client):
    certificate = actions.publish_award(decided_application(), actor=UserFactory(manager=True), at=AT)
    tree = certificate.data["explanation"]
    assert (tree["label"], tree["value"]) == ("Nivel", "Certificado")
    assert tree["text"] == f"NMX-R-025-SCFI-2015, versión {certificate.standard.version}"
    said = json.dumps(tree, ensure_ascii=False)
    assert not any(criterion.title in said for criterion in certificate.standard.document.criteria)
    page = client.get(f"/padron/{certificate.folio}/").content.decode()
    assert "Cómo se calculó cada número" in page
    assert "30 + 70 = 100" in page


def test_the_notice_is_of_the_day_of_publication(signer):
    application = decided_application()
    certificate = actions.publish_award(application, actor=UserFactory(manager=True), at=AT)
    application.decision.refresh_from_db()
    assert application.decision.notified_on == dt.date(2026, 3, 16)
    assert certificate.data["notified_on"] == "2026-03-16"


def test_pressed_twice_issues_once(signer):
    application, manager = decided_application(), UserFactory(manager=True)
    again = type(application).objects.get(pk=application.pk)
    actions.publish_award(application, actor=manager, at=AT)
    with pytest.raises(ActionRefused, match="cambió desde que la abriste"):
        actions.publish_award(again, actor=manager, at=AT)
    with pytest.raises(ActionRefused, match="ya se emitió"):
        actions.issue_certificate(application, actor=manager, at=AT)
    assert Certificate.objects.count() == 1


def test_without_the_key_nothing_is_issued(signer):
    application = decided_application()
    (signer / "signer.p12").unlink()
    with pytest.raises(SignerUnavailable, match="Falta la llave"), transaction.atomic():
        actions.publish_award(application, actor=UserFactory(manager=True), at=AT)
    assert nothing_was_issued(application)


def test_a_store_that_refuses_to_write_issues_nothing(signer, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.certification.certificates.test_publish.FullStorage"},
    }
    application = decided_application()
    with pytest.raises(ActionRefused, match="no se pudo guardar"), transaction.atomic():
        actions.publish_award(application, actor=UserFactory(manager=True), at=AT)
    assert nothing_was_issued(application)


def test_a_fault_after_storing_leaves_a_file_and_no_row(signer):
    application, manager = decided_application(), UserFactory(manager=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.publish_award(application, actor=manager, at=AT)
        raise RuntimeError
    assert nothing_was_issued(application)
    assert default_storage.listdir("certificates")[0]  # the orphan
    application.decision.notified_on = None
    assert actions.publish_award(application, actor=manager, at=AT).folio.startswith("NMX25-2026-0001-")


@pytest.mark.parametrize("role", ["reviewer", "editor", "decider"])
def test_only_managers_and_deciders_of_the_body_publish(signer, role):
    application = decided_application()
    with pytest.raises(PermissionDenied):
        actions.publish_award(application, actor=UserFactory(role=role), at=AT)
    assert nothing_was_issued(application)
    second = BodyMembershipFactory(body=application.body, user=UserFactory(decider=True)).user
    assert actions.publish_award(application, actor=second, at=AT)
    assert Decision.objects.get().published_by == second


def test_who_signed_the_decision_does_not_publish_it(signer, client):
    application, manager = decided_application(), UserFactory(manager=True)
    signed = application.decision.decided_by
    signed.groups.add(*manager.groups.all())  # not even as the one who manages the programme
    with pytest.raises(PermissionDenied):
        actions.publish_award(application, actor=signed, at=AT)
    assert nothing_was_issued(application)
    client.force_login(signed)
    assert client.get(f"/revision/{application.folio}/publicar/").status_code == 403
    page = client.get(f"/revision/{application.folio}/dictamen/").content.decode()
    assert "Lo publica otra persona" in page
    assert f"<li>{manager}</li>" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(published_by=signed)


def test_a_decline_is_published_without_a_certificate(django_capture_on_commit_callbacks):
    application, manager = decided_application(outcome=Outcome.DECLINE), UserFactory(manager=True)
    with pytest.raises(ActionRefused, match="dice otra cosa"):
        actions.publish_award(application, actor=manager, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_decline(application, actor=manager, at=AT)
    application.refresh_from_db()
    assert application.state == State.DECLINED
    assert not Certificate.objects.exists()
    assert "Ante el organismo, en 15 días hábiles" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("issued", "until"),
    [((2026, 3, 16), (2030, 3, 15)), ((2026, 1, 1), (2029, 12, 31)), ((2028, 2, 29), (2032, 2, 28))],
)
def test_a_certificate_ends_the_day_before_its_anniversary(signer, issued, until):
    at = dt.datetime(*issued, 20, 0, tzinfo=dt.UTC)
    certificate = actions.publish_award(decided_application(), actor=UserFactory(manager=True), at=at)
    assert certificate.valid_until == dt.date(*until)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (Employer, {"legal_name": "Otra, S.A. de C.V."}),
        (Employer, {"rfc": "AAA010101AAA"}),
        (Workplace, {"address": "Otra calle 1"}),
        (WorkforceFigures, {"women": 999}),
    ],
)
def test_nothing_is_signed_for_a_company_that_nobody_reviewed(signer, table, change):
    application = decided_application()
    table.objects.update(**change)
    application = Application.objects.get(pk=application.pk)
    with pytest.raises(ActionRefused, match="cambiaron desde que se envió"):
        actions.publish_award(application, actor=UserFactory(manager=True), at=AT)
    assert nothing_was_issued(application)


def test_the_rfc_of_a_person_is_not_in_what_everybody_reads(signer):
    application = decided_application(rfc="GOAP780710RH7")
    certificate = actions.publish_award(application, actor=UserFactory(manager=True), at=AT)
    assert "rfc" not in certificate.data
