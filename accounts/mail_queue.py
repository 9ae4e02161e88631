"""What the queue of the database does not do by itself: try again, and forget what was sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.emails import deliver

# A worker that has held a task for so long is gone: one message takes seconds (EMAIL_TIMEOUT).
LEASE = dt.timedelta(minutes=15)
# Shorter than the hour between two runs, so that the timer's delay skips none.
RETRY_AFTER = dt.timedelta(minutes=30)
MOST_TRIES = 8
EMPTY: dict[str, Any] = {"args": [], "kwargs": {}}


@dataclass(frozen=True)
class Requeued:
    abandoned: int
    failed: int
    emptied: int


def requeue(*, at: dt.datetime) -> Requeued:
    """Queue again what a dead worker held and the mail that failed, and empty the messages that were sent.

    Safe to run at any time and twice at once: each row changes only from the state in which it was found. A task is
    tried MOST_TRIES times; then it stays failed until it is pruned. Invitations hold secrets, so no sent text stays.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - LEASE)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=at - RETRY_AFTER)
    sent = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, task_path=deliver.module_path)
    return Requeued(
        abandoned=sum(_again(task, at) for task in running),
        failed=sum(_again(task, at) for task in failed.filter(task_path=deliver.module_path)),
        emptied=sent.filter(~Q(args_kwargs=EMPTY)).update(args_kwargs=EMPTY),
    )


def _again(task: DBTaskResult[Any, Any], at: dt.datetime) -> bool:
    """Make the task ready, or leave it failed after its last try. Each try left the name of its worker."""
    if len(task.worker_ids) < MOST_TRIES:
        change = {"status": TaskResultStatus.READY, "enqueued_at": at, "started_at": None, "finished_at": None}
    elif task.status == TaskResultStatus.RUNNING:
        change = {"status": TaskResultStatus.FAILED, "finished_at": at}
    else:
        return False
    return DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at).update(**change) > 0
