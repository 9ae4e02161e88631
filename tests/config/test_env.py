"""What the environment says, read for this machine."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

LOCAL = ["127.0.0.1", "localhost"]


@pytest.mark.parametrize(
    ("given", "site", "is_trial", "answered"),
    [
        ("", "https://constancia.example", False, ["constancia.example"]),
        ("a.example, b.example", "https://constancia.example", False, ["a.example", "b.example"]),
        ("", "http://portal.example", True, ["portal.example", *LOCAL]),
        ("", "http://127.0.0.1:8000", False, LOCAL),
        ("", "http://localhost:8000", False, ["localhost", "127.0.0.1"]),
    ],
)
def test_this_machine_is_answered_only_where_the_portal_is_tried(monkeypatch, given, site, is_trial, answered):
    monkeypatch.setenv("ALLOWED_HOSTS", given)
    if not given:
        monkeypatch.delenv("ALLOWED_HOSTS")
    assert env.hosts("ALLOWED_HOSTS", site, is_trial=is_trial) == answered


def test_a_connection_that_the_server_closed_is_not_used(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://who:secret@db.example/name")
    assert env.database("DATABASE_URL", "")["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", None),
        ("x-accel-redirect:/files/", ("X-Accel-Redirect", "/files/")),
        ("X-Sendfile", ("X-Sendfile", "")),
    ],
)
def test_who_sends_files(monkeypatch, given, found):
    monkeypatch.setenv("FILES_OFFLOAD", given)
    assert env.offload("FILES_OFFLOAD") == found


@pytest.mark.parametrize("given", ["nginx", "x-accel-redirect", "x-accel-redirect:/", "x-sendfile:/files/"])
def test_another_word_for_it_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("FILES_OFFLOAD", given)
    with pytest.raises(ImproperlyConfigured, match="x-accel-redirect:/files/"):
        env.offload("FILES_OFFLOAD")


@pytest.mark.parametrize(("group_reads", "modes"), [(False, (0o600, 0o700)), (True, (0o640, 0o750))])
def test_nobody_but_who_sends_them_reads_the_folder(monkeypatch, group_reads, modes):
    monkeypatch.delenv("STORAGE_URL", raising=False)
    options = env.storage("STORAGE_URL", "file:///somewhere", group_reads=group_reads)["OPTIONS"]
    assert (options["file_permissions_mode"], options["directory_permissions_mode"]) == modes


def test_browsers_may_send_to_an_object_store_and_to_no_other():
    assert env.direct_origin(env.storage("STORAGE_URL_OF_THIS_TEST", "file:///srv/files")) == []
    place = "s3://key:secret@objects.example:9000/constancia?region=mx"
    assert env.direct_origin(env.storage("STORAGE_URL_OF_THIS_TEST", place)) == ["https://objects.example:9000"]
