"""Prove the chain of events, or tell the first place where it breaks."""

from __future__ import annotations

from dataclasses import dataclass

from audit.models import GENESIS, Event, EventHead

BATCH = 2_000


@dataclass(frozen=True)
class Proof:
    """``problem`` is empty when every event is as it was written; else it names the first that is not.

    ``newest`` is the hash of the last event that was proved; kept elsewhere, it shows a chain that was written anew.
    """

    count: int
    newest: str
    problem: str = ""


def prove() -> Proof:
    """Read every event once, in order and in batches, and compare the end with the head.

    The head is read after the events. When it is further on, somebody is writing: the new events are read too.
    """
    count, last_pk, last_hash = 0, 0, GENESIS
    while True:
        start = count
        for event in Event.objects.filter(pk__gt=last_pk).order_by("pk").iterator(chunk_size=BATCH):
            problem = _problem(event, last_hash)
            if problem:
                return Proof(count, last_hash, problem)
            count, last_pk, last_hash = count + 1, event.pk, event.hash
        head = EventHead.objects.filter(pk=EventHead.ONLY).first()
        if head is None:
            return Proof(count, last_hash, "The head of the chain is missing.")
        if (head.count, head.hash) == (count, last_hash):
            return Proof(count, last_hash)
        if count == start:
            return Proof(count, last_hash, _end_problem(head, count, last_pk))


def _problem(event: Event, previous: str) -> str:
    if event.previous_hash != previous:
        return f"Event {event.pk} does not follow the one before it: an event was removed, added or moved here."
    if event.hash != event.computed_hash():
        return f"Event {event.pk} ({event.action}, {event.subject_kind}:{event.subject_id}) was changed."
    return ""


def _end_problem(head: EventHead, count: int, last_pk: int) -> str:
    if head.count > count:
        return f"The chain ends at event {last_pk} with {count} events, but {head.count} were written: the end is gone."
    return f"The chain goes on after its head: {count} events up to event {last_pk}, but {head.count} were written."
