"""What an employer says of a document is sent with it, and read by who reviews."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.applications import snapshot
from certification.applications.dossier import load
from certification.applications.enums import State
from certification.applications.models import Submission
from certification.applications.sent import use_as_sent
from certification.evidence.models import Document
from certification.review import actions as review
from certification.standards.canonical import canonical_text, sha256_of
from tests.certification.review.factories import AT, DECLARED, NAMED, answer_all, make_case, send, use_of, verify

pytestmark = pytest.mark.django_db
ITEM = "R01"
SAID = {"language": "indigenous", "signatory": "Dirección", "note": "En náhuatl.", "is_confidential": True}


@pytest.fixture
def case():
    case = make_case(State.IN_REVIEW, name="nmx-r-025-scfi-2015", answered=False)
    answer_all(case.application, sent=False)
    case.use = use_of(case.application, ITEM)
    Document.objects.filter(pk=case.use.document_id).update(**SAID)
    return case


def observe(case):
    verify(case, at=timezone.now())
    verify(case, ITEM, "not_met", at=timezone.now())
    review.observe(case.fresh(), items=[ITEM], actor=case.reviewer, at=timezone.now())


def test_who_reviews_reads_it_with_its_mark(client, case):
    send(case.application)
    client.force_login(case.reviewer)
    page = client.get(reverse("review_item", args=[case.application.folio, ITEM])).text
    for words in ("Confidencial", "Lo firma Dirección", "Idioma: Una lengua indígena", "En náhuatl."):
        assert words in page


def test_it_is_sent_and_read_as_it_was_sent(case):
    send(case.application)
    observe(case)
    Document.objects.update(language="en", signatory="Otra", note="Otra", is_confidential=False)
    found = use_as_sent(case.fresh(), case.use).document
    assert {name: getattr(found, name) for name in SAID} == SAID


def test_an_older_snapshot_without_it_is_still_read(case):
    send_as_before(case.application)
    observe(case)
    found = use_as_sent(case.fresh(), case.use).document
    assert (found.language, found.signatory, found.note, found.is_confidential) == ("es", "", "", True)


def send_as_before(application):
    """What was sent before these were asked."""
    said = json.loads(snapshot.take(load(application, AT.date()), declaration=DECLARED, at=AT))
    for use in (use for uses in said["evidence"].values() for use in uses):
        for name in ("language", "signatory", "note", "confidential"):
            del use[name]
    text, who = canonical_text(said), application.created_by
    Submission.objects.create(
        application=application, round=1, snapshot=text, sha256=sha256_of(text), declaration=DECLARED.text,
        submitted_at=AT, submitted_by=who, **NAMED,
    )  # fmt: skip
