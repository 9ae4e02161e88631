"""A file that came by itself, attached where it was sent for."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from certification.applications.attachments import attach_documents
from certification.applications.models import Application
from certification.applications.saving import can_edit_item, open_item
from certification.evidence.actions import Fate
from certification.evidence.uploads.actions import finish_upload
from certification.evidence.uploads.models import PendingUpload
from employers.models import Workplace


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

    Sent twice it is one document, used once. Raises like ``saving.open_item``, before anything is stored.
    """
    if not can_edit_item(actor, application, item):
        open_item(application, item, actor=actor, at=at)  # raises, and says why
    fate = finish_upload(pending, issued_on=issued_on, actor=actor, at=at)
    if fate.revision:
        attach_documents(application, item, [fate.revision.document], workplace=workplace, actor=actor, at=at)
    return fate
