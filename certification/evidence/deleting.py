"""Deleting a document of which every file was refused, as long as nothing needs it. The rooms above say what does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.evidence import holds
from certification.evidence.models import Document, Revision
from certification.evidence.permissions import require_writer
from certification.evidence.store import drop_blob
from employers import holds as employers

# Answers a sentence, or None where nothing needs the document.
Need = Callable[[Document], str | None]
_needs: list[Need] = []


def register(need: Need) -> None:
    """Ask ``need`` before a document is deleted from now on. Called once, when the program starts."""
    if need not in _needs:
        _needs.append(need)


def why_kept(document: Document) -> str:
    """Why a document is not deleted, in words for the employer; "" where it may be."""
    revisions = list(document.revisions.all())
    if not revisions or not all(one.is_refused for one in revisions):
        return _("Sólo se borra un documento cuyos archivos no aceptamos. Éste se conserva.")
    return next((sentence for need in _needs if (sentence := need(document))), "")


@transaction.atomic
def delete_document(document: Document, *, actor: User, at: dt.datetime) -> None:
    """Forget a document, its refused files and their contents. The fact stays in the audit trail, by hash.

    Raises ActionRefused where a file of it was accepted or anything needs it, or needed it when it was sent;
    PermissionDenied.
    """
    require_writer(actor, document.employer)
    employers.lock(document.employer_id)  # whoever adds the same content sees row and blob, or neither
    holds.lock([document.pk])
    revisions = list(document.revisions.select_for_update(of=("self",)))
    if not revisions:
        raise ActionRefused(_("Este documento ya se borró."))
    if sentence := why_kept(Document.objects.get(pk=document.pk)):
        raise ActionRefused(sentence)
    for revision in revisions:  # the last one first: it may be made from the one before
        Revision.objects.filter(pk=revision.pk).delete()
    Document.objects.filter(pk=document.pk).delete()
    said = [{"number": one.number, "sha256": one.sha256, "state": one.state} for one in revisions]
    Event.record(document, "document_deleted", actor=actor, at=at, data={"revisions": said})
    for name in {one.file for one in revisions}:  # at the end: it does not come back
        if not Revision.objects.filter(file=name).exists():
            drop_blob(name)
