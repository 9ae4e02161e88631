"""Put documents into the library and change what is said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.conflicts import ChangedMeanwhile
from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.evidence.checking import check_soon
from certification.evidence.checks import Checked, UploadRefused, clean_name, recognise, split_name
from certification.evidence.enums import USABLE, Derivation, DocumentKind, RevisionState
from certification.evidence.following import follow
from certification.evidence.holds import refuse_if_held
from certification.evidence.models import Document, Revision
from certification.evidence.permissions import require_writer
from certification.evidence.search.index import index_document
from certification.evidence.store import FOLDER, drop_blob, drop_unneeded, is_kept, keep_blob, known_blob
from employers.holds import lock
from employers.models import Employer


@dataclass(frozen=True)
class Fate:
    """What became of one file of several: a revision, or why not."""

    name: str
    revision: Revision | None = None
    refusal: UploadRefused | None = None
    is_new: bool = True  # False: the employer had this content already, and the revision is that one


def add_document(
    employer: Employer,
    upload: UploadedFile[bytes],
    *,
    title: str = "",
    kind: str = DocumentKind.OTHER,
    issued_on: dt.date | None = None,
    actor: User,
    at: dt.datetime,
) -> Revision:
    """Check a file, keep it, and make a document of it; return its first revision.

    Without a title the file's name is it. A content that the employer has already as the newest revision of a
    document comes back as that revision: a form sent twice is one document. Raises UploadRefused (show its text) and
    then leaves no row; PermissionDenied for who may not write in the employer's library.
    """
    require_writer(actor, employer)
    checked = recognise(upload, upload.name or "")
    return add_recognised(employer, upload, checked, title=title, kind=kind, issued_on=issued_on, actor=actor, at=at)


def add_recognised(
    employer: Employer,
    file: IO[bytes],
    checked: Checked,
    *,
    title: str = "",
    kind: str = DocumentKind.OTHER,
    issued_on: dt.date | None = None,
    actor: User,
    at: dt.datetime,
    **made: Any,
) -> Revision:
    """The same for a file of which name, type and hash are known already; ``made`` is said of the revision besides.

    Raises like ``add_document``.
    """
    require_writer(actor, employer)
    title = " ".join(title.split())[:200] or _title(employer, checked)
    document = Document(employer=employer, title=title, kind=kind, issued_on=issued_on, created_at=at, created_by=actor)
    revision = _keep(document, file, checked, actor=actor, at=at, **made)
    _date(revision.document, issued_on, actor=actor, at=at)
    return revision


def add_documents(
    employer: Employer, uploads: Iterable[UploadedFile[bytes]], *, actor: User, at: dt.datetime, **said: Any
) -> list[Fate]:
    """Add each file as a document of its own, in order; one that is refused harms no other.

    ``said`` is what ``add_document`` takes besides. Raises PermissionDenied before the first.
    """
    require_writer(actor, employer)
    fates: list[Fate] = []
    for upload in uploads:
        try:
            revision = add_document(employer, upload, actor=actor, at=at, **said)
            is_new = revision.created_at == at and all(fate.revision != revision for fate in fates)
            fates.append(Fate(clean_name(upload.name or ""), revision=revision, is_new=is_new))
        except UploadRefused as refusal:
            fates.append(Fate(refusal.name, refusal=refusal))
    return fates


def add_revision(document: Document, upload: UploadedFile[bytes], *, actor: User, at: dt.datetime) -> Revision:
    """Check a file and keep it as the next revision of the document; the ones before stay as they are.

    Raises UploadRefused, also for the content the document has now; PermissionDenied as ``add_document``.
    """
    require_writer(actor, document.employer)
    checked = recognise(upload, upload.name or "")
    return add_recognised_revision(document, upload, checked, actor=actor, at=at)


def add_recognised_revision(
    document: Document, file: IO[bytes], checked: Checked, *, actor: User, at: dt.datetime
) -> Revision:
    """The same for a file of which name, type and hash are known already. Raises as above."""
    require_writer(actor, document.employer)
    _require_change(document, checked)
    return _keep(document, file, checked, actor=actor, at=at, is_change=True)


@transaction.atomic
def update_document(document: Document, *, version: int, actor: User, at: dt.datetime, **said: Any) -> Document:
    """Change title, kind and dates if nobody else did since ``version`` was read; return what is stored.

    The same data sent twice change nothing. Raises ChangedMeanwhile; ActionRefused while something that was sent holds
    the document (evidence.holds); ValidationError where the data do not fit together; PermissionDenied.
    """
    require_writer(actor, document.employer)
    # Whoever sends an application locks its documents too, and is then seen here (applications.actions).
    stored = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    changed = sorted(name for name, value in said.items() if getattr(stored, name) != value)
    if not changed:
        return stored
    refuse_if_held(stored)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    for name in changed:
        setattr(stored, name, said[name])
    stored.version += 1
    stored.full_clean(exclude=("employer", "created_by"))
    stored.save(update_fields=[*changed, "version"])
    index_document(stored)
    Event.record(stored, "document_updated", actor=actor, at=at, data={"fields": changed})
    return stored


def sweep_files(*, at: dt.datetime) -> int:
    """Remove the blobs that no revision needs and that are older than a day before ``at``; return how many."""
    return drop_unneeded(FOLDER, lambda name: Revision.objects.filter(file=name).exists(), at - dt.timedelta(days=1))


def add_derived(
    source: Revision, file: IO[bytes], derivation: str, *, actor: User, at: dt.datetime, **made: Any
) -> Revision:
    """Keep what was made from ``source`` as the next revision of its document; the same again is the one of before.

    It is checked like any other, and takes the place of ``source`` where that may still change (evidence.following).
    ``made`` is said of the revision besides. Raises like ``add_document``.
    """
    checked = recognise(file, source.original_name)
    return add_recognised_derived(source, file, checked, derivation, actor=actor, at=at, **made)


def add_recognised_derived(
    source: Revision, file: IO[bytes], checked: Checked, derivation: str, *, actor: User, at: dt.datetime, **made: Any
) -> Revision:
    """The same for a content of which name, type and hash are known already. Raises as above, and ActionRefused for a
    page that was seen again in a version that is not the last any more.
    """
    require_writer(actor, source.document.employer)
    said = {"derived_from": source, "derivation": derivation, **made}
    return _made_before(checked, **said) or _keep(source.document, file, checked, actor=actor, at=at, **said)


def out_of_date() -> ActionRefused:
    return ActionRefused(_("Este documento cambió. Vuelve a cargar la página."))


def _date(document: Document, issued_on: dt.date | None, *, actor: User, at: dt.datetime) -> None:
    """Give a document that was there without a day the one that was said with its file now, where nothing holds it."""
    if issued_on and document.issued_on is None:
        with suppress(ActionRefused):
            document.issued_on = update_document(
                document, version=document.version, issued_on=issued_on, actor=actor, at=at
            ).issued_on


def _title(employer: Employer, checked: Checked) -> str:
    """The file's name; of those without one, the second is «archivo 2», or nobody could tell them apart."""
    stem = split_name(checked.name)[0]
    if stem != split_name(clean_name(""))[0]:
        return stem
    taken = set(employer.documents.filter(title__startswith=stem).values_list("title", flat=True))
    return next(title for n in count(1) if (title := f"{stem} {n}" if n > 1 else stem) not in taken)


def _keep(
    document: Document,
    file: IO[bytes],
    checked: Checked,
    *,
    actor: User,
    at: dt.datetime,
    written: str = "",
    **made: Any,
) -> Revision:
    """Write the content first (``written``: it was) and the rows after: a store that refuses leaves no half row.

    The checks follow: at once with the immediate backend of tasks, and what they refuse is then taken back here, but
    for what can be cleaned. Who sends the same at one moment shares a row; should it be taken back, another is made.
    """
    name = written or keep_blob(document.employer, file, checked)
    if not (added := _add_rows(document, checked, name, actor=actor, at=at, **made)):
        return _keep(document, file, checked, actor=actor, at=at, **made)
    if not (revision := _settled(added.revision)):
        return _keep(document, file, checked, actor=actor, at=at, written=name, **made)
    if revision.file != name:
        drop_blob(name)
    if revision.is_refused:
        raise _refused(revision, checked.name, is_ours=added.is_new)
    if revision.number > 1:
        follow(revision, actor=actor)
    return revision


def _settled(revision: Revision) -> Revision | None:
    """What is stored of a revision once its checks are queued, or made; None where it was taken back."""
    if revision.state != RevisionState.QUARANTINED:
        return revision
    check_soon(revision)
    return Revision.objects.select_related("document").filter(pk=revision.pk).first()


def _refused(revision: Revision, name: str, *, is_ours: bool) -> UploadRefused:
    """Why a file of that name was refused. What cannot be cleaned is taken back, by who made its row."""
    kept = revision if revision.can_be_cleaned else None
    if is_ours and not kept:
        _take_back(revision)
    return UploadRefused(name, revision.reason, revision.remedy, kept=kept)


@transaction.atomic
def _take_back(revision: Revision) -> None:
    """Forget a file that was refused while its sender still waits: it never served for anything."""
    document, name = revision.document, revision.file
    lock(document.employer_id)  # whoever adds the same content sees row and blob, or neither
    revision.delete()
    if not document.revisions.exists():
        document.delete()
    if not Revision.objects.filter(file=name).exists():
        drop_blob(name)


def _require_change(document: Document, checked: Checked) -> None:
    newest = Revision.objects.last_uploaded().filter(document=document)  # asked anew: whoever was faster is seen
    if newest.filter(sha256=checked.sha256).exists():
        raise UploadRefused(checked.name, _("Es el mismo archivo que ya está guardado."), _("Elige la versión nueva."))


def _lock_document(document: Document, checked: Checked, *, is_change: bool) -> None:
    if Document.objects.select_for_update(no_key=True).filter(pk=document.pk).first() is None:
        raise UploadRefused(checked.name, _("Este documento ya se borró."), "")
    if is_change:
        _require_change(document, checked)


def _twin(employer: Employer, checked: Checked) -> Revision | None:
    # The original behind its masked copy is one, too: as another document it would be seen uncovered.
    same = Revision.objects.last_uploaded().filter(
        document__employer=employer, sha256=checked.sha256, size=checked.size
    )
    same = same.filter(Q(state__in=USABLE) | Q(can_be_cleaned=True))
    return same.select_related("document").order_by("pk").first()


def _made_before(
    checked: Checked, *, derived_from: Revision | None = None, derivation: str = "", **_made: Any
) -> Revision | None:
    """The same content made from the same revision, where it is the last of its document."""
    if derived_from is None:
        return None
    same = Revision.objects.newest().filter(derived_from=derived_from, derivation=derivation, sha256=checked.sha256)
    return same.filter(state__in=USABLE).select_related("document").first()


def _require_last(
    document: Document, *, derived_from: Revision | None = None, derivation: str = "", **_made: Any
) -> None:
    """Raise ActionRefused where a page was seen again and something came after what is said to be the last."""
    if derivation != Derivation.SEEN_AGAIN or derived_from is None:
        return
    if document.revisions.filter(number__gt=derived_from.number).exists():
        raise out_of_date()


@dataclass(frozen=True)
class Added:
    """The row of a content. ``is_new``: it is of who asks, and not of who sent the same before."""

    revision: Revision
    is_new: bool


@transaction.atomic
def _add_rows(
    document: Document,
    checked: Checked,
    written: str,
    *,
    actor: User,
    at: dt.datetime,
    is_change: bool = False,
    **made: Any,
) -> Added | None:
    """Return None where the blob was taken back since it was found. ``is_change``: not the newest content again."""
    employer = lock(document.employer_id)
    is_new = document.pk is None
    if not is_new:
        _lock_document(document, checked, is_change=is_change)
    if twin := _twin(employer, checked) if is_new else _made_before(checked, **made):
        return Added(twin, is_new=False)
    _require_last(document, **made)
    name = known_blob(employer, checked) or (written if is_kept(written, checked) else "")
    if not name:
        return None
    if is_new:
        document.save()
    revision = _add_row(document, checked, name, actor=actor, at=at, **made)
    index_document(document)
    action = "document_added" if is_new else "revision_added"
    data = {"number": revision.number, "sha256": revision.sha256, "size": revision.size}
    Event.record(document, action, actor=actor, at=at, data=data)
    return Added(revision, is_new=True)


def _add_row(document: Document, checked: Checked, name: str, *, actor: User, at: dt.datetime, **made: Any) -> Revision:
    last = document.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        document=document,
        number=last + 1,
        file=name,
        original_name=checked.name,
        sha256=checked.sha256,
        size=checked.size,
        media_type=checked.media_type,
        pages=checked.pages,
        created_at=at,
        created_by=actor,
        **made,
    )
