"""Documents get into the library whole, or not at all."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from audit.models import Event
from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.enums import DocumentKind
from certification.evidence.models import Document, Revision
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 3, 16, 0, tzinfo=dt.UTC)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def actor(employer):
    return MembershipFactory(employer=employer).user


def blobs(folder="evidence"):
    if not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    below = [blob for child in folders for blob in blobs(f"{folder}/{child}")]
    return [f"{folder}/{name}" for name in names] + below


def test_document_is_kept_with_what_is_known_of_it(employer, actor):
    revision = actions.add_document(
        employer, upload(), kind=DocumentKind.POLICY, issued_on=dt.date(2026, 1, 14), actor=actor, at=AT
    )
    document = revision.document
    assert (document.employer, document.title, document.kind) == (employer, "Tabulador 2026", "policy")
    assert (revision.number, revision.original_name, revision.pages) == (1, "Tabulador 2026.pdf", 1)
    assert revision.sha256 in revision.file
    with default_storage.open(revision.file) as file:
        assert file.read() == upload().read()
    event = Event.objects.about(document).get()
    assert (event.action, event.actor, event.at, event.data["sha256"]) == ("document_added", actor, AT, revision.sha256)


def test_user_text_never_names_a_blob(employer, actor):
    revision = actions.add_document(employer, upload("../../secreto\u202efdp.pdf"), title="../x", actor=actor, at=AT)
    assert blobs() == [f"evidence/{employer.pk}/{revision.sha256[:2]}/{revision.sha256}"]


def test_same_content_twice_is_one_document(employer, actor):
    first = actions.add_document(employer, upload("a.pdf"), actor=actor, at=AT)
    results = actions.add_documents(employer, [upload("b.pdf")], actor=actor, at=AT + dt.timedelta(minutes=1))
    assert [(r.name, r.revision, r.is_new) for r in results] == [("b.pdf", first, False)]
    assert Document.objects.count() == 1
    assert blobs() == [first.file]
    assert Event.objects.count() == 1


def test_a_day_that_comes_with_what_was_there_is_taken_where_it_has_none(employer, actor):
    first, day = actions.add_document(employer, upload(), actor=actor, at=AT), dt.date(2026, 9, 1)
    again = actions.add_document(employer, upload(), issued_on=day, actor=actor, at=AT)
    assert again == first
    assert again.document.issued_on == day
    later = actions.add_document(employer, upload(), issued_on=dt.date(2026, 10, 1), actor=actor, at=AT)
    assert later.document.issued_on == day


def test_same_content_twice_in_one_sending_is_told(employer, actor):
    first, again = actions.add_documents(employer, [upload("a.pdf"), upload("b.pdf")], actor=actor, at=AT)
    assert (first.is_new, again.is_new, again.name, again.revision) == (True, False, "b.pdf", first.revision)


def test_same_content_in_two_documents_is_one_blob(employer, actor):
    first = actions.add_document(employer, upload("a.pdf"), actor=actor, at=AT)
    actions.add_revision(first.document, upload("a2.pdf", files.pdf(2)), actor=actor, at=AT)
    again = actions.add_document(employer, upload("b.pdf"), actor=actor, at=AT)
    assert again.document != first.document
    assert again.file == first.file
    assert len(blobs()) == 2


def test_another_employer_has_a_blob_of_its_own(employer, actor):
    other = MembershipFactory()
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    second = actions.add_document(other.employer, upload(), actor=other.user, at=AT)
    assert first.sha256 == second.sha256
    assert first.file != second.file


def test_lost_blob_is_written_again(employer, actor):
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    default_storage.delete(first.file)
    assert actions.add_document(employer, upload(), actor=actor, at=AT) == first
    assert blobs() == [first.file]


def test_unfinished_write_is_not_taken_for_the_content(employer, actor):
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    Revision.objects.all().delete()
    Path(default_storage.path(first.file)).write_bytes(b"half")
    second = actions.add_document(employer, upload(), actor=actor, at=AT)
    assert second.file != first.file
    assert default_storage.size(second.file) == second.size


def test_bad_file_harms_no_other(employer, actor):
    uploads = [upload("a.pdf"), upload("b.pdf", b""), upload("c.png", files.image())]
    results = actions.add_documents(employer, uploads, kind=DocumentKind.MINUTES, actor=actor, at=AT)
    assert [result.name for result in results] == ["a.pdf", "b.pdf", "c.png"]
    assert [bool(result.revision) for result in results] == [True, False, True]
    assert "«b.pdf»: El archivo está vacío." in str(results[1].refusal)
    assert set(Document.objects.values_list("title", "kind")) == {("a", "minutes"), ("c", "minutes")}


def test_new_revision_leaves_the_old_one(employer, actor):
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    second = actions.add_revision(first.document, upload("v2.pdf", files.pdf(2)), actor=actor, at=AT)
    assert [r.number for r in first.document.revisions.all()] == [2, 1]
    assert (second.pages, second.original_name) == (2, "v2.pdf")
    assert len(blobs()) == 2
    assert [e.action for e in Event.objects.about(first.document)] == ["document_added", "revision_added"]


def test_revision_of_the_same_content_is_refused(employer, actor):
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    with pytest.raises(UploadRefused, match="Es el mismo archivo"):
        actions.add_revision(first.document, upload(), actor=actor, at=AT)
    assert first.document.revisions.count() == 1


def test_document_is_updated_and_told(employer, actor):
    document = actions.add_document(employer, upload(), actor=actor, at=AT).document
    actions.update_document(document, version=0, title="Acta", proves_from=dt.date(2026, 1, 1), actor=actor, at=AT)
    document.refresh_from_db()
    assert (document.title, document.proves_from) == ("Acta", dt.date(2026, 1, 1))
    assert Event.objects.about(document).last().data == {"fields": ["proves_from", "title"]}


def test_period_that_ends_before_it_begins_is_refused(employer, actor):
    document = actions.add_document(employer, upload(), actor=actor, at=AT).document
    with pytest.raises(ValidationError, match="termina antes de empezar"):
        period = {"proves_from": dt.date(2026, 2, 1), "proves_until": dt.date(2026, 1, 1)}
        actions.update_document(document, version=0, **period, actor=actor, at=AT)


@pytest.mark.parametrize("trait", ["reader", "ended"])
def test_who_may_not_write_leaves_nothing(employer, trait):
    person = MembershipFactory(employer=employer, **{trait: True}).user
    for someone in (person, UserFactory()):
        with pytest.raises(PermissionDenied):
            actions.add_documents(employer, [upload()], actor=someone, at=AT)
    assert not Document.objects.exists()
    assert blobs() == []


def test_store_that_refuses_leaves_no_row(employer, actor, settings, tmp_path):
    # A file where the folder should be: also root cannot write there.
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "evidence").write_text("")
    with pytest.raises(UploadRefused, match="No pudimos guardar el archivo por una falla nuestra"):
        actions.add_document(employer, upload(), actor=actor, at=AT)
    assert not Document.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is of Linux")
def test_full_disk_leaves_no_row(employer, actor):
    """A device that is always full stands where the blob goes."""
    first = actions.add_document(employer, upload(), actor=actor, at=AT)
    Revision.objects.all().delete()
    Document.objects.all().delete()
    path = Path(default_storage.path(first.file))
    path.unlink()
    folder = path.parent
    folder.rmdir()
    folder.symlink_to("/dev/full")
    with pytest.raises(UploadRefused, match="Inténtalo otra vez"):
        actions.add_document(employer, upload(), actor=actor, at=AT)
    assert not Document.objects.exists()


def test_sweep_removes_only_old_blobs_without_a_row(employer, actor):
    kept = actions.add_document(employer, upload(), actor=actor, at=AT)
    old = default_storage.save("evidence/1/aa/old", ContentFile(b"1"))
    new = default_storage.save("evidence/1/aa/new", ContentFile(b"1"))
    other = default_storage.save("certificates/old", ContentFile(b"1"))
    long_ago = (timezone.now() - dt.timedelta(days=2)).timestamp()
    for name in (kept.file, old, other):
        os.utime(default_storage.path(name), (long_ago, long_ago))
    assert actions.sweep_files(at=timezone.now()) == 1
    assert not default_storage.exists(old)
    assert all(default_storage.exists(name) for name in (kept.file, new, other))
