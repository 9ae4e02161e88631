"""Sending: everything missing at once, the right signature, a frozen copy, a receipt, and a mail."""

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from certification.applications.dossier import load, sent_on
from certification.applications.enums import State
from certification.applications.models import Application, Submission
from certification.standards.explanation import as_data
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import NMX, SIGNS, base, complete_draft, draft
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db


def post(client, case, **fields):
    return client.post(f"{base(case)}enviar/", {**SIGNS, "password": PASSWORD, **fields})


def test_everything_missing_is_listed_with_links(client):
    case = draft(NMX)
    client.force_login(case.owner)
    page = client.get(f"{base(case)}enviar/").content.decode()
    assert "Faltan <strong>19 cosas</strong> para poder enviarla" in page
    fields = ("criterios/R01/#id_claim_R01a_0", "criterios/R14/#id_claim_R14a_0")
    for address in ("participacion/#id_P1-present", "participacion/#id_P5-present", *fields):
        assert f'href="{base(case)}{address}"' in page
    assert "Firmar y enviar la solicitud" not in page


def test_sending_freezes_and_acknowledges(client, mailoutbox, django_capture_on_commit_callbacks):
    case = complete_draft(NMX)
    client.force_login(case.owner)
    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, case)
    submission, application = Submission.objects.get(), Application.objects.get()
    assert response.url == f"{base(case)}acuse/"
    assert (application.state, submission.submitted_by) == (State.SUBMITTED, case.owner)
    assert application.due_on > application.submitted_at.date()
    assert submission.sha256 == hashlib.sha256(submission.snapshot.encode()).hexdigest()
    assert Event.objects.about(application).last().action == "submit"
    assert submission.sha256 in client.get(response.url).content.decode()
    told = {mail.to[0]: mail for mail in mailoutbox}
    assert told.pop(case.manager.email).subject == f"Llegó la solicitud {application.folio}: falta asignarla"
    assert set(told) == {case.owner.email, case.editor.email}
    assert all(application.folio in mail.subject and submission.sha256 in mail.body for mail in told.values())


def sent_score(case):
    application = Application.objects.get(pk=case.application.pk)
    return load(application, sent_on(application)).score


def test_the_copy_says_everything_and_is_served_as_it_is(client):
    case = complete_draft(NMX)
    client.force_login(case.owner)
    post(client, case)
    submission = Submission.objects.get()
    content = json.loads(submission.snapshot)
    assert client.get(f"{base(case)}acuse/1.json").content == submission.snapshot.encode()
    assert content["standard"]["fingerprint"] == case.application.standard.fingerprint
    assert set(content["answers"]) == {one.code for one in case.application.standard.document.criteria}
    assert content["evidence"]["R01"][0]["sha256"]
    assert (content["round"], content["score"]["level"]) == (1, "oro")
    assert content["score"]["explanation"] == as_data(sent_score(case).explanation)


def test_what_was_sent_cannot_change():
    case = make_case(State.SUBMITTED)
    for change in (lambda rows: rows.update(snapshot="otra"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Submission.objects.filter(application=case.application))


def test_twice_sends_once(client):
    case = complete_draft()
    client.force_login(case.owner)
    post(client, case)
    page = post(client, case)
    assert Submission.objects.count() == 1
    assert "La solicitud cambió desde que la abriste" in page.content.decode()


def test_the_declaration_must_be_accepted(client):
    case = complete_draft()
    client.force_login(case.owner)
    page = client.post(f"{base(case)}enviar/", {}).content.decode()
    assert "Para enviar, acepta la declaración." in page
    assert "Escribe tu contraseña para firmar." in page
    assert "Escribe el nombre completo de quien firma." in page
    assert "Escribe el cargo de quien firma." in page
    assert not Submission.objects.exists()


def test_while_something_is_missing_nothing_is_sent(client):
    case = draft()
    client.force_login(case.owner)
    response = post(client, case)
    assert "Todavía falta algo" in response.content.decode()
    assert Application.objects.get().state == State.DRAFT


def test_does_not_apply_needs_its_reason(client):
    case = complete_draft("distintivo-mexsti")
    answer = case.application.answers.get(criterion="MX-1.2")
    answer.claims, answer.note = {"MX-1.2": "not_applicable"}, " "
    answer.save()
    client.force_login(case.owner)
    sentence = "Protección de adolescentes en edad permitida: marcaste «no aplica»; escribe en la nota por qué."
    assert sentence in client.get(f"{base(case)}enviar/").content.decode()
    answer.note = "Nadie de la plantilla tiene menos de 18 años."
    answer.save()
    assert sentence not in client.get(f"{base(case)}enviar/").content.decode()


def test_only_who_may_sign_sends(client):
    case = complete_draft()
    client.force_login(case.editor)
    assert post(client, case).status_code == 403
    assert "La envía quien puede firmar por la empresa" in client.get(f"{base(case)}enviar/").content.decode()
    assert not Submission.objects.exists()


def test_anonymous_goes_to_login(client):
    case = complete_draft()
    assert post(client, case).url.startswith("/cuenta/login/")


@pytest.mark.parametrize("page", ["", "enviar/", "acuse/", "acuse/1.json", "medidas/", "participacion/"])
def test_another_employer_finds_nothing(client, page):
    case = make_case(State.SUBMITTED)
    client.force_login(case.foreigner)
    assert client.get(base(case) + page).status_code == 404


def test_the_receipt_of_a_draft_leads_to_sending(client):
    case = draft()
    client.force_login(case.owner)
    assert client.get(f"{base(case)}acuse/").url == f"{base(case)}enviar/"
