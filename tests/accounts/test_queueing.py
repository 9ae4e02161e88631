"""Work is queued, and a queue that fails is logged and holds nobody up."""

import pytest
from django_tasks import task

from accounts.queueing import enqueue

pytestmark = pytest.mark.django_db
done = []


@task()
def note(word):
    done.append(word)


def test_work_is_done_and_said():
    assert enqueue(note, "hoy")
    assert done.pop() == "hoy"


def test_queue_that_fails_is_logged_without_the_words(settings, caplog):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["other"]}}
    assert not enqueue(note, "un secreto")
    assert "tests.accounts.test_queueing.note could not be queued" in caplog.text
    assert "secreto" not in caplog.text
    assert done == []
