"""A worker that is killed at any step of the checks loses nothing: the file ends checked, once. With SIGKILL."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.mail_queue import LEASE, requeue
from audit.models import Event
from certification.evidence import actions
from certification.evidence.checking import PATIENCE, check_waiting
from certification.evidence.models import Revision
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory
from tests.fixtures.s3 import ACCESS_KEY, BUCKET, SECRET_KEY

pytestmark = pytest.mark.django_db(transaction=True)
GOOD, BAD = files.pdf(2), files.pdf_encrypted()
# Fetch the content, ask the scanner, open it, write the verdict; record a refusal, inside the transaction; read on.
STEPS = [
    ("at_hand", GOOD, "clean"),
    ("scan", GOOD, "clean"),
    ("check_content", GOOD, "clean"),
    ("settle", GOOD, "clean"),
    ("record", BAD, "unreadable"),
    ("look_soon", GOOD, "clean"),
]


@pytest.fixture(autouse=True)
def _database_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def database_url():
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgresql://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def environment(tmp_path, store):
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path), "LOG_LEVEL": "ERROR"}
    return os.environ | own | {"DATABASE_URL": database_url(), "STORAGE_URL": store, "TASKS_BACKEND": "database"}


def kill_at(step, tmp_path, store):
    """Start a worker, wait until it stands before the step, and kill it."""
    mark = tmp_path / "mark"
    command = [sys.executable, "-m", "tests.certification.evidence.stalled_worker", step, str(mark)]
    process = subprocess.Popen(command, env=environment(tmp_path, store))
    for _ in range(600):
        if mark.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    assert mark.exists()
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL


def recover_and_compare(state):
    """The timers run, twice, and another worker: the verdict is there, written and recorded once."""
    later = timezone.now() + LEASE + PATIENCE
    assert requeue(at=later).abandoned == 1
    for _ in range(2):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
        check_waiting(at=later)
    revision = Revision.objects.get()
    refused = Event.objects.about(revision.document).filter(action="revision_refused")
    assert (revision.state, revision.checked_at is not None) == (state, True)
    assert refused.count() == (state != "clean")
    assert revision.pages == (2 if state == "clean" else None)


@pytest.mark.parametrize(("step", "content", "state"), STEPS)
def test_file_ends_checked_once(tmp_path, step, content, state):
    member = MembershipFactory()
    actions.add_document(member.employer, upload("acta.pdf", content), actor=member.user, at=timezone.now())
    kill_at(step, tmp_path, f"file://{tmp_path}/files")
    before = Revision.objects.get()
    assert before.state == ("clean" if step == "look_soon" else "quarantined")
    recover_and_compare(state)
    if step == "look_soon":
        assert Revision.objects.get().checked_at == before.checked_at


def test_timer_alone_brings_it_to_an_end(tmp_path):
    member = MembershipFactory()
    actions.add_document(member.employer, upload("acta.pdf", GOOD), actor=member.user, at=timezone.now())
    kill_at("check_content", tmp_path, f"file://{tmp_path}/files")
    assert check_waiting(at=timezone.now()) == 0
    assert check_waiting(at=timezone.now() + 2 * PATIENCE) == 1
    assert check_waiting(at=timezone.now() + 2 * PATIENCE) == 0
    assert Revision.objects.get().state == "clean"


@pytest.mark.s3
def test_the_same_in_an_object_store(s3_storage, s3_server, tmp_path):
    host = s3_server.removeprefix("http://")
    member = MembershipFactory()
    actions.add_document(member.employer, upload("acta.pdf", GOOD), actor=member.user, at=timezone.now())
    kill_at("check_content", tmp_path, f"s3://{ACCESS_KEY}:{SECRET_KEY}@{host}/{BUCKET}?tls=false")
    recover_and_compare("clean")
