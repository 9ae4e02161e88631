"""A page that is seen again by two people, or while the application that uses it is sent: both come to an end."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.applications.models import EvidenceUse
from certification.evidence import actions
from certification.evidence.links.actions import add_link, see_again
from certification.evidence.models import Revision
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import SIGNS, base, complete_draft
from tests.certification.applications.racing import Person, just_before
from tests.certification.evidence.factories import upload

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, DAY = "https://ejemplo.org/igualdad", dt.date(2026, 3, 2)
LOCKING = 'FROM "employers_employer" WHERE'


@pytest.fixture
def case():
    return complete_draft()


@pytest.fixture
def first(case):
    revision = add_link(case.application.employer, PAGE, seen_on=DAY, actor=case.owner, at=timezone.now())
    return Revision.objects.select_related("document__employer").get(pk=revision.pk)


def again(case, revision, **said):
    return see_again(revision, actor=case.owner, at=timezone.now(), **{"seen_on": timezone.localdate()} | said)


def test_who_sends_and_who_sees_do_not_wait_for_each_other(case, first):
    EvidenceUse.objects.filter(application=case.application).update(document=first.document, revision=first)
    sender = Person(case.owner, f"{base(case)}enviar/", SIGNS | {"password": PASSWORD})
    with just_before(LOCKING, sender.start):
        last = again(case, first)
    page = sender.read()
    assert "La enviaste." in page or "cambió mientras firmabas" in page, page
    used = EvidenceUse.objects.filter(application=case.application).values_list("revision__number", flat=True)
    assert (last.number, len(set(used))) == (2, 1)


def test_two_who_see_it_on_one_day_see_it_once(case, first):
    other = Person(case.editor, reverse("link_seen", args=[first.document_id, 1]), {})
    with just_before(LOCKING, other.start):
        last = again(case, first)
    assert "Guardamos que la viste hoy." in other.read()
    assert (last.number, Revision.objects.filter(document=first.document).count()) == (2, 2)


def test_a_file_that_came_meanwhile_stays_the_last(case, first):
    def put():
        actions.add_revision(first.document, upload(), actor=case.owner, at=timezone.now())

    with just_before(LOCKING, put), pytest.raises(ActionRefused):
        again(case, first)
