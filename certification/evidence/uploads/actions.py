"""Files one by one from a browser that shows how far they are: begin, send, finish; and what was left half-way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from certification.evidence.actions import Fate, add_recognised, add_recognised_revision
from certification.evidence.checks import TryAgain, UploadRefused, check_declared, clean_name, recognise
from certification.evidence.models import Document, Revision
from certification.evidence.permissions import require_writer
from certification.evidence.store import STORE_ERRORS, drop_blob, drop_unneeded, our_fault
from certification.evidence.uploads import incoming
from certification.evidence.uploads.models import FOLDER, PendingUpload, new_key
from employers.models import Employer

KEPT_FOR = dt.timedelta(days=1)


def begin_upload(
    employer: Employer,
    *,
    name: str,
    size: int,
    changed: str = "",
    document: Document | None = None,
    actor: User,
    at: dt.datetime,
) -> PendingUpload:
    """Note a file that is about to come, of ``size`` bytes and last saved at ``changed`` (the browser's word).

    It is to be the next version of ``document``, or a document of its own. The same file of the same person for the
    same goes on where it was left. Raises UploadRefused for what its name or size alone forbids; PermissionDenied for
    who may not write in the library, and for a document of another one.
    """
    require_writer(actor, employer)
    if document and document.employer_id != employer.pk:
        raise PermissionDenied
    media_type = check_declared(name, size)
    file = {"name": clean_name(name), "size": size, "changed": changed[:30], "document": document}
    begun = PendingUpload.objects.unfinished().filter(employer=employer, begun_by=actor, **file).first()
    pending = begun or PendingUpload(employer=employer, begun_by=actor, key=new_key(employer), **file)
    pending.media_type, pending.begun_at = media_type, at
    pending.save()
    return pending


def receive_upload(pending: PendingUpload, stream: incoming.Stream, *, offset: int, actor: User) -> int:
    """Write what comes after the first ``offset`` bytes onto the local store; return how many are there now.

    Raises incoming.OutOfStepError; TryAgain where the disk refuses; PermissionDenied.
    """
    require_writer(actor, pending.employer)
    try:
        sha256 = incoming.receive(pending, stream, offset)
        if sha256 != pending.sha256:
            PendingUpload.objects.filter(pk=pending.pk).update(sha256=sha256)
        return incoming.arrived(pending)
    except STORE_ERRORS as fault:
        raise our_fault(pending.name, fault) from fault


def finish_upload(pending: PendingUpload, *, actor: User, at: dt.datetime, **said: Any) -> Fate:
    """Make a document of what came, or the next version of its document, as ``add_revision`` does.

    ``said`` is what ``add_document`` takes besides; of a document that is there already nothing is said.
    Finished twice it is one document, or one version. What is refused is removed; after a TryAgain, in the fate, it
    waits to be sent or finished again. Raises PermissionDenied.
    """
    require_writer(actor, pending.employer)
    if pending.revision is None:
        try:
            _keep(pending, actor=actor, at=at, **said)
        except UploadRefused as refusal:
            if not (finished := _finished_meanwhile(pending)):
                if not isinstance(refusal, TryAgain):
                    drop_upload(pending, actor=actor)
                return Fate(refusal.name, refusal=refusal)
            pending = finished
    is_new = pending.revision is not None and pending.revision.created_at == pending.finished_at
    return Fate(pending.name, revision=pending.revision, is_new=is_new)


def _finished_meanwhile(pending: PendingUpload) -> PendingUpload | None:
    """By another request that was faster: it moved the file away, or its version is the newest already."""
    finished = PendingUpload.objects.exclude(revision=None).select_related("revision__document")
    return finished.filter(pk=pending.pk).first()


def _keep(pending: PendingUpload, *, actor: User, at: dt.datetime, **said: Any) -> None:
    try:
        if incoming.arrived(pending) != pending.size:
            raise FileNotFoundError(pending.key)
        with incoming.open_arrived(pending) as file:
            checked = recognise(file, pending.name, sha256=pending.sha256)
            if pending.document:
                revision = add_recognised_revision(pending.document, file, checked, actor=actor, at=at)
            else:
                revision = add_recognised(pending.employer, file, checked, actor=actor, at=at, **said)
    except FileNotFoundError:
        text, remedy = _("No llegó completo."), _("Elige otra vez el archivo para seguir.")
        raise TryAgain(pending.name, text, remedy) from None
    except STORE_ERRORS as fault:
        raise our_fault(pending.name, fault) from fault
    _note(pending, revision, at)


def _note(pending: PendingUpload, revision: Revision, at: dt.datetime) -> None:
    pending.revision, pending.finished_at = revision, at
    # Nothing is written where somebody put it aside meanwhile: the document stays.
    PendingUpload.objects.filter(pk=pending.pk).update(revision=revision, finished_at=at)
    drop_blob(pending.key)


def drop_upload(pending: PendingUpload, *, actor: User) -> None:
    """Forget a file that was left half-way, and what came of it. Raises PermissionDenied."""
    require_writer(actor, pending.employer)
    PendingUpload.objects.filter(pk=pending.pk).delete()
    drop_blob(pending.key)


def sweep_incoming(*, at: dt.datetime) -> int:
    """Forget what nobody went on with for a day, remove the files that no row needs; return how many files."""
    before = at - KEPT_FOR
    PendingUpload.objects.filter(begun_at__lt=before).delete()
    needed = PendingUpload.objects.unfinished()
    return drop_unneeded(FOLDER, lambda name: needed.filter(key=name).exists(), before)
