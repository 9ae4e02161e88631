"""The harness itself: what other tests lean on."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event, EventHead
from tests.fixtures.browser import check_axe


@pytest.mark.s3
def test_s3_storage_keeps_and_gives_back(s3_storage):
    name = default_storage.save("a/b.txt", ContentFile("ñandú".encode()))
    with default_storage.open(name) as file:
        assert file.read().decode() == "ñandú"
    default_storage.delete(name)
    assert not default_storage.exists(name)


@pytest.mark.parametrize("run", [1, 2])
def test_flush_empties_tables_that_triggers_guard(transactional_db, run):
    """Both runs find the state that the migrations leave, although the first one records an event."""
    assert EventHead.objects.get().count == 0
    user = User.objects.create_user("quien@example.test", "x")
    with transaction.atomic():
        Event.record(user, "tested", actor=user, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(action="tampered")


def test_what_asks_for_no_database_reaches_none():
    """So that tests/conftest.py may leave such tests out on PostgreSQL."""
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.count()


def test_sqlite_tests_use_a_file(db):
    if connection.vendor == "sqlite":
        assert connection.settings_dict["NAME"].endswith("test.sqlite3") or "gw" in connection.settings_dict["NAME"]


@pytest.mark.browser
def test_check_axe_finds_a_violation(browser_page):
    browser_page.set_content("<html><body><img src='data:,'></body></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        check_axe(browser_page)
