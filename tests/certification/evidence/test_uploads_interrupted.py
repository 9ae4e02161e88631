"""Files that arrive in pieces, twice, too late or never."""

import datetime as dt
import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from certification.evidence.models import Document, Revision
from certification.evidence.uploads import actions, incoming
from certification.evidence.uploads.models import PendingUpload
from tests.certification.evidence import files
from tests.certification.evidence.factories import PDF
from tests.certification.evidence.sending import begin, finish, put, send
from tests.certification.evidence.test_uploads import employer, incoming_files, store
from tests.employers.factories import MembershipFactory

__all__ = ["employer", "store"]
pytestmark = pytest.mark.django_db


class Broken:
    """A connection that breaks off, or a disk that is full, after a first block."""

    def __init__(self, fault):
        self.parts = iter([PDF[:100]])
        self.fault = fault

    def read(self, _most):
        try:
            return next(self.parts)
        except StopIteration:
            raise self.fault from None


def test_unfinished_goes_on_where_it_was_left(client, employer):
    begun = begin(client, employer).json()
    assert put(client, begun, PDF[:300]) == 200
    assert put(client, begun, PDF[200:], offset=200) == 409
    again = begin(client, employer).json()
    assert (again["upload"], again["offset"]) == (begun["upload"], 300)
    assert put(client, again, PDF[300:], offset=300) == 200
    assert finish(client, employer, begun["upload"]).status_code == 200
    with default_storage.open(Revision.objects.get().file) as file:
        assert file.read() == PDF


def test_another_file_of_the_name_begins_anew(client, employer):
    first = begin(client, employer).json()
    assert begin(client, employer, changed="1767225600001").json()["upload"] != first["upload"]
    assert begin(client, employer, content=PDF + b"\n").json()["upload"] != first["upload"]
    client.force_login(MembershipFactory(employer=employer).user)
    assert begin(client, employer).json()["upload"] != first["upload"]


def test_what_did_not_come_whole_waits(store, client, employer):
    begun = begin(client, employer).json()
    response = finish(client, employer, begun["upload"])
    assert response.status_code == 503
    assert "No llegó completo. Elige otra vez el archivo para seguir." in response.text
    assert put(client, begin(client, employer).json()) == 200
    assert finish(client, employer, begun["upload"]).status_code == 200


@pytest.mark.s3
def test_object_store_takes_just_what_was_said(s3_storage, client, employer):
    begun = begin(client, employer).json()
    assert put(client, begun, PDF[:-1]) == 403
    assert put(client, {**begun, "headers": {"Content-Type": "text/html"}}) == 403
    assert client.put(reverse("upload_content", args=[begun["upload"]]), PDF).status_code == 404
    assert put(client, begun) == 200


def test_connection_that_breaks_leaves_what_came(client, employer):
    begin(client, employer)
    pending = PendingUpload.objects.get()
    there = actions.receive_upload(
        pending, Broken(incoming.UnreadablePostError("gone")), offset=0, actor=pending.begun_by
    )
    assert there == incoming.arrived(pending) == 100


def test_full_disk_is_told_and_what_came_stays(client, employer):
    begin(client, employer)
    pending = PendingUpload.objects.get()
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(actions.TryAgain, match="No pudimos guardar el archivo por una falla nuestra"):
        actions.receive_upload(pending, Broken(full), offset=0, actor=pending.begun_by)
    assert incoming.arrived(pending) == 100
    assert not Document.objects.exists()


def test_one_of_two_at_once_is_turned_away(client, employer):
    begin(client, employer)
    pending = PendingUpload.objects.get()

    class Meanwhile:
        def read(self, _most):
            incoming.receive(pending, self, 0)

    with pytest.raises(incoming.OutOfStepError):
        incoming.receive(pending, Meanwhile(), 0)


def finish_at_once(uploads):
    def end(pk):
        try:
            pending = PendingUpload.objects.select_related("employer").get(pk=pk)
            return actions.finish_upload(pending, actor=pending.begun_by, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(end, uploads))


@pytest.mark.django_db(transaction=True)
def test_finished_at_once_is_one_document(client, employer):
    begun = begin(client, employer).json()
    put(client, begun)
    fates = finish_at_once([begun["upload"]] * 4)
    assert any(fate.revision for fate in fates)
    assert all(fate.revision or isinstance(fate.refusal, actions.TryAgain) for fate in fates)
    assert Revision.objects.count() == 1
    assert Path(default_storage.path(Revision.objects.get().file)).read_bytes() == PDF


@pytest.mark.django_db(transaction=True)
def test_one_bad_file_under_several_names_at_once_is_refused_under_each(client, employer):
    bad, names = files.pdf_encrypted(), [f"acta {number}.pdf" for number in range(4)]
    begun = [begin(client, employer, name, bad).json() for name in names]
    assert [put(client, one, bad) for one in begun] == [200] * 4
    fates = finish_at_once([one["upload"] for one in begun])
    assert [str(fate.refusal) for fate in fates] == [
        f"«{name}»: El archivo pide contraseña o está cifrado. Guárdalo sin ella y súbelo otra vez." for name in names
    ]
    assert (Document.objects.count(), PendingUpload.objects.count(), incoming_files(employer)) == (0, 0, [])
    assert [path for path in Path(default_storage.path("evidence")).rglob("*") if path.is_file()] == []


def test_store_that_refuses_leaves_it_to_be_finished_again(client, employer, tmp_path):
    begun = begin(client, employer).json()
    put(client, begun)
    blocked = tmp_path / "files" / "evidence"
    blocked.write_text("")
    response = finish(client, employer, begun["upload"])
    assert (response.status_code, "por una falla nuestra" in response.text) == (503, True)
    assert not Document.objects.exists()
    blocked.unlink()
    assert finish(client, employer, begun["upload"]).status_code == 200


def test_left_half_way_is_offered_and_dropped(client, employer):
    begun = begin(client, employer).json()
    put(client, begun, PDF[:300])
    library = reverse("document_list", args=[employer.pk])
    page = client.get(library).text
    assert "Subidas sin terminar" in page
    assert "Tabulador 2026.pdf" in page
    response = client.post(reverse("upload_drop", args=[begun["upload"]]), follow=True)
    assert "Quitamos lo que había llegado de «Tabulador 2026.pdf»." in response.text
    assert "Subidas sin terminar" not in response.text
    assert (PendingUpload.objects.count(), incoming_files(employer)) == (0, [])


def test_whole_one_is_finished_without_script(client, employer):
    begun = begin(client, employer).json()
    address = reverse("upload_finish", args=[employer.pk])
    response = client.post(address, {"upload": begun["upload"]}, follow=True)
    assert "«Tabulador 2026.pdf»: No llegó completo." in response.text
    put(client, begun)
    response = client.post(address, {"upload": begun["upload"]}, follow=True)
    assert "Guardamos «Tabulador 2026.pdf»." in response.text


def test_sweep_forgets_after_a_day_what_nobody_goes_on_with(store, client, employer):
    send(client, employer, "hecho.pdf")
    put(client, begin(client, employer, "otro.pdf").json())
    loose = default_storage.save("incoming/1/loose", ContentFile(b"1"))
    now = timezone.now()
    assert actions.sweep_incoming(at=now) == 0
    assert actions.sweep_incoming(at=now + dt.timedelta(days=1, seconds=5)) == 2
    assert (PendingUpload.objects.count(), default_storage.exists(loose)) == (0, False)
    assert default_storage.exists(Revision.objects.get().file)


def test_sweep_keeps_what_is_gone_on_with(client, employer):
    put(client, begin(client, employer).json(), PDF[:100])
    later = timezone.now() + dt.timedelta(hours=30)
    PendingUpload.objects.update(begun_at=later - dt.timedelta(hours=1))
    assert actions.sweep_incoming(at=later) == 0
    assert (PendingUpload.objects.count(), len(incoming_files(employer))) == (1, 1)
