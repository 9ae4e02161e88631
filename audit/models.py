"""The audit trail: append-only, hash-chained, written in the transaction of what it tells."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.transaction import TransactionManagementError

GENESIS = "0" * 64


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        """Events of one record, oldest first."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")


class Event(models.Model):
    """One fact. The row is never changed or removed: database triggers refuse both."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="events")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    action = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("subject_kind", "subject_id"), name="event_subject"),)

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind}:{self.subject_id}"

    @classmethod
    def record(
        cls,
        subject: models.Model,
        action: str,
        *,
        actor: Any,
        at: dt.datetime,
        reason: str = "",
        data: dict[str, Any] | None = None,
    ) -> Event:
        """Append a fact about ``subject``. Call it last in the transaction: the head row serialises all writers.

        Raises TransactionManagementError outside a transaction.
        """
        head = EventHead.locked()
        event = cls(
            at=at,
            actor=actor,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            action=action,
            reason=reason,
            # As the database will give it back: keys become text, tuples lists.
            data=json.loads(json.dumps(data or {})),
            previous_hash=head.hash,
        )
        event.hash = event.computed_hash()
        event.save(force_insert=True)
        EventHead.objects.filter(pk=EventHead.ONLY).update(hash=event.hash, count=models.F("count") + 1)
        return event

    def computed_hash(self) -> str:
        """SHA-256 of the fact and of the hash before it, as canonical JSON in UTF-8."""
        content = {
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "subject": [self.subject_kind, self.subject_id],
            "action": self.action,
            "reason": self.reason,
            "data": self.data,
            "previous": self.previous_hash,
        }
        line = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(line.encode()).hexdigest()


class EventHead(models.Model):
    """The one row that holds the newest hash and the number of events."""

    ONLY = 1

    hash = models.CharField(max_length=64, default=GENESIS)
    count = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} events"

    @classmethod
    def locked(cls) -> EventHead:
        """The head, which no other writer moves until this transaction ends."""
        # SQLite ignores select_for_update() and would not say so.
        if not transaction.get_connection().in_atomic_block:
            raise TransactionManagementError("Event.record() was called outside a transaction.")
        head = cls.objects.select_for_update().filter(pk=cls.ONLY).first()
        if head is None:
            raise ImproperlyConfigured("The head of the event chain is missing. Run manage.py migrate.")
        return head
