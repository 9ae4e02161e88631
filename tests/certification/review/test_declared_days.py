"""Who verifies sees the day from which a letter's age is counted, and whether a document bears it."""

import datetime as dt

import pytest
from django.urls import reverse

from certification.applications.models import Application, RequirementRecord
from certification.evidence.models import Document
from look.templatetags import look
from tests.certification.review.factories import AT, make_case, use_of

pytestmark = pytest.mark.django_db
LAPSES, OTHER = "Vence antes de la visita probable", "Ningún documento adjunto lleva esa fecha"


@pytest.fixture
def case():
    case = make_case("in_review", name="nmx-r-025-scfi-2015")
    case.use = use_of(case.application, "P1")
    return case


def declare(case, day):
    RequirementRecord.objects.filter(application=case.application, requirement="P1").update(issued_on=day)


def texts(client, case):
    """The page of the letter, and the dossier of who decides."""
    folio = case.application.folio
    client.force_login(case.reviewer)
    item = client.get(reverse("review_item", args=[folio, "P1"])).text
    Application.objects.filter(folio=folio).update(state="recommended")
    client.force_login(case.decider)
    return item, client.get(reverse("decision", args=[folio])).text


def test_a_day_that_no_document_bears(client, case):
    day = AT.date() - dt.timedelta(days=3)
    declare(case, day)
    Document.objects.filter(pk=case.use.document_id).update(issued_on=day - dt.timedelta(days=200))
    item, dossier = texts(client, case)
    said = look.day(day)
    assert f"<dt>Fecha de emisión que declara</dt><dd>{said}</dd>" in item
    assert f"emitido el {said}" in dossier
    for page in (item, dossier):
        assert OTHER in page
        assert LAPSES not in page


def test_a_letter_that_lapses_before_the_visit(client, case):
    day = AT.date() - dt.timedelta(days=200)
    declare(case, day)
    Document.objects.filter(pk=case.use.document_id).update(issued_on=day)
    for page in texts(client, case):
        assert LAPSES in page
        assert OTHER not in page
