"""«Quién vio mis documentos»: every opening by the programme, for the employer's own people."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from certification.applications.access.actions import record_dossier, record_look
from certification.applications.access.enums import Look
from certification.applications.enums import State
from certification.evidence.models import Document
from tests.certification.review.factories import LATER, make_case, use_of

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
PAGES = ("employer_looks", "document_looks", "employer_looks_csv", "document_looks_csv")


@pytest.fixture
def case():
    return make_case(State.IN_REVIEW)


@pytest.fixture
def use(case):
    found = use_of(case.application, "DEI-1.1")
    Document.objects.filter(pk=found.document_id).update(title="=Política")
    return found


def address(case, use, name):
    return reverse(name, args=[use.document_id if name.startswith("document") else case.application.employer_id])


def page(client, case, use, name, who="reader"):
    client.force_login(getattr(case, who))
    response = client.get(address(case, use, name))
    assert response.status_code == 200
    return response.content.decode()


def table(client, case, use, name):
    client.force_login(case.reader)
    text = b"".join(client.get(address(case, use, name)).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def look_all(case, use):
    other = use_of(case.application, "DEI-1.2")
    record_look(use, how=Look.VIEW, actor=case.reviewer, at=LATER)
    record_look(other, how=Look.DOWNLOAD, actor=case.manager, at=LATER + HOUR)
    record_dossier(case.application, [use.revision, other.revision], actor=case.manager, at=LATER + 2 * HOUR)


def test_nobody_saw_it_yet(client, case, use):
    assert "Nadie del programa lo ha visto" in page(client, case, use, "document_looks")
    assert table(client, case, use, "document_looks_csv") == []


def test_of_one_document_each_opening_with_role_way_and_version(client, case, use):
    look_all(case, use)
    shown = page(client, case, use, "document_looks")
    assert shown.index("Descargó el expediente completo") < shown.index("Lo vio en pantalla")
    assert "Lo descargó" not in shown  # that was the other one
    assert f"Revisión, {case.body.name}" in shown
    assert str(case.reviewer) not in shown


def test_of_all_documents_as_a_table_that_runs_nothing(client, case, use):
    look_all(case, use)
    rows = table(client, case, use, "employer_looks_csv")
    said = [[row[name] for name in ("Quién", "Cómo", "Documento", "Versión", "Requisito", "Solicitud")] for row in rows]
    folio, other = case.application.folio, Document.objects.exclude(pk=use.document_id).get()
    assert said == [
        ["Gestión del programa", "Descargó el expediente completo", "2 documentos", "", "", folio],
        ["Gestión del programa", "Lo descargó", other.title, "1", "DEI-1.2", folio],
        [f"Revisión, {case.body.name}", "Lo vio en pantalla", "'=Política", "1", "DEI-1.1", folio],
    ]
    assert rows[2]["Cuándo"] == "2026-03-17T12:00:00-06:00"


def test_the_reason_for_opening_a_sealed_original_is_read(client, case, use):
    data = {"document": use.document_id, "revision": 1, "item": "DEI-1.1", "role": "reviewer", "body": case.body.name}
    why = "La firma no se ve en la copia."
    Event.record(case.application, "original_opened", actor=case.reviewer, at=LATER, reason=why, data=data)
    for name in ("document_looks", "employer_looks"):
        shown = page(client, case, use, name)
        assert "Abrió el original sellado" in shown
        assert why in shown
    assert table(client, case, use, "document_looks_csv")[0]["Motivo"] == why


def test_what_was_noted_before_roles_were_is_told(client, case, use):
    data = {"document": use.document_id, "revision": 1, "item": "DEI-1.1"}
    Event.record(case.application, "evidence_seen", actor=case.reviewer, at=LATER, data=data)
    rows = table(client, case, use, "document_looks_csv")
    assert [(row["Quién"], row["Cómo"]) for row in rows] == [("El programa", "Lo vio o lo descargó")]


def test_nobody_else_reads_it(client, case, use):
    look_all(case, use)
    for name in PAGES:
        client.logout()
        assert client.get(address(case, use, name)).url.startswith(reverse("account_login"))
        for who in ("foreigner", "reviewer", "decider", "manager"):
            client.force_login(getattr(case, who))
            assert client.get(address(case, use, name)).status_code == 404
        client.force_login(case.owner)
        assert client.post(address(case, use, name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_many_openings_are_as_many_queries_as_few(client, case, use, name):
    client.force_login(case.owner)
    counts = []
    for number in (2, 70):
        for _more in range(number):
            look_all(case, use)
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(address(case, use, name)))
        counts.append(len(asked))
    assert counts[0] == counts[1]
