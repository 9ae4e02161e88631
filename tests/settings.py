"""The portal's settings, with what tests need otherwise: fast passwords, nothing kept, nothing sent."""

import os
import tempfile
from pathlib import Path

# A folder of its own for each process, so that two runs at once never meet; tests/conftest.py removes it.
TEST_DIR = Path(tempfile.mkdtemp(prefix="constancia-tests-"))
for name in ("DEMO", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "STORAGE_URL", "TASKS_BACKEND", "BEHIND_PROXY"):
    os.environ.pop(name, None)
os.environ["VAR_DIR"] = str(TEST_DIR)
os.environ["SIGNER_DIR"] = str(TEST_DIR / "signer")
os.environ["LOG_LEVEL"] = "ERROR"
# Playwright's synchronous interface runs an event loop in the thread of the test, which Django would refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests"]  # brings the flush command that empties tables with triggers
REQUIRE_STAFF_MFA = False  # it has tests of its own, which turn it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads then have connections of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}
else:
    # What a test commits need not outlive a power cut: the server writes it to the disk when it likes.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c synchronous_commit=off")
