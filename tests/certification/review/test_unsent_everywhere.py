"""What is typed while observations wait is its employer's, as a draft is: the programme asks every address for it.

An address that is added later is asked, too; see ``test_private_draft``, which does the same for what was never sent.
"""

from itertools import product

import pytest

from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.plan.models import ImprovementAction
from certification.applications.spreadsheet.models import SheetUpload
from tests.certification.applications.test_private_draft import address_of, person_of, routes, values_of
from tests.certification.review.factories import AT
from tests.certification.review.test_unsent import BACK, ITEMS, SENT, STAFF, UNSENT, change_everything, observed_case
from tests.employers.factories import InvitationFactory

pytestmark = pytest.mark.django_db
ASKED = UNSENT[:-4]  # a page repeats what was looked for
# Those who work on the file, one of the same body with every role, and somebody of another employer.
WHO = [*product(STAFF, BACK), ("all", State.OBSERVED), (None, State.OBSERVED)]


@pytest.fixture
def case():
    """Observed, with everything changed since, and with what else an employer keeps beside an application."""
    case = observed_case()
    case.unsent = change_everything(case)
    application, employer = case.application, case.application.employer
    said = {"employer": employer, "standard_code": application.standard.code, "created_by": case.owner}
    ImprovementAction.objects.create(what=UNSENT, criterion="R01", created_at=AT, **said)
    sheet = {"name": UNSENT, "exported_at": AT, "uploaded_at": AT, "uploaded_by": case.owner}
    SheetUpload.objects.create(application=application, **sheet)
    InvitationFactory(employer=employer, invited_by=case.owner)
    return case


def person(case, role):
    return getattr(case, role) if role in STAFF else person_of(case, role)


def addresses(case):
    """Every address, those of an item once for each that was observed, with the evidence that was attached since."""
    use = case.unsent
    values = values_of(case) | {"evidencia/<int:pk>": use.pk, "documentos/<int:pk>": use.document_id}
    for _name, route in routes():
        if not route.startswith("static"):
            yield from {address_of(route, values | {"item": item, "code": item}) for item in ITEMS}


def read(client, address):
    answer = client.get(address)
    return b"".join(answer).decode(errors="replace") if answer.status_code == 200 else ""


@pytest.mark.parametrize(("role", "state"), WHO)
def test_no_address_tells_what_was_not_sent(client, case, role, state):
    Application.objects.update(state=state)
    client.force_login(person(case, role))
    client.raise_request_exception = False
    read_ones, told = 0, {}
    for address in addresses(case):
        for query in [""] if case.application.folio in address else ["", f"?q={ASKED}&estado=todas"]:
            text = read(client, address + query)
            read_ones += bool(text)
            if UNSENT in text or "987654" in text or "987,654" in text:
                told[address] = text[max(0, text.find(UNSENT) - 60) :][:150]
    assert told == {}
    assert read_ones > 20


def test_the_sweep_finds_what_was_sent_and_what_its_employer_typed(client, case):
    """So that the silence of the others says something."""
    client.raise_request_exception = False
    for who, word in ((case.reviewer, SENT), (case.owner, UNSENT)):
        client.force_login(who)
        assert sum(word in read(client, address) for address in addresses(case)) >= 3, word
    assert Application.objects.get().state == State.OBSERVED
