"""Personal data of which nothing was decided are marked wherever the document is, before anybody reads them."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.applications import dossier, readiness
from certification.applications.models import EvidenceUse
from certification.evidence import masking
from certification.evidence.actions import add_document
from tests.certification.applications.cases import base, draft
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.evidence.regions.test_actions import copy_of, mark
from tests.certification.evidence.test_sightings import CLABE, CURP
from tests.certification.review.factories import stored_use_of

pytestmark = pytest.mark.django_db
DATA = files.pdf_saying("Portada", f"{CURP}, CLABE {CLABE}")
MARK, WARNED = "Tiene datos personales", "verá los datos personales"
BARE = "Hacer la copia con esto tapado"


@pytest.fixture
def case(client):
    case = draft()
    client.force_login(case.owner)
    return case


def add(case, name="lista.pdf"):
    return add_document(case.application.employer, upload(name, DATA), actor=case.owner, at=timezone.now())


def use(case, revision, item="DEI-1.1"):
    said = {"application": case.application, "item": item, "document": revision.document, "revision": revision}
    return EvidenceUse.objects.create(**said, created_at=timezone.now(), created_by=case.owner)


def guard(revision):
    return reverse("document_detail", args=[revision.document_id]) + "#datos-personales"


def criterion(case, code="DEI-1.1"):
    return f"{base(case)}criterios/{code}/"


def inbox(case):
    return reverse("inbox", args=[case.application.employer_id])


def library(case):
    return reverse("document_list", args=[case.application.employer_id])


def warnings(case):
    loaded = dossier.load(case.fresh(), timezone.localdate())
    return [one for one in readiness.missing(loaded) if WARNED in one.text]


def test_library_inbox_and_chooser_mark_it_and_lead_to_the_guard(client, case):
    revision = add(case)
    for page in (library(case), inbox(case), criterion(case)):
        text = client.get(page).text
        assert text.count(MARK) == 1, page
        assert f'href="{guard(revision)}"' in text, page


def test_criterion_with_the_document_marks_it(client, case):
    revision = add(case)
    use(case, revision)
    text = client.get(criterion(case)).text
    assert text.count(MARK) == 1
    assert f'href="{guard(revision)}"' in text


def test_sending_warns_once_a_document_and_does_not_block(client, case):
    revision = add(case)
    for code in ("DEI-1.2", "DEI-1.1"):
        use(case, revision, code)
    (found,) = warnings(case)
    assert (found.kind, found.code, found.url) == ("warning", "DEI-1.1", guard(revision))
    text = client.get(f"{base(case)}enviar/").text
    assert text.count("verá los datos personales de «lista»") == 1
    assert f'href="{guard(revision)}"' in text


@pytest.mark.parametrize("decide", ["mask", "say_needed"])
def test_what_was_decided_is_marked_nowhere(client, case, decide):
    revision = add(case)
    use(case, revision)
    said = {"reason": "Sólo vale con el número completo."} if decide == "say_needed" else {}
    getattr(masking, decide)(revision, **said, actor=case.owner, at=timezone.now())
    assert warnings(case) == []
    for page in (library(case), criterion(case), criterion(case, "DEI-1.2")):
        assert MARK not in client.get(page).text, page


def test_original_that_still_stands_behind_its_masked_copy_is_not_marked(case):
    revision = add(case)
    masking.mask(revision, actor=case.owner, at=timezone.now())
    use(case, revision)
    assert warnings(case) == []


def test_what_the_employer_marked_warns_until_a_copy_covers_it(client, case):
    member = SimpleNamespace(user=case.owner)
    used = stored_use_of(case.application, "DEI-1.1", name="foto.jpg", content=files.image("JPEG"))
    for left in (1_000, 6_000):
        mark(used.revision, member, left=left)
        (found,) = warnings(case)
        assert found.url == guard(used.revision)
        assert MARK in client.get(criterion(case)).text
        assert BARE in client.get(found.url).text
        copy_of(used.revision, member)
        assert warnings(case) == []
        assert BARE not in client.get(found.url).text


def test_clean_files_are_marked_nowhere(client, case):
    revision = RevisionFactory(document__employer=case.application.employer, document__created_by=case.owner)
    for page in (library(case), inbox(case), criterion(case)):
        assert MARK not in client.get(page).text, page
    use(case, revision)
    assert MARK not in client.get(criterion(case)).text
    assert warnings(case) == []


def test_queries_do_not_grow_with_marked_documents(client, case):
    counts = []
    for _batch in range(2):
        for number in range(4):
            found = [{"kind": "curp", "page": 1, "count": 1}]
            new = {"document__employer": case.application.employer, "document__created_by": case.owner}
            revision = RevisionFactory(**new, personal_data=found)
            if number % 2:
                use(case, revision)
        for page in (inbox(case), criterion(case), f"{base(case)}enviar/"):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
