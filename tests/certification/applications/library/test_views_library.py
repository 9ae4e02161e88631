"""The library seen from the applications: where each document is used, and what narrows the list."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.applications.models import EvidenceUse
from tests.certification.applications.cases import NMX, draft
from tests.certification.applications.workplaces import several
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return several(case=draft(NMX), whole=False)


@pytest.fixture
def library(case):
    return reverse("document_list", args=[case.application.employer_id])


@pytest.fixture
def document(case):
    return with_file(case, title="Política de igualdad", issued_on=timezone.localdate())


def with_file(case, **said):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner, **said)
    RevisionFactory(document=document, created_by=case.owner)
    return document


def use(case, document, *items, workplace=None):
    for item in items:
        EvidenceUse.objects.create(
            application=case.application, item=item, document=document, revision=document.newest, workplace=workplace,
            created_at=timezone.now(), created_by=case.owner, pointer="p. 3",
        )  # fmt: skip


def titles(client, library, **asked):
    return [document.title for document in client.get(library, asked).context["page_obj"]]


def test_rows_say_in_how_many_criteria_and_until_when(client, case, document, library):
    use(case, document, "R01", "R02")
    use(case, document, "R02", workplace=case.application.workplaces.first())
    client.force_login(case.owner)
    page = client.get(library).text
    for words in ("Usado en 2 criterios", "Vigente hasta el", case.application.standard.document.short_title):
        assert words in page


def test_the_page_of_a_document_lists_each_use_with_its_link(client, case, document):
    place = case.application.workplaces.get(name="Planta Sur")
    use(case, document, "R02", "R01", "P1")
    use(case, document, "R03", workplace=place)
    client.force_login(case.owner)
    page = client.get(reverse("document_detail", args=[document.pk])).text
    folio = case.application.folio
    criterion = reverse("criterion_edit", args=[folio, "R02"])
    for words in (
        folio,
        criterion,
        reverse("participation_edit", args=[folio]) + "#P1",
        "sólo para Planta Sur",
        "p. 3",
    ):
        assert words in page
    assert reverse("local_answer_edit", args=[folio, "R03", place.pk]) in page
    assert page.index('class="code">R01') < page.index('class="code">R02')


def test_narrowed_by_use(client, case, document, library):
    with_file(case, title="Suelto")
    use(case, document, "R01")
    client.force_login(case.owner)
    folio = case.application.folio
    assert titles(client, library, used="-") == ["Suelto"]
    assert titles(client, library, used=folio) == titles(client, library, used=folio, item="R01") == [document.title]
    assert titles(client, library, used=folio, item="R02") == []
    assert "Ningún documento coincide" in client.get(library, {"used": folio, "item": "R02"}).text


def test_an_application_of_others_is_no_choice(client, case, document, library):
    other = draft(NMX)
    client.force_login(case.owner)
    page = client.get(library, {"used": other.application.folio})
    assert page.context["filter"].errors["used"]
    assert other.application.folio not in client.get(library).text


@pytest.mark.parametrize(
    ("days", "age"), [(0, "year"), (200, "half"), (400, "old"), (None, "undated")]
)  # fmt: skip
def test_narrowed_by_age(client, case, library, days, age):
    today = timezone.localdate()
    day = None if days is None else today - dt.timedelta(days=days)
    with_file(case, title="Uno", issued_on=day)
    client.force_login(case.owner)
    found = {one for one in ("year", "half", "old", "undated") if titles(client, library, age=one)}
    assert age in found
    assert found - {age} <= ({"year"} if day and day.year == today.year else set())


def test_ordered_by_title_and_day_the_undated_last(client, case, library):
    for title, day in (("B", dt.date(2026, 1, 1)), ("A", dt.date(2026, 2, 1)), ("C", None)):
        with_file(case, title=title, issued_on=day)
    client.force_login(case.owner)
    assert titles(client, library, order="title") == ["A", "B", "C"]
    assert titles(client, library, order="newest") == ["A", "B", "C"]
    assert titles(client, library, order="oldest") == ["B", "A", "C"]


def test_narrowed_by_the_state_of_the_newest_file(client, case, library):
    RevisionFactory(document__employer=case.application.employer, state="quarantined", checked_at=None)
    with_file(case, title="Revisado")
    client.force_login(case.owner)
    assert titles(client, library, state="clean") == ["Revisado"]
    assert len(titles(client, library, state="quarantined")) == 1


def test_queries_are_the_same_for_10_and_200(client, case, library):
    client.force_login(case.owner)
    counts = []
    for batch in (10, 190):
        add_evidence_of(case, batch)
        page = reverse("document_detail", args=[with_file(case).pk])
        for address in (library, library + "?life=soon&order=title", page):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 22


def add_evidence_of(case, count):
    for document in [with_file(case) for _ in range(count)]:
        use(case, document, "R01", "R02")


def test_readers_see_uses_and_others_nothing(client, case, document, library):
    use(case, document, "R01")
    page = reverse("document_detail", args=[document.pk])
    client.force_login(MembershipFactory(employer=case.application.employer, reader=True).user)
    assert case.application.folio in client.get(page).text
    client.force_login(MembershipFactory(owner=True).user)
    assert client.get(page).status_code == client.get(library).status_code == 404
