"""Keep signed PDF files in the default storage, under a name made from their content, and serve them."""

from __future__ import annotations

import hashlib

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse

UNREACHABLE = (OSError, BotoCoreError, ClientError)


class StoreUnavailable(Exception):
    """The disk or the object store refused to write, or does not have the file."""


def store_pdf(folder: str, content: bytes) -> tuple[str, str]:
    """Store a PDF and return its name and SHA-256; the same content is stored once. Raises StoreUnavailable."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{sha256[:2]}/{sha256}.pdf"
    try:
        if not default_storage.exists(name):
            name = default_storage.save(name, ContentFile(content))
    except UNREACHABLE as error:
        raise StoreUnavailable(name) from error
    return name, sha256


def pdf_response(name: str, *, filename: str) -> FileResponse:
    """Serve a stored PDF under a name that people know. Raises StoreUnavailable."""
    try:
        file = default_storage.open(name)
    except UNREACHABLE as error:
        raise StoreUnavailable(name) from error
    response = FileResponse(file, filename=filename, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
