"""What every test gets: an empty disk, an empty cache, a browser where it is asked for, an S3 server where it is."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.management.commands.flush import MIGRATED_ROWS

# s3 before nginx, which imports it: pytest rewrites the assertions of what it loads first.
pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.clamd",
    "tests.fixtures.network",
    "tests.fixtures.s3",
    "tests.fixtures.nginx",
]

# Fixtures that open the database. Without one of them, or the mark, pytest-django lets a test reach none.
DATABASE = {"db", "transactional_db", "live_server"}

# Whoever shares the machine with the tests is not their fault.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")


def pytest_unconfigure(config):
    shutil.rmtree(django_settings.TEST_DIR, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What the database cannot change is asked once, on SQLite: pages in browsers, and what asks for no database.

    Browser tests run last, because Playwright leaves its event loop running in the thread, where asyncio.run() then
    fails.
    """
    browser = [item for item in items if "chromium" in item.fixturenames]
    others = [item for item in items if "chromium" not in item.fixturenames]
    for item in browser:
        item.add_marker("browser")
    if "sqlite3" in django_settings.DATABASES["default"]["ENGINE"]:
        items[:] = [*others, *browser]
        return
    items[:] = [item for item in others if asks_for_a_database(item)]
    kept = set(items)
    config.hook.pytest_deselected(items=[item for item in (*others, *browser) if item not in kept])


def asks_for_a_database(item):
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep what the migrations wrote (roles, the head of the events), for tests/management/commands/flush.py."""
    with django_db_blocker.unblock():
        MIGRATED_ROWS[:] = [connection.creation.serialize_db_to_string()]


@pytest.fixture(autouse=True)
def _empty_world(settings, tmp_path):
    """Files of one test are seen by no other, and neither are the counters of rate limits."""
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "files")},
    }
    settings.STORAGES = {**settings.STORAGES, "default": files}
    cache.clear()


@pytest.fixture(scope="session")
def base_dir() -> Path:
    return django_settings.BASE_DIR
