import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import chain
from audit.models import GENESIS, Event, EventHead
from tests.accounts.factories import UserFactory
from tests.management.commands.flush import triggers_off

AT = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)


@pytest.fixture
def events(db):
    user = UserFactory()
    with transaction.atomic():
        return [Event.record(user, f"step_{n}", actor=user, at=AT, data={"n": n}) for n in range(5)]


def verify():
    out = StringIO()
    call_command("verify_events", stdout=out)
    return out.getvalue().strip()


def broken():
    with pytest.raises(CommandError) as caught:
        verify()
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_untouched_chain_is_proved(events):
    assert verify() == f"5 events, unbroken. Newest hash: {events[-1].hash}"


def test_an_empty_chain_is_proved(db):
    assert verify() == f"0 events, unbroken. Newest hash: {GENESIS}"


def test_the_chain_is_read_in_batches(events, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(chain, "BATCH", 2)
    with django_assert_num_queries(2):
        assert chain.prove().count == 5


def test_a_changed_event_is_named(events):
    with triggers_off(connection):
        Event.objects.filter(pk=events[2].pk).update(reason="otra historia")
    assert broken().startswith(f"Event {events[2].pk} (step_2, accounts.user:")


def test_a_changed_event_with_a_fitting_hash_breaks_the_next_one(events):
    forged = events[1]
    forged.reason = "otra historia"
    with triggers_off(connection):
        Event.objects.filter(pk=forged.pk).update(reason=forged.reason, hash=forged.computed_hash())
    assert broken().startswith(f"Event {events[2].pk} does not follow")


def test_an_event_removed_from_the_middle_is_found(events):
    with triggers_off(connection):
        Event.objects.filter(pk=events[2].pk)._raw_delete("default")
    assert broken().startswith(f"Event {events[3].pk} does not follow")


def test_a_removed_first_event_is_found(events):
    with triggers_off(connection):
        Event.objects.filter(pk=events[0].pk)._raw_delete("default")
    assert broken().startswith(f"Event {events[1].pk} does not follow")


def test_a_removed_end_is_found(events):
    with triggers_off(connection):
        Event.objects.filter(pk__gte=events[3].pk)._raw_delete("default")
    assert broken() == (f"The chain ends at event {events[2].pk} with 3 events, but 5 were written: the end is gone.")


def test_a_forged_event_at_the_end_is_found(events):
    forged = Event(at=AT, actor=None, subject_kind="x", subject_id=1, action="forged", previous_hash=events[-1].hash)
    forged.hash = forged.computed_hash()
    forged.save()
    assert broken().startswith("The chain goes on after its head: 6 events")


def test_a_missing_head_is_found(events):
    with triggers_off(connection):
        EventHead.objects.all()._raw_delete("default")
    assert broken() == "The head of the chain is missing."
