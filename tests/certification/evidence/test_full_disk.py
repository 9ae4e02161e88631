"""A disk that fills up: a clear sentence, no half row, and the same upload goes on once there is room."""

import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from audit.models import Event
from certification.evidence import actions
from certification.evidence.checking import PATIENCE, check_waiting
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Document, Revision
from config import env
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory
from tests.fixtures.s3 import ACCESS_KEY, BUCKET, SECRET_KEY, free_port, wait_for

pytestmark = pytest.mark.django_db
ROOM = 24 * 2**20  # bytes that a file may have; more than the embedded database of a test
LARGE = b"Comit\xc3\xa9 de igualdad\n" * (ROOM // 16)


@contextmanager
def little_room():
    """No file of this process may grow further: the system answers as for a quota that is used up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def member():
    return MembershipFactory()


def send(member):
    return actions.add_document(member.employer, upload("actas.txt", LARGE), actor=member.user, at=timezone.now())


def refused_whole(member):
    with pytest.raises(UploadRefused, match=r"«actas\.txt»: No pudimos guardar el archivo por una falla nuestra\."):
        send(member)
    assert not Document.objects.exists()
    assert not Event.objects.exists()


def test_full_disk_is_said_and_leaves_no_half_row(member):
    with little_room():
        refused_whole(member)
    revision = send(member)
    assert (revision.state, default_storage.size(revision.file)) == ("clean", len(LARGE))


@pytest.fixture
def _checked_later(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("_checked_later")
def test_checks_in_the_local_store_need_no_room(member):
    send(member)
    with little_room():
        assert check_waiting(at=timezone.now() + 2 * PATIENCE) == 1
    assert Revision.objects.get().state == "clean"


@pytest.mark.s3
@pytest.mark.usefixtures("s3_storage", "_checked_later")
def test_full_disk_while_checking_leaves_the_file_in_quarantine(member):
    send(member)
    with little_room():
        assert check_waiting(at=timezone.now() + 2 * PATIENCE) == 0
    assert Revision.objects.get().state == "quarantined"
    assert check_waiting(at=timezone.now() + 2 * PATIENCE) == 1
    assert Revision.objects.get().state == "clean"


@pytest.fixture
def small_s3(tmp_path, settings):
    """An S3 server that has no room for a large file."""
    rclone, port = Path(sys.executable).parent / "rclone", free_port()
    (tmp_path / BUCKET).mkdir()
    command = [str(rclone), "serve", "s3", str(tmp_path), "--addr", f"127.0.0.1:{port}", "--config", "/dev/null"]
    limited = ["bash", "-c", f'trap "" XFSZ; ulimit -f {ROOM // 1024}; exec "$@"', "bash"]
    process = subprocess.Popen(
        [*limited, *command, "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--vfs-cache-mode", "off"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(port, process)
    entry = env.storage("STORAGE_OF_THIS_TEST", f"s3://{ACCESS_KEY}:{SECRET_KEY}@127.0.0.1:{port}/{BUCKET}?tls=false")
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    yield
    process.kill()
    process.wait(timeout=10)


@pytest.mark.s3
def test_object_store_without_room_is_said_and_leaves_no_half_row(small_s3, member):
    refused_whole(member)
    small = actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now())
    assert small.state == "clean"
