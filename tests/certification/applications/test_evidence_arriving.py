"""A file that a script sends by itself from the page of an item, and that is attached there."""

import pytest
from django.urls import reverse

from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence.models import Document
from certification.evidence.uploads.models import PendingUpload
from tests.certification.applications.cases import draft
from tests.certification.applications.workplaces import several
from tests.certification.evidence import files
from tests.certification.evidence.factories import PDF
from tests.certification.evidence.sending import FROM_SCRIPT, begin, put
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
ITEM = "DEI-1.1"


@pytest.fixture
def case(client):
    case = draft()
    client.force_login(case.owner)
    return case


def sent(client, case, name="acta.pdf", content=PDF):
    begun = begin(client, case.application.employer, name, content).json()
    assert put(client, begun, content) == 200
    return begun["upload"]


def finish(client, case, upload, *, item=ITEM, query="", **said):
    address = reverse("evidence_upload_finish", args=[case.application.folio, item])
    data = {"upload": upload, **{f"evidence-{item}-{name}": value for name, value in said.items()}}
    return client.post(address + query, data, headers=FROM_SCRIPT)


def test_file_is_attached_and_told(client, case):
    response = finish(client, case, sent(client, case), issued_on="2026-01-14")
    assert (response.status_code, "Guardado y revisado" in response.text) == (200, True)
    use = EvidenceUse.objects.get()
    assert (use.item, use.workplace, use.created_by) == (ITEM, None, case.owner)
    assert str(use.document.issued_on) == "2026-01-14"


def test_twice_is_used_once(client, case):
    upload = sent(client, case)
    assert [finish(client, case, upload).status_code for _ in range(2)] == [200, 200]
    assert (EvidenceUse.objects.count(), Document.objects.count()) == (1, 1)
    finish(client, case, sent(client, case, "otra.pdf"), item="DEI-1.2")
    assert (EvidenceUse.objects.count(), Document.objects.count()) == (2, 1)


def test_it_serves_one_workplace_or_all(client, case):
    several(case=case)
    place = case.application.workplaces.get(name="Planta Sur")
    query = f"?centro={place.pk}"
    finish(client, case, sent(client, case), query=query)
    finish(client, case, sent(client, case, "b.pdf", files.pdf(2)), query=query, serves_all="on")
    assert list(EvidenceUse.objects.order_by("pk").values_list("workplace", flat=True)) == [place.pk, None]


def test_what_is_refused_is_not_attached(client, case):
    response = finish(client, case, sent(client, case, content=files.pdf_encrypted()))
    assert (response.status_code, "El archivo pide contraseña" in response.text) == (422, True)
    assert not EvidenceUse.objects.exists()


def test_sent_meanwhile_the_file_waits_in_the_library(client):
    case = make_case(State.SUBMITTED)
    client.force_login(case.owner)
    count = case.application.evidence_uses.count()
    response = finish(client, case, sent(client, case))
    assert response.status_code == 503
    assert "El archivo te espera en tus documentos." in response.text
    assert case.application.evidence_uses.count() == count
    assert PendingUpload.objects.unfinished().count() == 1


def test_nonsense_is_refused(client, case):
    upload = sent(client, case)
    assert finish(client, case, upload, issued_on="ayer").status_code == 400
    answers = [finish(client, case, upload, item="NADA"), finish(client, case, "uno")]
    answers += [finish(client, case, upload, query=f"?centro={place}") for place in ("0", "uno")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert not Document.objects.exists()


def test_only_who_edits_the_application(client, case):
    upload = sent(client, case)
    address = reverse("evidence_upload_finish", args=[case.application.folio, ITEM])
    assert client.get(address).status_code == 405
    for person, status in ((case.reader, 403), (case.foreigner, 404), (case.manager, 404)):
        client.force_login(person)
        assert finish(client, case, upload).status_code == status
    client.logout()
    assert client.post(address).url == f"{reverse('account_login')}?next={address}"
    assert not EvidenceUse.objects.exists()


def test_upload_of_another_employer_is_not_found(client, case):
    other = draft()
    client.force_login(other.owner)
    upload = sent(client, other)
    client.force_login(case.owner)
    assert finish(client, case, upload).status_code == 404
