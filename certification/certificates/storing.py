"""Keep signed PDF files in the default storage, under a name made from their content."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from accounts.refusals import ActionRefused
from certification.certificates.models import Certificate
from certification.evidence.store import drop_blob, names_under

FOLDER = "certificates"
UNREACHABLE = (OSError, BotoCoreError, ClientError)


def store_pdf(content: bytes) -> tuple[str, str]:
    """Store a PDF and return its name and SHA-256; the same content is stored once.

    Raises ActionRefused when the disk or the object store refuses to write.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{FOLDER}/{sha256[:2]}/{sha256}.pdf"
    try:
        if not default_storage.exists(name):
            name = default_storage.save(name, ContentFile(content))
    except UNREACHABLE as error:
        raise ActionRefused(
            _(
                "El certificado no se pudo guardar: el almacén de archivos no responde. "
                "No se emitió nada; inténtalo otra vez en unos minutos."
            )
        ) from error
    return name, sha256


def sweep_pdfs(*, at: dt.datetime) -> int:
    """Remove the signed files that no certificate names and that are older than a day before ``at``; return how many.

    They are left behind when the signature was made and the register then refused the certificate.
    """
    count = 0
    for name in list(_unneeded_pdfs(at - dt.timedelta(days=1))):
        drop_blob(name)
        count += 1
    return count


def _unneeded_pdfs(before: dt.datetime) -> Iterator[str]:
    for name in names_under(FOLDER):
        if default_storage.get_modified_time(name) < before and not Certificate.objects.filter(pdf=name).exists():
            yield name
