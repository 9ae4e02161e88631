import datetime as dt
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certification.papers import signing
from config import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_remembered_probe(monkeypatch):
    monkeypatch.setattr(health, "_last_probe", None)


@pytest.fixture
def ready_signer(settings, tmp_path):
    settings.SIGNER_DIR = tmp_path / "signer"
    call_command("make_dev_signer", stdout=StringIO())


@pytest.fixture
def database_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def enqueued(ago):
    task = DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default")
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - ago)


def test_all_parts_work(client, ready_signer):
    response = client.get("/salud/")
    assert response.status_code == 200
    assert response.json() == {
        "status": "bien",
        "database": "bien",
        "storage": "bien",
        "worker": "en línea",
        "signer": "bien",
    }
    assert "no-store" in response["Cache-Control"]


def test_probe_leaves_nothing_behind(client, ready_signer):
    client.get(reverse("health"))
    assert storages["default"].listdir("health") == ([], [])


def test_head_is_answered_and_post_refused(client, ready_signer):
    assert client.head("/salud/").status_code == 200
    assert client.post("/salud/").status_code == 405


@pytest.fixture
def breaks(settings, tmp_path):
    """Call it, and the store no longer takes anything."""

    def in_the_way():
        (tmp_path / "a file").write_text("in the way")
        options = {"location": str(tmp_path / "a file")}
        broken = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "default": broken}

    return in_the_way


def test_store_that_refuses_to_write(client, ready_signer, breaks, tmp_path):
    breaks()
    response = client.get("/salud/")
    assert response.status_code == 503
    assert response.json()["storage"] == "falla"
    assert str(tmp_path) not in response.text


def test_store_is_probed_once_in_a_while(client, ready_signer, breaks):
    client.get("/salud/")
    breaks()
    assert client.get("/salud/").json()["storage"] == "bien"


@pytest.mark.parametrize("state", ["missing", "unreadable"])
def test_signer_without_its_key(client, settings, tmp_path, state):
    settings.SIGNER_DIR = tmp_path / "signer"
    if state == "unreadable":
        call_command("make_dev_signer", stdout=StringIO())
        for file in settings.SIGNER_DIR.iterdir():
            file.write_bytes(b"no key at all")
    assert signing.signer_state() == state
    response = client.get("/salud/")
    assert response.status_code == 503
    assert response.json()["signer"] == "falla"
    assert response.json()["status"] == "falla"


@pytest.mark.parametrize(
    ("ago", "state", "code"),
    [(None, "sin tareas", 200), (dt.timedelta(minutes=1), "bien", 200), (dt.timedelta(hours=1), "con retraso", 503)],
)
def test_queue(client, ready_signer, database_queue, ago, state, code):
    if ago:
        enqueued(ago)
    response = client.get("/salud/")
    assert response.json()["worker"] == state
    assert response.status_code == code


@pytest.mark.parametrize(
    ("ago", "state"), [(dt.timedelta(hours=2), "con fallas"), (dt.timedelta(days=2), "sin tareas")]
)
def test_failed_task_is_told(client, ready_signer, database_queue, ago, state):
    enqueued(ago)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now() - ago)
    response = client.get("/salud/")
    assert (response.json()["worker"], response.status_code) == (state, 200)


def test_database_that_does_not_answer(client, ready_signer):
    def down(execute, sql, params, many, context):
        raise OperationalError("postgresql://who:secret@db.example")

    with connection.execute_wrapper(down):
        response = client.get("/salud/")
    assert response.status_code == 503
    assert response.json()["database"] == "falla"
    assert "secret" not in response.text
