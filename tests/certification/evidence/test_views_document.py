"""A document's page: what it is, its versions, and who may change it."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.evidence import actions, previews
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
SAID = {"title": "Acta del comité", "kind": "minutes", "issued_on": "2026-02-12", "proves_from": "2026-01-01"}


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def document(member):
    return actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now()).document


@pytest.fixture
def urls(document):
    return {name: reverse(name, args=[document.pk]) for name in ("document_detail", "document_update", "revision_add")}


def test_page_shows_versions_and_pictures(client, member, document, urls):
    actions.add_revision(document, upload("v2.pdf", files.pdf(5)), actor=member.user, at=timezone.now())
    client.force_login(member.user)
    response = client.get(urls["document_detail"])
    for words in ("Versión 2", "PDF, 5 páginas", "Versión 1", "Las primeras 3 de 5 páginas", str(member.user)):
        assert words in response.text
    assert reverse("document_page", args=[document.pk, 2, 3]) in response.text
    assert response.text.count(document.newest.sha256) == 1
    assert response.text.count('loading="lazy" width="661" height="441"') == 3  # no page moves when they come


def test_pictures_that_are_not_drawn_yet_have_no_size_and_draw_nothing(client, member, document, urls):
    folder = f"{previews.FOLDER}/{document.newest.file}"
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    client.force_login(member.user)
    assert '<img class="sheet" loading="lazy" src=' in client.get(urls["document_detail"]).text
    assert default_storage.listdir(folder)[1] == []


def test_update_is_kept_and_told(client, member, document, urls):
    client.force_login(member.user)
    assert client.get(urls["document_update"]).context["form"].initial["title"] == "Tabulador 2026"
    response = client.post(urls["document_update"], SAID)
    assert response.url == urls["document_detail"]
    document.refresh_from_db()
    assert (document.title, document.kind, document.issued_on) == ("Acta del comité", "minutes", dt.date(2026, 2, 12))
    assert Event.objects.about(document).last().actor == member.user
    assert client.post(urls["document_update"], SAID).url == urls["document_detail"]


def test_the_second_of_two_editors_sees_both_texts_and_may_save_theirs(client, member, document, urls):
    client.force_login(member.user)
    client.post(urls["document_update"], SAID | {"version": "0"})
    client.force_login(MembershipFactory(employer=member.employer).user)
    mine = SAID | {"title": "Minuta", "issued_on": ""}
    response = client.post(urls["document_update"], mine | {"version": "0"})
    assert response.status_code == 409
    for words in ("Alguien guardó cambios", "Acta del comité", 'value="Minuta"', "12 feb 2026"):
        assert words in response.text
    document.refresh_from_db()
    assert (document.title, document.version) == ("Acta del comité", 1)
    assert response.context["form"]["version"].value() == "1"
    assert client.post(urls["document_update"], mine | {"version": "1"}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.issued_on, document.version) == ("Minuta", None, 2)
    assert [event.data.get("fields") for event in Event.objects.about(document)][1:] == [
        ["issued_on", "kind", "proves_from", "title"],
        ["issued_on", "title"],
    ]


def test_update_with_dates_in_disorder_is_refused(client, member, document, urls):
    client.force_login(member.user)
    response = client.post(urls["document_update"], SAID | {"proves_until": "2025-01-01"})
    assert response.status_code == 422
    assert "El periodo termina antes de empezar. Revisa las dos fechas." in response.text
    document.refresh_from_db()
    assert document.title == "Tabulador 2026"


def test_new_version(client, member, document, urls):
    client.force_login(member.user)
    response = client.post(urls["revision_add"], {"file": upload("v2.pdf", files.pdf(2))}, follow=True)
    assert "Guardamos la versión nueva." in response.text
    assert [r.original_name for r in document.revisions.all()] == ["v2.pdf", "Tabulador 2026.pdf"]
    again = client.post(urls["revision_add"], {"file": upload("v2.pdf", files.pdf(2))})
    assert (again.status_code, "Es el mismo archivo que ya está guardado." in again.text) == (422, True)
    assert "Elige al menos un archivo." in client.post(urls["revision_add"]).text
    assert document.revisions.count() == 2


def test_reader_reads_only(client, member, urls):
    client.force_login(MembershipFactory(employer=member.employer, reader=True).user)
    assert "Guardar como versión nueva" not in client.get(urls["document_detail"]).text
    assert client.get(urls["document_update"]).status_code == 403
    assert client.post(urls["document_update"], SAID).status_code == 403
    assert client.post(urls["revision_add"], {"file": upload()}).status_code == 403


def test_others_do_not_find_it(client, urls):
    for url in urls.values():
        assert client.post(url).url == f"{reverse('account_login')}?next={url}"
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        client.force_login(person)
        assert client.get(urls["document_detail"]).status_code == 404
        assert client.post(urls["document_update"], SAID).status_code == 404
        assert client.post(urls["revision_add"], {"file": upload()}).status_code == 404


def test_wrong_methods(client, member, urls):
    client.force_login(member.user)
    assert client.post(urls["document_detail"]).status_code == 405
    assert client.get(urls["revision_add"]).status_code == 405


NOWHERE = "Sin vista previa. Descarga el archivo para verlo."


@pytest.mark.parametrize("name", ["datos.xlsx", "acta.docx", "nota.txt"])
def test_what_has_no_pictures_is_read_in_the_reader(client, member, document, urls, name):
    content = {"xlsx": files.xlsx, "docx": files.docx, "txt": lambda: b"Una nota."}[name.partition(".")[2]]()
    actions.add_revision(document, upload(name, content), actor=member.user, at=timezone.now())
    client.force_login(member.user)
    page = client.get(urls["document_detail"]).text
    assert f'<a href="{reverse("document_view", args=[document.pk, 2])}">Léelo aquí</a>' in page
    assert NOWHERE not in page


def test_video_has_nothing_to_read(client, member, document, urls):
    actions.add_revision(document, upload("visita.mp4", files.mp4()), actor=member.user, at=timezone.now())
    client.force_login(member.user)
    page = client.get(urls["document_detail"]).text
    assert NOWHERE in page
    assert "Léelo aquí" not in page


def test_the_rest_is_asked_after_the_short_form_and_shown(client, member, document, urls):
    client.force_login(member.user)
    assert "<details><summary>Periodo, idioma, firma y más</summary>" in client.get(urls["document_update"]).text
    rest = {"language": "indigenous", "signatory": "Dirección General", "note": "En náhuatl.", "is_confidential": "on"}
    assert client.post(urls["document_update"], SAID | rest).status_code == 302
    page = client.get(urls["document_detail"]).text
    for words in ("Una lengua indígena", "Dirección General", "En náhuatl.", "Confidencial"):
        assert words in page
    assert "<details open><summary>Periodo" in client.get(urls["document_update"]).text
    document.refresh_from_db()
    assert (document.language, document.is_confidential) == ("indigenous", True)
