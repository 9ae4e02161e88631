"""Who sends and who changes what is sent, at the same moment: one waits for the other, and then sees what it did."""

import pytest
from django.urls import reverse

from certification.applications.models import Submission
from certification.evidence.models import Document
from employers.models import Employer, WorkforceFigures
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import SIGNS, base, complete_draft
from tests.certification.applications.racing import Person, just_before

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = {
    "figures": 'UPDATE "employers_workforcefigures"',
    "identity": 'UPDATE "employers_employer"',
    "workplace": 'UPDATE "employers_workplace"',
    "document": 'UPDATE "certification_document"',
}


@pytest.fixture
def case():
    return complete_draft()


def sender(case):
    return Person(case.owner, f"{base(case)}enviar/", SIGNS | {"password": PASSWORD})


def changer(case, what):
    """Somebody who changes something that the application is about to say."""
    workplace, employer = case.application.workplaces.get(), case.application.employer
    address = {
        "figures": reverse("figures_edit", args=[employer.pk, workplace.pk, WorkforceFigures.objects.get().year]),
        "identity": reverse("employer_edit", args=[employer.pk]),
        "workplace": reverse("workplace_edit", args=[employer.pk, workplace.pk]),
        "document": reverse("document_update", args=[Document.objects.get().pk]),
    }[what]
    person = Person(case.editor, address, {})
    form = person.client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    person.sent = {name: value for name, value in shown.items() if value not in (None, False)} | {
        "figures": {"women": "77"},
        "identity": {"legal_name": "Otra, S.A. de C.V.", "confirm_rfc": "on"},
        "workplace": {"name": "Otro nombre"},
        "document": {"title": "Otro título"},
    }[what]
    return person


def changed(case):
    """How many of the changes are stored."""
    return sum((
        WorkforceFigures.objects.filter(women=77).count(),
        Employer.objects.filter(legal_name__startswith="Otra").count(),
        case.application.workplaces.filter(name="Otro nombre").count(),
        Document.objects.filter(title="Otro título").count(),
    ))  # fmt: skip


@pytest.mark.parametrize("what", WRITES)
def test_who_changes_first_makes_the_other_sign_again(case, what):
    sends, changes = sender(case), changer(case, what)
    with just_before(WRITES[what], sends.begin):
        changes.press()
    assert "cambió mientras firmabas" in sends.read()
    assert (changed(case), Submission.objects.count()) == (1, 0)


@pytest.mark.parametrize("what", WRITES)
def test_what_is_being_sent_is_no_longer_changed(case, what):
    sends, changes = sender(case), changer(case, what)
    with just_before('INSERT INTO "certification_submission"', changes.begin):
        sends.press()
    assert f"La solicitud {case.application.folio} se envió con estos datos" in changes.read()
    assert (changed(case), Submission.objects.count()) == (0, 1)
