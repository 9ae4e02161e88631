"""The whole dossier as one ZIP: what it holds, what it names, and who may take it."""

import csv
import io
import zipfile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from certification.applications.enums import State
from certification.evidence import actions as evidence
from certification.evidence.enums import Derivation, RevisionState
from certification.evidence.models import Document, Revision
from tests.certification.evidence import files
from tests.certification.evidence.factories import PDF, RevisionFactory, upload
from tests.certification.review.factories import AT, make_case, stored_use_of, use_of

pytestmark = pytest.mark.django_db
OTHER = files.pdf(pages=2)


def url(case):
    return reverse("dossier_zip", args=[case.application.folio])


def taken(client, case, who):
    client.force_login(getattr(case, who))
    response = client.get(url(case))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def lines(found):
    text = found.read("indice.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def titled(use, title):
    Document.objects.filter(pk=use.document_id).update(title=title)


def test_every_file_is_in_it_once_and_every_use_in_the_index(client):
    case = make_case(State.DRAFT)
    use, other = stored_use_of(case.application, "DEI-1.1"), stored_use_of(case.application, "DEI-1.2", content=OTHER)
    use.pk, use.item = None, "DEI-1.2"
    use.save()
    titled(use, "Política de inclusión")
    titled(other, "=HYPERLINK(1)")
    found = taken(client, case, "owner")
    assert found.testzip() is None
    path, second = "DEI-1.1/01-Política de inclusión.pdf", "DEI-1.2/01-=HYPERLINK(1).pdf"
    assert found.namelist() == [path, second, "indice.csv", "indice.pdf"]
    assert (found.read(path), found.read(second)) == (PDF, OTHER)
    assert {one.compress_type for one in found.infolist()} == {zipfile.ZIP_STORED}
    rows = [[row[name] for name in ("Archivo", "Requisito", "SHA-256", "Dónde", "Estado")] for row in lines(found)]
    sha, other_sha = use.revision.sha256, other.revision.sha256
    assert rows == [
        [path, "DEI-1.1", sha, "p. 1", "Incluido"],
        [second, "DEI-1.2", other_sha, "p. 1", "Incluido"],
        [path, "DEI-1.2", sha, "p. 1", "Incluido"],
    ]
    assert [row["Documento"] for row in lines(found)][1] == "'=HYPERLINK(1)"
    assert len(pikepdf.open(io.BytesIO(found.read("indice.pdf"))).pages) == 1


def test_what_may_not_be_read_is_named_and_not_contained(client):
    case = make_case(State.DRAFT)
    for state, said in (
        (RevisionState.QUARANTINED, {"checked_at": None}),
        (RevisionState.REJECTED, {"checked_at": AT, "reason": "Trae un virus.", "remedy": "Sube otro."}),
    ):
        use = stored_use_of(case.application, "DEI-1.1", content=files.pdf(pages=3 + len(said)))
        Revision.objects.filter(pk=use.revision_id).update(state=state, **said)
    found = taken(client, case, "reader")
    assert found.namelist() == ["indice.csv", "indice.pdf"]
    assert [row["Estado"] for row in lines(found)] == ["No está: en revisión", "No está: rechazado"]
    assert [row["Archivo"] for row in lines(found)] == ["", ""]


def test_a_lost_file_is_named_and_breaks_nothing(client):
    case = make_case(State.DRAFT)
    kept = stored_use_of(case.application, "DEI-1.1", content=OTHER)
    lost, cut = stored_use_of(case.application, "DEI-1.2"), use_of(case.application, "DEI-2.1")
    default_storage.delete(lost.revision.file)
    default_storage.save(cut.revision.file, io.BytesIO(b"%PDF-1.3"))  # not the whole of it
    found = taken(client, case, "owner")
    assert found.testzip() is None
    assert found.namelist() == [f"DEI-1.1/01-{kept.document.title}.pdf", "indice.csv", "indice.pdf"]
    assert [row["Estado"].partition(":")[0] for row in lines(found)] == ["Incluido", "No está", "No está"]


def test_the_programme_takes_what_was_sent_and_the_employer_reads_it(client):
    case = make_case(State.IN_REVIEW)
    use = stored_use_of(case.application, "DEI-1.1")
    assert PDF in [found.read(name) for found in [taken(client, case, "reviewer")] for name in found.namelist()]
    event = Event.objects.about(case.application).get(action="dossier_taken")
    said = {"files": {str(use.document_id): [1]}, "role": "reviewer", "body": case.body.name}
    assert (event.actor, event.data) == (case.reviewer, said)
    taken(client, case, "owner")
    client.force_login(case.reviewer)
    assert client.head(url(case))["Content-Type"] == "application/zip"
    assert Event.objects.filter(action="dossier_taken").count() == 1


def test_the_programme_gets_the_masked_copy_of_a_sealed_original(client):
    case = make_case(State.IN_REVIEW)
    use = stored_use_of(case.application, "DEI-1.1")
    copy = evidence.add_document(case.application.employer, upload("tapado.pdf", OTHER), actor=case.owner, at=AT)
    masked = {"derived_from": use.revision, "derivation": Derivation.MASKED}
    Revision.objects.filter(pk=copy.pk).update(document=use.document, number=2, **masked)
    name = f"DEI-1.1/01-{use.document.title}.pdf"
    found = taken(client, case, "manager")
    assert (found.read(name), lines(found)[0]["Estado"]) == (OTHER, "Copia con datos personales tapados")
    assert taken(client, case, "owner").read(name) == PDF


def test_who_may_not_see_the_application_finds_nothing(client):
    case = make_case(State.DRAFT)
    assert client.get(url(case)).url.startswith(reverse("account_login"))
    for who in ("foreigner", "reviewer", "decider", "manager"):
        client.force_login(getattr(case, who))
        assert client.get(url(case)).status_code == 404
    client.force_login(case.owner)
    assert client.post(url(case)).status_code == 405


def test_many_files_are_as_many_queries_as_few(client):
    case, counts = make_case(State.IN_REVIEW), []
    for _more in range(2):
        for item in ("DEI-1.1", "DEI-1.2", "DEI-2.1"):
            use_of(case.application, item)
        client.force_login(case.manager)
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(url(case)).streaming_content)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.s3
def test_from_an_object_store(s3_storage, client):
    case = make_case(State.DRAFT)
    stored_use_of(case.application, "DEI-1.1")
    lost = RevisionFactory(document=use_of(case.application, "DEI-1.2").document, number=2)
    case.application.evidence_uses.filter(item="DEI-1.2").update(revision=lost)
    found = taken(client, case, "owner")
    assert next(found.read(name) for name in found.namelist()) == PDF
    assert [row["Estado"].partition(":")[0] for row in lines(found)] == ["Incluido", "No está"]
