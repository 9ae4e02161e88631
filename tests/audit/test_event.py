import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import InternalError

from audit.chain import prove
from audit.models import GENESIS, Event, EventHead
from tests.accounts.factories import UserFactory

AT = dt.datetime(2026, 11, 20, 18, 30, 15, 123456, tzinfo=dt.UTC)
REFUSED = (IntegrityError, InternalError, OperationalError)


def record(subject, action="tested", at=AT, **options):
    with transaction.atomic():
        return Event.record(subject, action, actor=None, at=at, **options)


@pytest.fixture
def user(db):
    return UserFactory()


def test_the_first_event_follows_the_genesis_and_the_next_follows_it(user):
    first = record(user)
    second = record(user)
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    head = EventHead.objects.get()
    assert (head.pk, head.count, head.hash) == (EventHead.ONLY, 2, second.hash)


@pytest.mark.parametrize("at", [AT, AT.astimezone(ZoneInfo("America/Mexico_City")), AT.replace(microsecond=0)])
def test_an_event_has_the_same_hash_after_it_is_read_back(user, at):
    event = record(user, at=at, reason="Ñandú «á»", data={"z": 1, "a": [True, None, "é"], 3: ("x", "y")})
    stored = Event.objects.get(pk=event.pk)
    assert stored.hash == event.hash == stored.computed_hash()


def test_every_field_is_part_of_the_hash(user):
    event = record(user, reason="porque sí", data={"a": 1})
    for field, value in {
        "at": AT + dt.timedelta(microseconds=1),
        "actor_id": user.pk,
        "subject_kind": "otro",
        "subject_id": 0,
        "action": "otra",
        "reason": "porque no",
        "data": {"a": 2},
        "previous_hash": "1" * 64,
    }.items():
        changed = Event.objects.get(pk=event.pk)
        setattr(changed, field, value)
        assert changed.computed_hash() != event.hash, field


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    user = UserFactory()
    with pytest.raises(TransactionManagementError):
        Event.record(user, "tested", actor=None, at=AT)
    assert Event.objects.count() == 0


def test_an_action_that_fails_leaves_no_event(user):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Event.record(user, "tested", actor=None, at=AT)
        raise ZeroDivisionError
    assert prove().count == EventHead.objects.get().count == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(action="otra"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: EventHead.objects.all()._raw_delete("default"),
        lambda: EventHead.objects.create(pk=2),
        lambda: EventHead.objects.update(hash="0" * 64),
        lambda: EventHead.objects.update(count=0),
    ],
    ids=["update", "delete", "delete head", "second head", "rewrite head", "rewind head"],
)
def test_the_database_refuses_to_change_what_happened(user, change):
    event = record(user)
    with pytest.raises(REFUSED, match="permanent"), transaction.atomic():
        change()
    assert Event.objects.get() == event
    assert EventHead.objects.get().hash == event.hash


def test_about_tells_the_events_of_one_record_oldest_first(user):
    other = UserFactory()
    first, _, third = record(user), record(other), record(user, "again")
    assert list(Event.objects.about(user)) == [first, third]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_keep_one_chain():
    user, faults = UserFactory(), []

    def write():
        try:
            for _ in range(10):
                record(user)
        except Exception as fault:  # noqa: BLE001 - a thread's fault would pass unseen
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (prove().count, prove().problem) == (40, "")
