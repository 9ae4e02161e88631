"""Mail is not lost when the server or a worker fails, and does not stay after it was sent. With the real worker."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import emails
from accounts.mail_queue import LEASE, MOST_TRIES, requeue

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _database_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def queued():
    emails.enqueue("ana@ejemplo.mx", "Hola", "un secreto", "<p>un secreto</p>")
    return DBTaskResult.objects.get()


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def status():
    return DBTaskResult.objects.get().status


def test_failed_mail_is_sent_when_the_server_answers_again(refusing, settings):
    queued()
    work()
    assert (status(), mail.outbox) == ("FAILED", [])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert requeue(at=timezone.now() + HOUR).failed == 1
    assert requeue(at=timezone.now() + HOUR).failed == 0
    work()
    assert (status(), mail.outbox[0].to) == ("SUCCESSFUL", ["ana@ejemplo.mx"])


def test_what_has_just_failed_waits(refusing):
    queued()
    work()
    assert requeue(at=timezone.now()).failed == 0


def test_mail_is_tried_eight_times(refusing):
    task = queued()
    for round_ in range(1, MOST_TRIES + 3):
        work()
        requeue(at=timezone.now() + round_ * HOUR)
    task.refresh_from_db()
    assert (task.status, len(task.worker_ids)) == ("FAILED", MOST_TRIES)


def test_what_a_dead_worker_held_is_taken_by_another():
    queued().claim("dead")
    assert requeue(at=timezone.now() + LEASE / 2).abandoned == 0
    assert requeue(at=timezone.now() + LEASE * 2).abandoned == 1
    work()
    assert len(mail.outbox) == 1


def test_task_that_kills_its_workers_ends():
    task = queued()
    DBTaskResult.objects.update(worker_ids=["dead"] * (MOST_TRIES - 1))
    task.refresh_from_db()
    task.claim("dead")
    requeue(at=timezone.now() + HOUR)
    assert status() == "FAILED"


def test_failed_work_that_is_not_mail_is_left():
    queued().set_failed(ValueError())
    DBTaskResult.objects.update(task_path="x.y")
    assert requeue(at=timezone.now() + HOUR).failed == 0


def test_sent_text_is_emptied_and_waiting_text_is_kept(capsys):
    queued()
    call_command("requeue_tasks")
    assert "un secreto" in str(DBTaskResult.objects.get().args_kwargs)
    work()
    call_command("requeue_tasks")
    assert "0 abandoned and 0 failed queued again, 1 emptied" in capsys.readouterr().out
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}
    assert requeue(at=timezone.now()).emptied == 0
