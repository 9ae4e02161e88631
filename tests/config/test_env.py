"""What the environment says, read for this machine."""

import pytest

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
