"""One file at a time, on the local store and on an object store: begin, send, finish."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from audit.models import Event
from certification.evidence.models import Document, Revision
from certification.evidence.uploads.models import PendingUpload
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import PDF
from tests.certification.evidence.sending import begin, finish, put, send
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["local", pytest.param("s3", marks=pytest.mark.s3)])
def store(request):
    """Each test runs on both stores."""
    return request.getfixturevalue("s3_storage") if request.param == "s3" else None


@pytest.fixture
def employer(client):
    member = MembershipFactory()
    client.force_login(member.user)
    return member.employer


def incoming_files(employer):
    try:
        return default_storage.listdir(f"incoming/{employer.pk}")[1]
    except FileNotFoundError:
        return []


def test_file_is_kept_and_told(store, client, employer):
    response = send(client, employer, kind="policy", issued_on="2026-01-14")
    assert response.status_code == 200
    assert "Guardado y revisado" in response.text
    revision = Revision.objects.get()
    assert (revision.document.kind, str(revision.document.issued_on)) == ("policy", "2026-01-14")
    assert (revision.original_name, revision.size, revision.media_type) == (
        "Tabulador 2026.pdf", len(PDF), "application/pdf",
    )  # fmt: skip
    with default_storage.open(revision.file) as file:
        assert file.read() == PDF
    assert revision.file.endswith(f"/{revision.sha256}")
    assert incoming_files(employer) == []
    assert Event.objects.about(revision.document).get().action == "document_added"


def test_finished_twice_is_one_document(store, client, employer):
    begun = begin(client, employer).json()
    put(client, begun)
    answers = [finish(client, employer, begun["upload"]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    assert Document.objects.count() == 1


def test_same_content_again_is_one_blob(store, client, employer):
    send(client, employer)
    response = send(client, employer, "otro nombre.pdf")
    assert "Ya lo tenías" in response.text
    revision = Revision.objects.get()
    assert default_storage.listdir(revision.file.rpartition("/")[0])[1] == [revision.sha256]
    assert incoming_files(employer) == []


def test_what_is_refused_leaves_nothing(store, client, employer):
    response = send(client, employer, "cifrado.pdf", files.pdf_encrypted())
    assert response.status_code == 422
    assert "El archivo pide contraseña o está cifrado." in response.text
    response = send(client, employer, "disfraz.pdf", files.image())
    assert "El contenido no corresponde a la terminación del nombre." in response.text
    assert (Document.objects.count(), PendingUpload.objects.count(), incoming_files(employer)) == (0, 0, [])


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("tarea.exe", 10, "No recibimos archivos de este tipo."),
        ("vacío.pdf", 0, "El archivo está vacío."),
        ("grande.pdf", 51 * 2**20, "El archivo pesa 51.0 MB y el máximo es 50 MB."),
    ],
)
def test_name_and_size_are_judged_before_sending(client, employer, name, size, reason):
    response = begin(client, employer, name, size=size)
    assert (response.status_code, reason in response.text) == (422, True)
    assert not PendingUpload.objects.exists()


def test_nonsense_is_a_bad_request(client, employer):
    assert begin(client, employer, size="mucho").status_code == 400
    begun = begin(client, employer).json()
    assert put(client, begun, offset="dos") == put(client, begun, offset="9" * 5_000) == 400
    assert finish(client, employer, begun["upload"], issued_on="ayer").status_code == 400
    assert finish(client, employer, "uno").status_code == 404


def test_more_than_was_said_is_not_taken(store, client, employer):
    begun = begin(client, employer).json()
    put(client, begun, PDF + b"more")
    response = finish(client, employer, begun["upload"])
    if store is None:  # what is beyond the length is left in the connection
        assert response.status_code == 200
        assert Revision.objects.get().size == len(PDF)
    else:  # the length is signed
        assert response.status_code == 503
        assert not Revision.objects.exists()


def test_checks_may_come_later(store, client, employer, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    response = send(client, employer, "cifrado.pdf", files.pdf_encrypted())
    assert (response.status_code, "Guardado, en revisión" in response.text) == (200, True)
    assert Revision.objects.get().state == "quarantined"
    assert incoming_files(employer) == []


def test_reader_may_not(client, employer):
    begun = begin(client, employer).json()
    client.force_login(MembershipFactory(employer=employer, reader=True).user)
    drop = reverse("upload_drop", args=[begun["upload"]])
    statuses = [begin(client, employer).status_code, put(client, begun)]
    statuses += [finish(client, employer, begun["upload"]).status_code, client.post(drop).status_code]
    assert statuses == [403, 403, 403, 403]
    assert PendingUpload.objects.get().begun_by != employer.memberships.get(role="reader").user


def test_others_do_not_find_it(client, employer):
    begun = begin(client, employer).json()
    drop = reverse("upload_drop", args=[begun["upload"]])
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        client.force_login(person)
        assert begin(client, employer).status_code == 404
        assert put(client, begun) == 404
        assert finish(client, employer, begun["upload"]).status_code == 404
        assert client.post(drop).status_code == 404
    other = MembershipFactory()
    client.force_login(other.user)
    assert finish(client, other.employer, begun["upload"]).status_code == 404


def test_anonymous_and_wrong_methods(client, employer):
    begun = begin(client, employer).json()
    places = [reverse(f"upload_{name}", args=[employer.pk]) for name in ("begin", "finish")]
    places += [begun["address"], reverse("upload_drop", args=[begun["upload"]])]
    assert [client.get(place).status_code for place in places] == [405] * 4
    client.logout()
    for place in places:
        assert client.post(place).url == f"{reverse('account_login')}?next={place}"
    assert begin(client, employer).status_code == 401
