"""Placing a document: saying what it is, and using it for what it proves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from certification.applications.attachments import attach_documents
from certification.applications.models import Application
from certification.evidence.actions import update_document
from certification.evidence.models import Document


@transaction.atomic
def place(
    document: Document,
    application: Application | None,
    item: str,
    *,
    version: int,
    said: dict[str, Any],
    actor: User,
    at: dt.datetime,
) -> None:
    """Store what is said of a document and use it for ``item``, both or none; the same twice is as once.

    Without an item it is only described, and stays in the inbox. Raises as ``update_document`` and
    ``attach_documents``.
    """
    if application and item:
        # The application first, as everywhere: sending locks it before its documents.
        attach_documents(application, item, [document], actor=actor, at=at)
    update_document(document, version=version, actor=actor, at=at, **said)
