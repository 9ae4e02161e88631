"""What editors read beside a practice: its evidence by name, and what looks like a person's data."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.evidence.models import Document
from certification.review.models import Verdict
from good_practices.actions import record_proofs
from good_practices.proofs import proofs
from tests.accounts.factories import UserFactory
from tests.certification.certificates.factories import CertificateFactory as WholeCertificateFactory
from tests.certification.review.factories import AT, use_of
from tests.employers.factories import MembershipFactory
from tests.good_practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db
REASON = "Se vieron los roles de tres meses en cada línea."


@pytest.fixture
def editor(client):
    user = UserFactory(editor=True)
    client.force_login(user)
    return user


def proven():
    """A practice on shifts, which is of the norm's R12, with a verdict and a document; another item has its own."""
    practice = PracticeFactory(proposed=True, certificate=WholeCertificateFactory())
    application = practice.certificate.application
    for item, title in (("R12", "Roles de turno"), ("R07", "Tabulador de sueldos")):
        use = use_of(application, item)
        Document.objects.filter(pk=use.document_id).update(title=title, issued_on=AT.date())
    Verdict.objects.create(
        application=application, item="R12", claims={"R12": "met"}, outcome="met", reason=REASON, updated_at=AT,
        reviewer=application.reviewer,
    )  # fmt: skip
    return practice


def review_page(client, practice):
    return " ".join(client.get(reverse("practice_review", args=[practice.pk])).content.decode().split())


def test_the_editor_reads_what_the_practice_rests_on(client, editor):
    page = review_page(client, proven())
    assert all(words in page for words in ("R12", REASON, "Roles de turno", "16 mar 2026", "p. 2"))
    assert "Tabulador de sueldos" not in page


def test_the_files_stay_private(client, editor):
    practice = proven()
    application = practice.certificate.application
    use = application.evidence_uses.get(item="R12")
    page = review_page(client, practice)
    assert "/evidencia/" not in page
    assert "/documentos/" not in page
    for name, args in (
        ("evidence_file", [application.folio, use.pk]),
        ("evidence_page", [application.folio, use.pk, 1]),
        ("review_detail", [application.folio]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_a_topic_of_no_criterion_says_so(client, editor):
    assert "Ningún criterio de esta norma es de su tema" in review_page(client, PracticeFactory(proposed=True))


def test_more_documents_ask_no_more_queries(client, editor):
    practice, counts = proven(), []
    review_page(client, practice)  # the first look of the day is noted
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            review_page(client, practice)
        counts.append(len(queries))
        for _one in range(4):
            use_of(practice.certificate.application, "R12")
    assert counts[0] == counts[1]


def test_what_looks_like_a_persons_data_is_pointed_out_and_refuses_nothing(client, editor):
    practice = PracticeFactory(proposed=True, action="Pregunta a Pilar, pilar@telares.mx, GOAP780710RH7.")
    page = review_page(client, practice)
    assert "Parece que hay datos de personas" in page
    assert "pilar@telares.mx" in page.split('id="datos"')[1].split("</ul>")[0]
    client.post(reverse("practice_publish", args=[practice.pk]), {"version": practice.version})
    practice.refresh_from_db()
    assert practice.state == "published"


def test_an_ordinary_practice_raises_no_doubt(client, editor):
    practice = PracticeFactory(proposed=True, result="En 2025 hubo 1234567890 horas menos; costó $12,345,678.90.")
    assert "Parece que hay datos" not in review_page(client, practice)


def test_the_employer_is_told_while_it_writes(client):
    practice = PracticeFactory(problem="Llamaban al 55 1234 5678 de noche.")
    client.force_login(MembershipFactory(employer=practice.employer, owner=True).user)
    page = client.get(reverse("practice_edit", args=[practice.pk])).content.decode()
    assert "Parece que hay datos de personas" in page
    assert "55 1234 5678" in page.split('id="datos"')[1].split("</ul>")[0]


def test_a_confidential_document_has_no_name_beside_a_practice(client, editor):
    practice = proven()
    Document.objects.filter(title="Roles de turno").update(is_confidential=True)
    page = review_page(client, practice)
    assert "Un documento confidencial" in page
    assert "Roles de turno" not in page


def test_what_was_verified_with_a_confidential_document_is_told_without_words(client, editor):
    practice = proven()
    Verdict.objects.update(pointer="Roles de turno, p. 4")
    assert "Roles de turno, p. 4" in review_page(client, practice)
    Document.objects.filter(title="Roles de turno").update(is_confidential=True)
    page = review_page(client, practice)
    assert "Roles de turno" not in page
    assert REASON not in page


def test_each_day_an_editors_look_is_on_record_once(client, editor):
    practice = proven()
    address = reverse("practice_review", args=[practice.pk])
    client.head(address)
    looks = Event.objects.about(practice).filter(action="proofs_seen")
    assert not looks.exists()
    for _look in range(2):
        client.get(address)
    event = looks.get()
    assert (event.actor, event.data) == (editor, {"application": practice.certificate.application_id})
    record_proofs(practice=practice, actor=editor, at=timezone.now() + dt.timedelta(days=1))
    assert looks.count() == 2


def test_who_does_not_curate_it_gets_nothing():
    practice = proven()
    colleague = UserFactory(editor=True)
    assert proofs(practice, colleague)
    MembershipFactory(employer=practice.employer, user=colleague)
    assert proofs(practice, colleague) == proofs(practice, UserFactory()) == []
    record_proofs(practice=practice, actor=colleague, at=AT)
    assert not Event.objects.about(practice).filter(action="proofs_seen").exists()
