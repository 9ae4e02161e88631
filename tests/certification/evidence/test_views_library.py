"""The library: what is there, and many files at once."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from certification.evidence.models import Document, Revision
from certification.evidence.search.index import index_document
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory, upload
from tests.employers.factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def library(member):
    return reverse("document_list", args=[member.employer_id])


@pytest.fixture
def sending(member):
    return reverse("document_upload", args=[member.employer_id])


def send(client, url, *uploads, **data):
    return client.post(url, {"files": list(uploads), "kind": "other", **data}, follow=True)


def test_files_are_kept_and_listed(client, member, sending, library):
    client.force_login(member.user)
    response = send(client, sending, upload(), upload("foto.png", files.image()), kind="policy", issued_on="2026-01-14")
    assert response.redirect_chain == [(library, 302)]
    assert "Guardamos 2 archivos." in response.text
    for words in ("Tabulador 2026", "foto", "Política", "PDF, 1 página", "emitido el 14 ene 2026", "Sin usar todavía"):
        assert words in response.text
    document = Document.objects.get(title="foto")
    assert (document.employer, document.created_by) == (member.employer, member.user)
    assert Event.objects.about(document).get().actor == member.user


def test_sent_twice_is_one_document(client, member, sending):
    client.force_login(member.user)
    send(client, sending, upload())
    response = send(client, sending, upload("otra.pdf"), upload("mala.pdf", b""))
    assert Document.objects.get().title == "Tabulador 2026"
    assert "Ya lo tenías" in response.text


def test_each_file_has_its_own_fate(client, member, sending):
    client.force_login(member.user)
    response = send(client, sending, upload(), upload("cifrado.pdf", files.pdf_encrypted()))
    assert response.status_code == 422
    kept, refused = (response.text.split(f'role="{role}">')[1].split("</div>")[0] for role in ("status", "alert"))
    assert "Guardado y revisado" in kept
    assert "cifrado.pdf" not in kept
    assert "No guardamos 1 archivo<" in refused
    assert "El archivo pide contraseña o está cifrado. Guárdalo sin ella y súbelo otra vez." in refused
    assert [document.title for document in Document.objects.all()] == ["Tabulador 2026"]


def test_nothing_chosen_and_too_many_are_said(client, member, sending, settings):
    client.force_login(member.user)
    response = client.post(sending, {"kind": "other"})
    assert (response.status_code, "Elige al menos un archivo." in response.text) == (422, True)
    settings.MAX_UPLOAD_FILES = 1
    response = send(client, sending, upload(), upload("b.pdf"))
    assert "Elegiste 2 archivos y caben 1 a la vez." in response.text
    assert not Document.objects.exists()


def test_limits_are_said_before(client, member, library, settings):
    settings.MAX_UPLOAD_MB = 33
    client.force_login(member.user)
    response = client.get(library)
    assert "Hasta 33 MB cada uno y 40 a la vez." in response.text
    assert "Todavía no hay documentos" in response.text


def test_store_that_refuses_says_so(client, member, sending, tmp_path):
    (tmp_path / "files").write_text("")
    client.force_login(member.user)
    response = send(client, sending, upload())
    assert "No pudimos guardar el archivo por una falla nuestra." in response.text
    assert not Document.objects.exists()


def test_reader_sees_and_does_not_upload(client, member, library, sending):
    client.force_login(MembershipFactory(employer=member.employer, reader=True).user)
    assert "Subir y guardar" not in client.get(library).text
    assert send(client, sending, upload()).status_code == 403
    assert not Document.objects.exists()


def test_others_do_not_find_it(client, library, sending):
    assert client.get(library).url == f"{reverse('account_login')}?next={library}"
    assert client.post(sending).url == f"{reverse('account_login')}?next={sending}"
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        client.force_login(person)
        assert client.get(library).status_code == 404
        assert send(client, sending, upload()).status_code == 404


def test_wrong_methods(client, member, library, sending):
    client.force_login(member.user)
    assert client.get(sending).status_code == 405
    assert client.post(library).status_code == 405


def test_search_by_word_and_kind(client, member, library):
    for title, kind in (("Acta de comité", "minutes"), ("Política salarial", "policy")):
        document = DocumentFactory(employer=member.employer, title=title, kind=kind)
        index_document(RevisionFactory(document=document).document)
    index_document(RevisionFactory(document__title="Acta ajena").document)
    client.force_login(member.user)
    assert [d.title for d in client.get(library, {"q": "acta"}).context["page_obj"]] == ["Acta de comité"]
    assert [d.title for d in client.get(library, {"kind": "policy"}).context["page_obj"]] == ["Política salarial"]
    assert "Ningún documento coincide" in client.get(library, {"q": "zzz"}).text


def test_queries_do_not_grow(client, member, library):
    client.force_login(member.user)
    counts = []
    for batch in (2, 22):
        RevisionFactory.create_batch(batch, document__employer=member.employer, created_by=member.user)
        client.get(library)
        with CaptureQueriesContext(connection) as queries:
            client.get(library)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18


def test_employer_without_people_has_no_readers(client):
    client.force_login(UserFactory())
    assert client.get(reverse("document_list", args=[EmployerFactory().pk])).status_code == 404


@pytest.mark.s3
def test_the_same_in_an_object_store(s3_storage, client, member, sending):
    client.force_login(member.user)
    response = send(client, sending, upload(), upload("../x.png", files.image()), upload("mala.pdf", b""))
    assert [fate.name for fate in response.context["kept"]] == ["Tabulador 2026.pdf", "x.png"]
    revision = Revision.objects.get(original_name="Tabulador 2026.pdf")
    with default_storage.open(revision.file) as file:
        assert file.read() == upload().read()
    send(client, sending, upload())
    assert len(default_storage.listdir(revision.file.rpartition("/")[0])[1]) == 1
