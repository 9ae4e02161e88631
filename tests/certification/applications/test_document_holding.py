"""What is said of a document stays as it was sent while an application that uses it is under review."""

import datetime as dt

import pytest
from django.urls import reverse

from certification.applications.enums import State
from certification.applications.models import EvidenceUse, Observation
from certification.evidence.models import Document
from tests.certification.evidence.factories import DocumentFactory
from tests.certification.review.factories import AT, LATER, POINTER, REASON, RULE, make_case, use_of

pytestmark = pytest.mark.django_db
HOLDING = (State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)
FREE = (State.DRAFT, State.AWARDED, State.DECLINED, State.WITHDRAWN, State.LAPSED)
SAID = {"title": "Otro título", "kind": "minutes", "issued_on": "2026-03-01", "version": "0"}


def items(case):
    return [part.code for part in case.application.standard.document.criteria]


def change(client, document, **said):
    return client.post(reverse("document_update", args=[document.pk]), SAID | said)


def titles(document):
    return Document.objects.get(pk=document.pk).title


def observe(case, item):
    return Observation.objects.create(
        application=case.application, round=case.application.round, item=item, pointer=POINTER, rule=RULE,
        reason=REASON, created_at=LATER, created_by=case.reviewer,
    )  # fmt: skip


def attach(case, item, document, at=AT):
    made = {"created_at": at, "created_by": case.editor, "revision": document.revisions.get()}
    return EvidenceUse.objects.create(application=case.application, item=item, document=document, **made)


@pytest.mark.parametrize("state", HOLDING)
def test_it_stays_while_it_is_reviewed_and_nothing_typed_is_lost(client, state):
    case = make_case(state)
    document = use_of(case.application, items(case)[0]).document
    client.force_login(case.editor)
    for _again in range(2):
        response = change(client, document)
        assert response.status_code == 422
        assert response.text.count(f"La solicitud {case.application.folio} se envió con estos datos del documento") == 1
        assert 'value="Otro título"' in response.text
        assert 'value="2026-03-01"' in response.text
        assert titles(document) == document.title


@pytest.mark.parametrize("view", ["document_detail", "document_update"])
def test_its_pages_say_that_it_is_held_and_why(client, view):
    case = make_case(State.IN_REVIEW)
    document = use_of(case.application, items(case)[0]).document
    client.force_login(case.editor)
    page = client.get(reverse(view, args=[document.pk])).text
    assert page.count(f"La solicitud {case.application.folio} se envió con estos datos del documento") == 1
    assert "Cambiar estos datos" not in page


@pytest.mark.parametrize("state", FREE)
def test_it_changes_before_and_afterwards(client, state):
    case = make_case(state)
    document = use_of(case.application, items(case)[0]).document
    client.force_login(case.editor)
    assert "Cambiar estos datos" in client.get(reverse("document_detail", args=[document.pk])).text
    assert change(client, document).status_code == 302
    assert titles(document) == "Otro título"


def test_a_document_that_it_does_not_use_changes_and_the_same_data_are_no_change(client):
    case = make_case(State.DECIDED)
    used = use_of(case.application, items(case)[0]).document
    other = DocumentFactory(employer=case.application.employer)
    client.force_login(case.editor)
    assert change(client, other).status_code == 302
    assert titles(other) == "Otro título"
    same = {"title": used.title, "kind": used.kind, "issued_on": ""}
    assert change(client, used, **same).status_code == 302
    assert Document.objects.get(pk=used.pk).version == 0


def test_with_observations_only_what_proves_something_observed_changes(client):
    case = make_case(State.OBSERVED)
    first, second = items(case)[:2]
    held, free = (use_of(case.application, item).document for item in (first, second))
    observe(case, second)
    client.force_login(case.editor)
    assert case.application.folio in change(client, held).text
    assert change(client, free).status_code == 302
    assert (titles(held), titles(free)) == (held.title, "Otro título")


def test_with_observations_what_also_proves_something_else_can_be_mended(client):
    case = make_case(State.OBSERVED)
    first, second = items(case)[:2]
    document = use_of(case.application, first).document
    attach(case, second, document)
    observe(case, second)
    client.force_login(case.editor)
    assert change(client, document).status_code == 302


def test_attaching_it_to_something_observed_afterwards_frees_nothing(client):
    case = make_case(State.OBSERVED)
    first, second = items(case)[:2]
    document = use_of(case.application, first).document
    observe(case, second)
    attach(case, second, document, at=LATER + dt.timedelta(hours=1))
    client.force_login(case.editor)
    assert case.application.folio in change(client, document).text
    assert titles(document) == document.title


def test_people_of_another_employer_do_not_find_it(client):
    case = make_case(State.IN_REVIEW)
    document = use_of(case.application, items(case)[0]).document
    for person in (case.foreigner, case.reviewer, case.manager):
        client.force_login(person)
        assert change(client, document).status_code == 404
        assert client.get(reverse("document_detail", args=[document.pk])).status_code == 404
