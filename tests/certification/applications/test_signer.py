"""Who signs a declaration gives name and post: asked, known the next time, frozen, and told wherever it is read."""

import json

import pytest
from django.db import DatabaseError, transaction

from accounts.refusals import ActionRefused
from certification.applications.declaring import Declaration
from certification.applications.enums import State
from certification.applications.models import Submission
from certification.applications.receipts.content import content_of
from certification.applications.receipts.signer import signer_known
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import SIGNS, base, complete_draft
from tests.certification.review.factories import AT, DECLARED, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    case = complete_draft()
    client.force_login(case.owner)
    return case


def send(client, case, **fields):
    return client.post(f"{base(case)}enviar/", {**SIGNS, "password": PASSWORD, **fields})


def test_what_was_written_is_kept_frozen_and_told(client, case):
    send(client, case, name="  Ana Ruiz Soto ", charge="Representante legal")
    submission = Submission.objects.get()
    assert (submission.signer_name, submission.signer_charge) == ("Ana Ruiz Soto", "Representante legal")
    said = {"name": "Ana Ruiz Soto", "charge": "Representante legal", "account": case.owner.full_name}
    assert case.owner.full_name
    assert json.loads(submission.snapshot)["sent_by"] == said
    assert content_of(submission)["declared_by"] == {"name": "Ana Ruiz Soto", "charge": "Representante legal"}
    assert "<dd>Ana Ruiz Soto, Representante legal</dd>" in client.get(f"{base(case)}acuse/").content.decode()


@pytest.mark.parametrize("field", ["name", "charge"])
def test_without_one_nothing_is_sent(client, case, field):
    page = send(client, case, **{field: "  "}).content.decode()
    assert {"name": "Escribe el nombre completo de quien firma.", "charge": "Escribe el cargo de quien firma."}[
        field
    ] in page
    assert not Submission.objects.exists()


def test_the_account_is_known_and_then_what_was_signed_with_last(case):
    case.owner.full_name, case.owner.charge = "Ana Ruiz", "Enlace"
    employer = case.application.employer
    assert signer_known(case.owner, employer) == {"name": "Ana Ruiz", "charge": "Enlace"}
    sent = make_case(State.SUBMITTED)
    assert signer_known(sent.owner, sent.application.employer) == {"name": DECLARED.name, "charge": DECLARED.charge}
    assert signer_known(sent.owner, employer) == {"name": sent.owner.full_name, "charge": ""}


def test_the_page_shows_what_is_known(client, case):
    case.owner.charge = "Enlace de igualdad"
    case.owner.save()
    page = client.get(f"{base(case)}enviar/").content.decode()
    assert 'value="Enlace de igualdad"' in page
    assert f'value="{case.owner.full_name}"' in page


@pytest.mark.parametrize("missing", [{"signer_name": ""}, {"signer_charge": " "}])
def test_the_database_refuses_a_declaration_of_nobody(missing):
    case = make_case(State.OBSERVED)
    named = {"signer_name": "Ana", "signer_charge": "Enlace"} | missing
    said = {"snapshot": "{}", "sha256": "0" * 64, "declaration": "Sí", "submitted_at": AT, "submitted_by": case.owner}
    with pytest.raises(DatabaseError, match="name and post"), transaction.atomic():
        case.application.submissions.create(round=2, **said, **named)


def test_what_was_sent_before_tells_what_is_known_of_the_account(case):
    case.owner.charge = "Enlace"
    assert Submission(submitted_by=case.owner).signer == f"{case.owner.full_name}, Enlace"
    case.owner.charge = ""
    assert Submission(submitted_by=case.owner).signer == case.owner.full_name


def test_nobody_declares_without_a_name():
    with pytest.raises(ActionRefused, match="nombre completo"):
        Declaration("Sí", " ", "Enlace")
