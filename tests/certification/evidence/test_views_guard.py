"""The employer reads where personal data are, has them covered, or says why they must be seen."""

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.evidence import actions
from certification.evidence.models import Revision
from employers.enums import MemberRole
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.evidence.test_masking import BROKEN_QUEUE
from tests.certification.evidence.test_sightings import CLABE, CURP
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DATA = files.pdf_saying("Portada", f"{CURP} y {CURP}, CLABE {CLABE}", f"CLABE {CLABE}")
NAMES = ("revision_mask", "revision_needed")
WITHOUT_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def add(member):
    def add(name="lista.pdf", content=DATA):
        return actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())

    return add


@pytest.fixture
def urls(add):
    revision = add()
    urls = {name: reverse(name, args=[revision.document_id, revision.number]) for name in NAMES}
    return urls | {"page": reverse("document_detail", args=[revision.document_id])}


def test_page_says_what_and_where_and_not_the_data(client, member, urls):
    client.force_login(member.user)
    page = client.get(urls["page"]).text
    for words in ("2 CURP en la página 2", "2 CLABE de cuentas en las páginas 2 y 3", "Hace falta que se vean"):
        assert words in page
    assert CURP not in page
    assert CLABE not in page


def test_result_of_an_upload_and_library_say_so(client, member):
    client.force_login(member.user)
    library = reverse("document_list", args=[member.employer.pk])
    sending = reverse("document_upload", args=[member.employer.pk])
    sent = {"files": [upload("lista.pdf", DATA), upload("mala.pdf", b"")], "kind": "other"}
    page = client.post(sending, sent).text
    assert "2 CLABE de cuentas en las páginas 2 y 3; 2 CURP en la página 2." in page
    assert client.get(library).text.count("Tiene datos personales") == 1


def test_mask_makes_the_copy_once(client, member, urls):
    client.force_login(member.user)
    for _time in range(2):
        page = client.post(urls["revision_mask"], follow=True).text
        assert "Guardamos la copia con los datos tapados. El original queda sellado." in page
    assert "Los datos personales están tapados" in page
    assert page.count("Sellado: quien revisa ve la copia") == 1
    assert "Encontramos datos personales" not in page
    assert Revision.objects.count() == 2
    own = reverse("document_download", args=[Revision.objects.first().document_id, 1])
    assert b"".join(client.get(own).streaming_content) == DATA  # its own people open the original


@override_settings(TASKS=WITHOUT_WORKER)
def test_mask_says_that_it_waits_for_a_worker(client, member, urls):
    client.force_login(member.user)
    page = client.post(urls["revision_mask"], follow=True).text
    assert "En unos minutos estará aquí." in page
    assert "Estamos haciendo la copia con esos datos tapados" in page
    assert urls["revision_mask"] not in page


def test_mask_that_could_not_be_queued_is_offered_again(client, member, urls):
    client.force_login(member.user)
    with override_settings(TASKS=BROKEN_QUEUE):
        page = client.post(urls["revision_mask"], follow=True).text
    assert "No pudimos empezar la copia por una falla nuestra. Inténtalo otra vez en unos minutos." in page
    assert "Estamos haciendo la copia" not in page
    assert urls["revision_mask"] in page


def test_reason_is_kept_and_shown(client, member, urls):
    client.force_login(member.user)
    for _time in range(2):
        page = client.post(urls["revision_needed"], {"reason": "El IMSS lo pide."}, follow=True).text
        assert "Dijiste por qué hace falta que se vean: «El IMSS lo pide.»" in page
    assert Event.objects.get(action="personal_data_needed").actor == member.user


@pytest.mark.parametrize(("name", "words"), [("revision_mask", "no hay datos"), ("revision_needed", "no encontramos")])
def test_nothing_to_do_is_said(client, member, add, name, words):
    revision = add("limpio.pdf", files.pdf_saying("Nada"))
    client.force_login(member.user)
    url = reverse(name, args=[revision.document_id, 1])
    assert words in client.post(url, {"reason": "Porque sí."}, follow=True).text


def test_reason_without_words_is_refused(client, member, urls):
    client.force_login(member.user)
    assert "Escribe por qué hace falta que se vean" in client.post(urls["revision_needed"], follow=True).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lista.docx", files.docx(text=CURP), "1 CURP en el documento"),
        ("lista.pptx", files.pptx(["Hola", CURP]), "1 CURP en la diapositiva 2"),
        ("lista.csv", CURP.encode(), "1 CURP en el documento"),
    ],
)
def test_other_files_are_told_what_to_do(client, member, add, name, content, words):
    revision = add(name, content)
    client.force_login(member.user)
    page = client.get(reverse("document_detail", args=[revision.document_id])).text
    assert words in page
    assert "Imprímelo a un PDF" in page
    assert "Hacer una copia" not in page


def test_scan_says_that_nothing_could_be_looked_for(client, member, add):
    client.force_login(member.user)
    revision = add("escaneo.pdf", files.pdf())
    assert "Este PDF es una imagen" in client.get(reverse("document_detail", args=[revision.document_id])).text


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not(client, member, urls, name):
    assert client.post(urls[name]).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert client.post(urls[name]).status_code == 404
    reader = MembershipFactory(employer=member.employer, role=MemberRole.READER)
    client.force_login(reader.user)
    assert client.post(urls[name], {"reason": "Yo."}).status_code == 403
    assert urls[name] not in client.get(urls["page"]).text
    client.force_login(member.user)
    assert client.get(urls[name]).status_code == 405
    revision = Revision.objects.get()
    assert (revision.needed_whole, revision.mask_asked_at) == ("", None)
