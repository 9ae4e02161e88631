"""A newer file takes the place of the one that it was made from, and never in what was sent."""

import pytest
from django.db.models import F

from certification.applications.enums import State
from certification.applications.following import use_newer_file
from certification.applications.models import Application, EvidenceUse
from certification.evidence.enums import Derivation
from tests.certification.applications.cases import draft
from tests.certification.applications.racing import LOCKING, just_before
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import AT, use_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return draft()


@pytest.fixture
def newer(case):
    """Made from the file of a use of the draft."""
    use = use_of(case.application, "DEI-1.1")
    said = {"derived_from": use.revision, "derivation": Derivation.CLEANED, "created_by": case.editor}
    return RevisionFactory(document=use.document, number=2, **said)


def used():
    return EvidenceUse.objects.get().revision.number


def test_a_draft_uses_what_was_made_from_its_file(case, newer):
    use_newer_file(newer, actor=case.reader)
    assert used() == 1
    use_newer_file(newer, actor=case.editor)
    assert used() == 2


def test_what_is_sent_at_that_moment_keeps_its_file(case, newer):
    def send():
        sent = {"state": State.SUBMITTED, "submitted_at": AT, "version": F("version") + 1}
        Application.objects.filter(pk=case.application.pk).update(**sent)

    with just_before(LOCKING, send):
        use_newer_file(newer, actor=case.editor)
    assert used() == 1
