"""Attaching evidence to the items of an application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from certification.applications.models import Application, EvidenceUse
from certification.applications.saving import can_edit_item, open_item
from certification.evidence.actions import Fate, add_documents
from certification.evidence.models import Document


def attach_uploads(
    application: Application,
    item: str,
    uploads: Sequence[UploadedFile[bytes]],
    *,
    issued_on: dt.date | None,
    actor: User,
    at: dt.datetime,
) -> list[Fate]:
    """Store each file as a document of the employer and use it for ``item``; a bad file harms no other.

    Returns a result a file, in order. Raises like ``saving.open_item``, before anything is stored.
    """
    if not can_edit_item(actor, application, item):
        open_item(application, item, actor=actor, at=at)  # raises, and says why
    results = add_documents(application.employer, uploads, issued_on=issued_on, actor=actor, at=at)
    kept = [result.revision.document for result in results if result.revision is not None]
    attach_documents(application, item, kept, actor=actor, at=at)
    return results


@transaction.atomic
def attach_documents(
    application: Application, item: str, documents: Iterable[Document], *, actor: User, at: dt.datetime
) -> None:
    """Use documents that the employer already has. A document used twice for the same item stays once."""
    open_item(application, item, actor=actor, at=at)
    for document in documents:
        if document.employer_id != application.employer_id:
            raise PermissionDenied
        EvidenceUse.objects.update_or_create(
            application=application,
            item=item,
            document=document,
            defaults={"revision": document.revisions.order_by("-number")[0]},
            create_defaults={
                "revision": document.revisions.order_by("-number")[0],
                "created_at": at,
                "created_by": actor,
            },
        )


@transaction.atomic
def describe_use(use: EvidenceUse, *, pointer: str, shows: str, actor: User, at: dt.datetime) -> None:
    """Say on which pages the proof stands and what it shows."""
    open_item(use.application, use.item, actor=actor, at=at)
    EvidenceUse.objects.filter(pk=use.pk).update(pointer=pointer, shows=shows)


@transaction.atomic
def detach(use: EvidenceUse, *, actor: User, at: dt.datetime) -> None:
    """Stop using a document for an item. The document stays in the employer's library."""
    open_item(use.application, use.item, actor=actor, at=at)
    use.delete()


@transaction.atomic
def record_look(use: EvidenceUse, *, actor: User, at: dt.datetime) -> None:
    """Note that a person of the programme saw a document, once a day: the employer reads it in the history."""
    data = {"document": use.document_id, "revision": use.revision.number, "item": use.item}
    today = at.astimezone(timezone.get_current_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Event.objects.about(use.application).filter(action="evidence_seen", actor=actor, at__gte=today)
    if not any(event.data == data for event in seen):
        Event.record(use.application, "evidence_seen", actor=actor, at=at, data=data)
