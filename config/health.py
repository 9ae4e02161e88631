"""`/salud/` for machines: does each part answer? Never a path, a name or a number about people."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

# Words of the answer.
FINE, INLINE, IDLE = "bien", "en línea", "sin tareas"
FAILS, LATE, SOME_FAILED = "falla", "con retraso", "con fallas"
# One address that refuses its mail must not take the portal out of service: a failed task is told, no more.
WORKING = frozenset({FINE, INLINE, IDLE, SOME_FAILED})

# A task that waits longer than this has no worker that takes it.
PATIENCE = dt.timedelta(minutes=10)
# For so long a task that failed is told; it is tried again every hour (accounts/mail_queue.py).
MEMORY = dt.timedelta(days=1)
# The address is public and the probe writes: at most one probe in this many seconds for each process.
PROBE_SECONDS = 10
_last_probe: tuple[float, str] | None = None


class PartFailsError(Exception):
    """A part answered, but not as it should."""


@never_cache
@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, 503 otherwise."""
    parts = {
        "database": _guarded(database_state),
        "storage": storage_state(),
        "worker": _guarded(worker_state),
        "signer": _guarded(signer_state),
    }
    is_fine = all(state in WORKING for state in parts.values())
    return JsonResponse({"status": FINE if is_fine else FAILS, **parts}, status=200 if is_fine else 503)


def _guarded(probe: Callable[[], str]) -> str:
    try:
        return probe()
    except Exception:
        # Whatever goes wrong is the answer. The traceback may name hosts and folders, so it goes to the log alone.
        logger.warning("health probe failed: %s", probe.__name__, exc_info=True)
        return FAILS


def database_state() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return FINE


def storage_state() -> str:
    """The newest probe of the store, made anew when it is older than PROBE_SECONDS."""
    global _last_probe  # noqa: PLW0603 - one value a process, harmless when two threads race
    now = time.monotonic()
    if _last_probe is None or now - _last_probe[0] > PROBE_SECONDS:
        _last_probe = (now, _guarded(probe_storage))
    return _last_probe[1]


def probe_storage() -> str:
    """Write, read back and delete a few bytes."""
    content = secrets.token_bytes(16)
    name = default_storage.save(f"health/{secrets.token_hex(8)}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                raise PartFailsError("the store gave back other bytes than it took")
    finally:
        default_storage.delete(name)
    return FINE


def worker_state() -> str:
    """Without a queue nothing waits. With one, the oldest task tells whether a worker takes them, and failures show."""
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return INLINE
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if waiting is not None and timezone.now() - waiting > PATIENCE:
        return LATE
    if DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - MEMORY).exists():
        return SOME_FAILED
    return IDLE if waiting is None else FINE


def signer_state() -> str:
    from certification.papers.signing import signer_state as state

    return FINE if state() == "ready" else FAILS
