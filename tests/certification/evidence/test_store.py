"""The store under load and trouble: parallel uploads, object stores, stores that do not answer."""

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Document, Revision
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory


@pytest.mark.django_db(transaction=True)
def test_same_file_in_parallel_is_one_document_and_one_blob():
    member = MembershipFactory()

    def send(_):
        try:
            return actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        kept = set(pool.map(send, range(8)))
    revision = Revision.objects.get()
    assert kept == {revision.pk}
    folder, _slash, name = revision.file.rpartition("/")
    assert default_storage.listdir(folder)[1] == [name]


@pytest.mark.django_db(transaction=True)
def test_versions_in_parallel_have_numbers_of_their_own():
    member = MembershipFactory()
    document = actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now()).document

    def send(number):
        try:
            file = upload("nota.txt", f"versión {number}".encode())
            actions.add_revision(Document.objects.get(pk=document.pk), file, actor=member.user, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(6)))
    assert [revision.number for revision in document.revisions.all()] == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.django_db
def test_command_says_how_many_it_removed():
    name = default_storage.save("evidence/1/aa/old", ContentFile(b"1"))
    os.utime(default_storage.path(name), (0, 0))
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert out.getvalue() == "1 files removed.\n"
    call_command("sweep_files", stdout=out)
    assert out.getvalue().endswith("0 files removed.\n")


@pytest.mark.s3
@pytest.mark.django_db
def test_sweep_of_an_object_store_keeps_what_is_needed_or_new(s3_storage):
    member = MembershipFactory()
    kept = actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now())
    loose = default_storage.save("evidence/1/aa/loose", ContentFile(b"1"))
    assert actions.sweep_files(at=timezone.now()) == 0
    assert actions.sweep_files(at=timezone.now() + dt.timedelta(days=2)) == 1
    assert (default_storage.exists(kept.file), default_storage.exists(loose)) == (True, False)


@pytest.mark.s3
@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"secret_key": "not-the-secret-of-it"}, {"bucket_name": "missing"}])
def test_object_store_that_refuses_leaves_no_row(s3_storage, settings, wrong):
    entry = {**s3_storage, "OPTIONS": {**s3_storage["OPTIONS"], **wrong}}
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    member = MembershipFactory()
    with pytest.raises(UploadRefused, match="No pudimos guardar el archivo por una falla nuestra"):
        actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now())
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_object_store_that_is_down_leaves_no_row(settings):
    place = "s3://constancia-tests:secret-of-the-tests-only@127.0.0.1:9/constancia?tls=false"
    from config import env

    settings.STORAGES = {**settings.STORAGES, "default": env.storage("STORAGE_URL_OF_THIS_TEST", place)}
    member = MembershipFactory()
    with pytest.raises(UploadRefused, match="Inténtalo otra vez en unos minutos"):
        actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now())
    assert not Document.objects.exists()
