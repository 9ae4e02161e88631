"""The inbox: what nothing uses yet is described and placed, many at once, each with its own fate."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from certification.evidence.models import Document
from certification.evidence.search.index import index_document
from tests.accounts.factories import UserFactory
from tests.certification.applications.cases import NMX, draft
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    case = draft(NMX)
    client.force_login(case.owner)
    return case


@pytest.fixture
def url(case):
    return reverse("inbox", args=[case.application.employer_id])


def dropped(case, title, **said):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner, title=title, **said)
    RevisionFactory(document=document, created_by=case.owner, original_name=f"{title}.pdf")
    index_document(document)
    return document


def filled(*rows):
    """What the page posts: (document, changes) each."""
    data = {"document": [document.pk for document, _changes in rows]}
    for document, changes in rows:
        said = {
            "version": document.version,
            "title": document.title,
            "kind": document.kind,
            "issued_on": "",
            "item": "",
        }
        data |= {f"d{document.pk}-{name}": value for name, value in (said | changes).items()}
    return data


def test_many_are_placed_at_once_and_leave(client, case, url):
    one, two, three = (dropped(case, title) for title in ("Tabulador", "Acta", "Otro"))
    said = {"item": "R07", "kind": "figure", "issued_on": "2026-05-04", "title": "Tabulador 2026"}
    response = client.post(url, filled((one, said), (two, {"item": "R02"}), (three, {})), follow=True)
    assert "Guardamos 2 documentos." in response.text
    uses = EvidenceUse.objects.filter(application=case.application, created_by=case.owner)
    assert {(use.document_id, use.item) for use in uses} == {(one.pk, "R07"), (two.pk, "R02")}
    one.refresh_from_db()
    assert (one.title, one.kind, one.issued_on, one.version) == ("Tabulador 2026", "figure", dt.date(2026, 5, 4), 1)
    assert Event.objects.about(one).last().actor == case.owner
    assert [form.instance for form in response.context["forms"]] == [three]


def test_a_fault_harms_no_other_and_is_said(client, case, url):
    good, bad = dropped(case, "Bueno"), dropped(case, "Malo")
    response = client.post(url, filled((bad, {"item": "R02", "issued_on": "2026-02-31"}), (good, {"item": "R01"})))
    assert response.status_code == 422
    assert [form.instance.pk for form in response.context["forms"]] == [bad.pk]
    for words in ("Un documento no se guardó", "Malo:", "Guardamos 1 documento.", 'value="R02" selected'):
        assert words in response.text
    assert EvidenceUse.objects.get().document == good


def test_the_second_of_two_sees_both_texts_and_nothing_is_placed(client, case, url):
    document = dropped(case, "Acta")
    mine = filled((document, {"title": "La mía", "item": "R02"}))
    Document.objects.update(title="La de otra persona", version=3)
    response = client.post(url, mine)
    assert response.status_code == 422
    assert "guardado ahora «La de otra persona», escribiste «La mía»" in response.text
    assert not EvidenceUse.objects.exists()
    (form,) = response.context["forms"]
    again = client.post(url, mine | {f"d{document.pk}-version": form["version"].value()})
    assert (again.status_code, Document.objects.get().title) == (302, "La mía")


def test_sent_twice_is_as_once(client, case, url):
    data = filled((dropped(case, "Acta"), {"item": "R02", "kind": "minutes"}))
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    assert (EvidenceUse.objects.count(), Document.objects.get().version) == (1, 1)


def test_suggestions_are_shown_taken_by_their_button_and_never_alone(client, case, url):
    document = dropped(case, "Tabulador de salarios")
    page = client.get(url).text
    for words in ("Sugerencia:", "«tabulador»", "Sugerencia de tipo: Dato o estadística"):
        assert words in page
    assert 'value="R07" selected' not in page
    row = filled((document, {"title": "Tabulador nuevo de salarios"}))
    taken = client.post(url, row | {"take": f"{document.pk}:item"})
    assert 'value="R07" selected' in taken.text
    assert "Tabulador nuevo de salarios" in taken.text
    assert 'value="figure" selected' in client.post(url, row | {"take": f"{document.pk}:kind"}).text
    assert (EvidenceUse.objects.count(), Document.objects.get().version) == (0, 0)


def test_it_can_be_described_without_a_draft(client, case, url):
    Application.objects.update(state=State.WITHDRAWN)
    document = dropped(case, "Acta")
    assert "No tienes una solicitud en preparación" in client.get(url).text
    client.post(url, filled((document, {"kind": "minutes", "item": "R01"})))
    assert (Document.objects.get().kind, EvidenceUse.objects.count()) == ("minutes", 0)


def test_what_is_refused_since_is_said_in_words(client, case, url):
    document = dropped(case, "Acta")
    document.revisions.update(state="rejected", reason="Daño.", remedy="Otro.")
    response = client.post(url, filled((document, {"item": "R01"})))
    assert response.status_code == 422
    assert "no tiene un archivo que se pueda usar" in response.text


def test_only_what_waits_is_listed_and_the_empty_one_says_what_next(client, case, url):
    assert "La bandeja está vacía" in client.get(url).text
    used = dropped(case, "Usado")
    EvidenceUse.objects.create(
        application=case.application, item="R01", document=used, revision=used.newest, created_at=timezone.now(),
        created_by=case.owner,
    )  # fmt: skip
    waiting = dropped(case, "Suelto")
    assert [form.instance for form in client.get(url).context["forms"]] == [waiting]


def test_documents_and_applications_of_others_are_not_found(client, case, url):
    other = draft(NMX)
    strange = dropped(other, "Ajeno")
    client.force_login(case.owner)
    response = client.post(f"{url}?solicitud={other.application.folio}", filled((strange, {"item": "R01"})))
    assert response.status_code == 302
    assert not EvidenceUse.objects.exists()
    page = client.get(f"{url}?solicitud={other.application.folio}")
    assert page.context["application"] == case.application


def test_who_may_not(client, case, url):
    client.logout()
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    for person, status in (
        (MembershipFactory(employer=case.application.employer, reader=True).user, 403),
        (MembershipFactory(owner=True).user, 404),
        (UserFactory(), 404),
    ):
        client.force_login(person)
        assert client.get(url).status_code == client.post(url).status_code == status
    assert client.put(url).status_code == 405


def test_queries_do_not_grow_with_the_inbox(client, case, url):
    counts = []
    for batch in (3, 17):
        for number in range(batch):
            dropped(case, f"Documento {batch} {number}")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
