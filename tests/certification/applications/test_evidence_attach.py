"""Evidence for an item: each file has its own fate, and a document is used as often as it serves."""

import pytest

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Answer, EvidenceUse, RequirementRecord
from certification.evidence.models import Document
from tests.certification.applications.cases import NMX, base, draft
from tests.certification.evidence import files
from tests.certification.evidence.factories import PDF, DocumentFactory, RevisionFactory, upload
from tests.certification.review.factories import make_case, stored_use_of, use_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return draft()


def url(case, item="DEI-1.1"):
    return f"{base(case)}criterios/{item}/"


def chosen(uploads=(), documents=(), item="DEI-1.1"):
    return {f"evidence-{item}-uploads": uploads, f"evidence-{item}-documents": documents, "then": f"attach:{item}"}


def test_a_bad_file_harms_no_other(client, case):
    client.force_login(case.editor)
    sent = [upload("bueno.pdf", files.pdf()), upload("cerrado.pdf", files.pdf_encrypted()), upload("vacío.pdf", b"")]
    response = client.post(url(case), chosen(sent), follow=True)
    page = response.content.decode()
    use = EvidenceUse.objects.get()
    assert (use.item, use.revision.original_name, use.created_by) == ("DEI-1.1", "bueno.pdf", case.editor)
    assert "Guardamos 1 archivo." in page
    kept, refused = (page.split(f'role="{role}">')[1].split("</div>")[0] for role in ("status", "alert"))
    assert page.index('role="alert"') < page.index('role="status"')
    assert "Guardamos 1 archivo.</p><p>Guardado.</p>" in "".join(line.strip() for line in kept.splitlines())
    assert ".pdf" not in kept
    assert "No guardamos 2 archivos:" in refused
    for told in ("cerrado.pdf", "pide contraseña o está cifrado. Guárdalo sin ella y súbelo otra vez.", "vacío.pdf"):
        assert told in refused


def test_the_same_file_twice_is_one_document_used_once(client, case):
    client.force_login(case.editor)
    for _time in range(2):
        client.post(url(case), chosen([upload("uno.pdf", files.pdf())]))
    assert (Document.objects.count(), EvidenceUse.objects.count()) == (1, 1)


def test_a_document_of_the_library_is_used_again(client, case):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner)
    RevisionFactory(document=document, created_by=case.owner)
    client.force_login(case.editor)
    for item in ("DEI-1.1", "DEI-1.2"):
        client.post(url(case, item), chosen(documents=[document.pk], item=item))
    assert set(EvidenceUse.objects.values_list("item", flat=True)) == {"DEI-1.1", "DEI-1.2"}


def test_another_employers_document_cannot_be_used(client, case):
    foreign = RevisionFactory().document
    client.force_login(case.editor)
    response = client.post(url(case), chosen(documents=[foreign.pk]))
    assert response.context["attach"].errors["documents"]
    assert not EvidenceUse.objects.exists()


def test_nothing_chosen_is_said(client, case):
    client.force_login(case.editor)
    response = client.post(url(case), chosen())
    assert "Elige al menos un archivo, o un documento que ya tienes." in response.content.decode()


def test_saying_the_page_and_taking_it_off(client, case):
    use = use_of(case.application, "DEI-1.1")
    client.force_login(case.editor)
    client.post(f"{base(case)}evidencia/{use.pk}/", {"pointer": "p. 3", "shows": "La firma"})
    use.refresh_from_db()
    assert (use.pointer, use.shows) == ("p. 3", "La firma")
    client.post(url(case), {"then": f"detach:{use.pk}"})
    assert not EvidenceUse.objects.exists()
    assert Document.objects.count() == 1


def test_taking_off_twice_is_said_plainly(client, case):
    use = use_of(case.application, "DEI-1.1")
    client.force_login(case.editor)
    pages = [client.post(url(case), {"then": f"detach:{use.pk}"}, follow=True) for _time in range(2)]
    assert "Ya no se usa aquí. Sigue en tus documentos." in pages[0].text
    assert "Ese documento ya no se usa aquí." in pages[1].text
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert "Guardado." not in pages[1].text


@pytest.mark.parametrize("item", ["DEI-1.1", "P1"])
def test_a_tab_left_open_takes_nothing_off_once_it_was_sent(client, item):
    case = make_case(State.SUBMITTED, name=NMX if item == "P1" else "distintivo-ei")
    use = use_of(case.application, item)
    client.force_login(case.editor)
    address = url(case) if item != "P1" else f"{base(case)}participacion/"
    page = client.post(address, {"then": f"detach:{use.pk}"}, follow=True)
    assert (page.status_code, page.redirect_chain) == (200, [(address, 302)])
    assert "Esto ya no se puede cambiar aquí" in page.text
    assert "Guardado." not in page.text
    assert EvidenceUse.objects.filter(pk=use.pk).exists()


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("foreigner", 404), ("manager", 404)])
def test_others_cannot(client, case, who, status):
    use = use_of(case.application, "DEI-1.1")
    client.force_login(getattr(case, who))
    sent = chosen([upload("uno.pdf", files.pdf())])
    assert client.post(url(case), sent).status_code == status
    assert client.post(url(case), {"then": f"detach:{use.pk}"}).status_code == status
    assert EvidenceUse.objects.count() == 1


def test_what_was_typed_is_saved_with_the_file(client, case):
    client.force_login(case.editor)
    typed = {"version": "0", "claim_DEI-1.1": "met", "note": "Firmada en enero."}
    client.post(url(case), typed | chosen([upload("uno.pdf", files.pdf()), upload("roto.pdf", b"")]))
    assert Answer.objects.get().note == "Firmada en enero."
    assert EvidenceUse.objects.count() == 1


def test_a_wrong_date_is_said_and_the_answer_is_saved(client, case):
    client.force_login(case.editor)
    sent = {"note": "Queda", "evidence-DEI-1.1-issued_on": "30/02/2026"} | chosen([upload("uno.pdf", files.pdf())])
    assert "Esa fecha no existe." in client.post(url(case), sent).content.decode()
    assert Answer.objects.get().note == "Queda"
    assert not EvidenceUse.objects.exists()


def test_a_row_of_participation_takes_its_own_file(client):
    case = draft(NMX)
    client.force_login(case.editor)
    sent = {"P2-present": "on", "P2-reference": "12/26"} | chosen([upload("carta.pdf", files.pdf())], item="P1")
    client.post(f"{base(case)}participacion/", sent)
    assert EvidenceUse.objects.get().item == "P1"
    assert RequirementRecord.objects.get().requirement == "P2"


def test_another_files_use_cannot_be_taken_off(client, case):
    foreign = use_of(draft().application, "DEI-1.1")
    client.force_login(case.editor)
    assert client.post(url(case), {"then": f"detach:{foreign.pk}"}).status_code == 404
    assert EvidenceUse.objects.count() == 1


def test_anonymous_goes_to_login(client, case):
    assert client.post(url(case)).url.startswith("/cuenta/login/")


def test_a_store_that_refuses_to_write_leaves_no_row(client, case, settings, tmp_path):
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(blocked)},
        },
    }
    client.force_login(case.editor)
    response = client.post(url(case), chosen([upload("uno.pdf", files.pdf())]), follow=True)
    assert "uno.pdf" in response.content.decode()
    assert not Document.objects.exists()


def test_each_download_of_the_programme_is_recorded(client):
    case = make_case(State.IN_REVIEW)
    use = stored_use_of(case.application, "DEI-1.1")
    address = f"{base(case)}evidencia/{use.pk}/archivo/"
    looks = Event.objects.about(case.application).filter(action="evidence_seen", data__how="download")
    for person, count in ((case.editor, 0), (case.reviewer, 1), (case.reviewer, 2)):
        client.force_login(person)
        assert read(client.get(address)) == PDF
        assert looks.count() == count
    client.head(address)
    read(client.get(address, headers={"range": "bytes=5-"}))  # goes on with what was begun
    assert looks.count() == 2


def test_a_piece_alone_is_a_download(client):
    case = make_case(State.IN_REVIEW)
    use = stored_use_of(case.application, "DEI-1.1")
    client.force_login(case.reviewer)
    read(client.get(f"{base(case)}evidencia/{use.pk}/archivo/", headers={"range": "bytes=5-"}))
    assert Event.objects.about(case.application).filter(action="evidence_seen").count() == 1


def read(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("key", ["²", "-1", "x", "9" * 5000])
def test_a_use_that_is_no_number_takes_nothing_off(client, case, key):
    use_of(case.application, "DEI-1.1")
    client.force_login(case.editor)
    assert client.post(url(case), {"then": f"detach:{key}"}).status_code in {200, 302}
    assert EvidenceUse.objects.count() == 1
