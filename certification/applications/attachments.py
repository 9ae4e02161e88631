"""Attaching evidence to the items of an application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.conflicts import ChangedMeanwhile
from accounts.models import User
from accounts.open_pages import OpenPage
from accounts.refusals import ActionRefused
from certification.applications.models import Application, EvidenceUse
from certification.applications.saving import open_item, require_open
from certification.evidence.actions import Fate, add_documents
from certification.evidence.links.actions import add_link
from certification.evidence.models import Document, Revision
from certification.evidence.uploads.actions import finish_upload
from certification.evidence.uploads.models import PendingUpload
from employers.models import Workplace

NO_PAGE = OpenPage()  # pressed without scripts


class UsedAlready(ActionRefused):
    """The document serves the same workplace, or all of them, for the same item by another use."""


def attach_uploads(
    application: Application,
    item: str,
    uploads: Sequence[UploadedFile[bytes]],
    *,
    issued_on: dt.date | None,
    workplace: Workplace | None = None,
    actor: User,
    at: dt.datetime,
) -> list[Fate]:
    """Store each file as a document of the employer and use it for ``item``; a bad file harms no other.

    It serves all workplaces, or only ``workplace``.
    Returns a result a file, in order. Raises like ``saving.require_open``, before anything is stored.
    """
    require_open(application, item, actor=actor)
    results = add_documents(application.employer, uploads, issued_on=issued_on, actor=actor, at=at)
    kept = [result.revision.document for result in results if result.revision is not None]
    attach_documents(application, item, kept, workplace=workplace, actor=actor, at=at)
    return results


def attach_arrived(
    application: Application,
    item: str,
    pending: PendingUpload,
    *,
    issued_on: dt.date | None,
    workplace: Workplace | None = None,
    actor: User,
    at: dt.datetime,
) -> Fate:
    """Make a document of what came and use it for ``item``, in all workplaces or only in ``workplace``.

    Sent twice it is one document, used once. Raises like ``saving.require_open``, before anything is stored.
    """
    require_open(application, item, actor=actor)
    fate = finish_upload(pending, issued_on=issued_on, actor=actor, at=at)
    if fate.revision:
        attach_documents(application, item, [fate.revision.document], workplace=workplace, actor=actor, at=at)
    return fate


def attach_link(
    application: Application,
    item: str,
    link: str,
    *,
    seen_on: dt.date,
    workplace: Workplace | None = None,
    actor: User,
    at: dt.datetime,
) -> None:
    """Use a public web page for ``item``: its address and the day it was seen. Raises like ``attach_uploads``."""
    require_open(application, item, actor=actor)
    revision = add_link(application.employer, link, seen_on=seen_on, actor=actor, at=at)
    attach_documents(application, item, [revision.document], workplace=workplace, actor=actor, at=at)


@transaction.atomic
def attach_documents(
    application: Application,
    item: str,
    documents: Iterable[Document],
    *,
    workplace: Workplace | None = None,
    actor: User,
    at: dt.datetime,
) -> None:
    """Use documents that the employer already has, for all workplaces or only for one of the application's.

    A document used twice for the same item stays once, and one that serves all serves each of them. Raises
    ActionRefused for one whose every file was refused.
    """
    open_item(application, item, actor=actor, at=at)
    _require_place(application, workplace)
    for document in documents:
        if document.employer_id != application.employer_id:
            raise PermissionDenied
        uses = EvidenceUse.objects.filter(application=application, item=item, document=document)
        serves_all = workplace is None or uses.filter(workplace=None).exists()
        newest = {"revision": _usable(document)}
        what = {"application": application, "item": item, "document": document}
        uses.update_or_create(
            workplace=None if serves_all else workplace,
            defaults=newest,
            create_defaults={**what, **newest, "created_at": at, "created_by": actor},
        )


def _usable(document: Document) -> Revision:
    """The newest file in which nothing was found, or nothing yet: what waits for its checks may be attached."""
    if document.usable is None:
        raise ActionRefused(
            _("«%(title)s» no tiene un archivo que se pueda usar. Sube otro en sus datos.") % {"title": document.title}
        )
    return document.usable


def _require_place(application: Application, workplace: Workplace | None) -> None:
    if workplace is not None and not application.workplaces.filter(pk=workplace.pk).exists():
        raise ActionRefused(_("Ese centro no es de esta solicitud."))


@transaction.atomic
def describe_use(
    use: EvidenceUse,
    *,
    version: int,
    pointer: str,
    shows: str,
    workplace: Workplace | None = None,
    page: OpenPage = NO_PAGE,
    actor: User,
    at: dt.datetime,
) -> int:
    """Say on which pages the proof stands, what it shows, and whether it serves one workplace alone.

    Returns the new version; what was said before, or what a later request of ``page`` overtook, changes nothing. Raises
    ChangedMeanwhile when somebody else was faster, UsedAlready, and ActionRefused when the document was taken off.
    """
    open_item(use.application, use.item, actor=actor, at=at)  # whoever else describes or takes off waits from here on
    _require_place(use.application, workplace)
    said: dict[str, Any] = {"pointer": pointer, "shows": shows, "workplace": workplace}
    stored = EvidenceUse.objects.select_related("workplace").filter(pk=use.pk).first()
    if stored is None:
        raise ActionRefused(_("Ese documento ya no se usa aquí."))
    if _is_overtaken(stored, page) or all(getattr(stored, name) == value for name, value in said.items()):
        return stored.version
    if stored.version != version and not _is_own(stored, page):
        raise ChangedMeanwhile(stored)
    _require_one_use(stored, workplace)
    own = {"saved_from": page.name, "saved_step": page.step}
    EvidenceUse.objects.filter(pk=use.pk).update(**said, **own, version=F("version") + 1)
    return stored.version + 1


def _is_own(stored: EvidenceUse, page: OpenPage) -> bool:
    """Whether that open page said it last: it goes on from there, also when the answer was lost on the way."""
    return bool(page.name) and stored.saved_from == page.name


def _is_overtaken(stored: EvidenceUse, page: OpenPage) -> bool:
    return _is_own(stored, page) and 0 < page.step < stored.saved_step


def _require_one_use(use: EvidenceUse, workplace: Workplace | None) -> None:
    same = EvidenceUse.objects.filter(application=use.application_id, item=use.item, document=use.document_id)
    if same.filter(workplace=workplace).exclude(pk=use.pk).exists():
        raise UsedAlready(_("Ese documento ya sirve para lo mismo aquí. Corrige el otro, o quita uno de los dos."))


@transaction.atomic
def detach(use: EvidenceUse, *, actor: User, at: dt.datetime) -> None:
    """Stop using a document for an item. The document stays in the employer's library."""
    open_item(use.application, use.item, actor=actor, at=at)
    use.delete()
