"""Preparing a renewal while somebody does something else: nobody is told of a deadlock, and each sees the other."""

import pytest
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.renewing.models import Renewal
from certification.evidence.models import Document
from employers.models import Membership
from tests.certification.applications.cases import DEI, base
from tests.certification.applications.racing import Person, just_before
from tests.certification.certificates.renewals import awarded

pytestmark = pytest.mark.django_db(transaction=True)


def renewer(case):
    return Person(case.editor, base(case) + "renovar/", {})


def documenter(case):
    """Somebody who gives a document that is carried another title."""
    document = case.application.evidence_uses.first().document
    address = reverse("document_update", args=[document.pk])
    person = Person(case.editor, address, {})
    form = person.client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    person.sent = {name: value for name, value in shown.items() if value not in (None, False)} | {"title": "Otro"}
    return person


def test_a_document_changes_while_it_is_carried():
    case = awarded(DEI)
    renews, changes = renewer(case), documenter(case)
    with just_before('INSERT INTO "certification_evidenceuse"', changes.start):
        renews.press()
    assert "Abriste la solicitud" in renews.page
    assert "Otro" in changes.read()
    assert (Document.objects.filter(title="Otro").count(), Renewal.objects.count()) == (1, 1)


def test_the_document_was_being_changed():
    case = awarded(DEI)
    renews, changes = renewer(case), documenter(case)
    with just_before('UPDATE "audit_eventhead"', renews.start):
        changes.press()
    assert "Abriste la solicitud" in renews.read()
    assert (Document.objects.filter(title="Otro").count(), Renewal.objects.count()) == (1, 1)


def test_the_people_of_the_employer_change_meanwhile():
    case = awarded(DEI)
    member = Membership.objects.get(employer=case.application.employer, user=case.reader)
    address = reverse("member_edit", args=[case.application.employer_id, member.pk])
    renews, changes = renewer(case), Person(case.owner, address, {"role": "editor"})
    with just_before('UPDATE "audit_eventhead"', changes.start):
        renews.press()
    assert "Abriste la solicitud" in renews.page
    changes.read()
    member.refresh_from_db()
    assert member.role == "editor"


def test_two_press_at_once_and_have_one_draft():
    case = awarded(DEI)
    first, second = renewer(case), Person(case.owner, base(case) + "renovar/", {})
    with just_before('INSERT INTO "certification_renewal"', second.begin):
        first.press()
    assert "Abriste la solicitud" in first.page
    assert "Abriste la solicitud" not in second.read()
    assert (Renewal.objects.count(), Application.objects.count()) == (1, 2)


def test_what_is_being_cancelled_is_not_renewed():
    case = awarded(DEI)
    folio = case.certificate.folio
    address = reverse("change_certificate_status", args=[folio, "cancel"])
    cancels = Person(case.manager, address, {"reason": "Se pidió."})
    renews = renewer(case)
    with just_before('INSERT INTO "certification_statuschange"', renews.begin):
        cancels.press()
    assert "se canceló: no se renueva" in renews.read()
    assert not Renewal.objects.exists()
