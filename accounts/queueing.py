"""Putting work into the queue, so that no fault of the queue reaches whoever caused the work."""

from __future__ import annotations

import logging
from typing import Any

from django_tasks.base import Task

log = logging.getLogger(__name__)


def enqueue(task: Task[Any, Any], *words: Any) -> bool:
    """Queue a task (the immediate backend does it at once); return whether it was.

    A fault is logged, without the words: what caused the work is done, and stays.
    """
    try:
        task.enqueue(*words)
    except Exception as fault:  # noqa: BLE001 - whatever happens to the queue, the request goes on
        log.error("%s could not be queued: %s", task.module_path, type(fault).__name__)
        return False
    return True
