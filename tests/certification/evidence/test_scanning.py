"""What ClamAV says of a file decides, and what it cannot say lets nothing pass. With the real daemon."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions, checking, deriving
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Document, Revision
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory
from tests.fixtures.clamd import MOST

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 3, 16, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ZIPPED = files.archive({"virus.txt": files.EICAR})
SICK = {
    "nota.txt": files.EICAR,
    "zip.docx": files.docx({"word/media/a.txt": files.EICAR}),
    "anidado.docx": files.docx({"word/media/a.zip": files.archive({"b.zip": ZIPPED})}),
    "corriente.pdf": files.pdf_stream(files.EICAR + b" " * 2000),
    "adjunto.pdf": files.pdf_attachment(files.EICAR),
    "adjunto zip.pdf": files.pdf_attachment(ZIPPED),
}


@pytest.fixture
def member():
    return MembershipFactory()


def add(member, name="acta.pdf", content=None):
    content = content or files.pdf()
    return actions.add_document(member.employer, upload(name, content), actor=member.user, at=AT)


def page(client, member, revision):
    client.force_login(member.user)
    return client.get(reverse("document_detail", args=[revision.document_id])).text


@pytest.mark.parametrize("name", SICK)
def test_virus_is_refused_wherever_it_hides(clamd, member, name):
    with pytest.raises(UploadRefused, match=r"El antivirus encontró algo dañino: Eicar-Test.*No lo abras") as refusal:
        add(member, name, SICK[name])
    assert refusal.value.kept is None
    assert not Document.objects.exists()


def test_clean_file_says_who_looked_and_when(clamd, member):
    revision = add(member)
    assert (revision.state, revision.scanned_at) == ("clean", revision.checked_at)
    assert revision.scanner.startswith("ClamAV ")


def test_without_scanner_nothing_is_claimed(member):
    revision = add(member)
    assert (revision.state, revision.scanner, revision.scanned_at) == ("clean", "", None)


def test_scanner_that_is_down_leaves_the_file_and_says_so(client, clamd, member, settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")
    revision = add(member)
    assert revision.state == "quarantined"
    assert "Está a salvo y lo intentaremos otra vez" in page(client, member, revision)
    assert client.get(reverse("document_download", args=[revision.document_id, 1])).status_code == 404
    assert checking.check_waiting(at=AT + HOUR) == 0
    settings.CLAMD_SOCKET = clamd
    assert checking.check_waiting(at=AT + HOUR) == 1
    revision.refresh_from_db()
    assert revision.state == "clean"
    assert "Guardado y revisado" in page(client, member, revision)


@pytest.mark.parametrize("answer", [b"", b"stream: no sabe", b"stream: Broken ERROR\0", b"OK FOUNDISH\0"])
def test_answer_that_is_not_sure_lets_nothing_pass(answer, scanner_that_says, member):
    scanner_that_says(answer)
    assert add(member).state == "quarantined"


def test_past_the_length_that_the_daemon_takes_it_is_not_clean(clamd, member):
    revision = add(member, "largo.txt", b"a" * (MOST + 2**20))
    assert (revision.state, revision.scanner) == ("quarantined", "")
    assert revision.tried_at is not None


def test_what_never_succeeds_holds_up_nobody(clamd, member, settings, monkeypatch):
    monkeypatch.setattr(checking, "MOST", 1)
    settings.CLAMD_SOCKET = "/nobody"
    add(member, "largo.txt", b"a" * (MOST + 2**20))
    second = add(member)
    settings.CLAMD_SOCKET = clamd
    Revision.objects.filter(pk=second.pk).update(tried_at=None)
    runs = [checking.check_waiting(at=AT + HOUR * n) for n in (1, 2, 3)]
    assert runs == [1, 0, 0]
    second.refresh_from_db()
    assert second.state == "clean"


def test_cleaned_copy_is_scanned_too(clamd, member):
    with pytest.raises(UploadRefused) as refusal:
        add(member, content=files.pdf_attachment())
    copy = deriving.save_cleaned(refusal.value.kept, actor=member.user, at=timezone.now())
    assert copy.scanner.startswith("ClamAV ")
