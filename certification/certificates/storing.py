"""Keep signed certificates in the default storage."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from accounts.refusals import ActionRefused
from certification.certificates.models import Certificate
from certification.evidence.store import drop_unneeded
from certification.papers.storing import StoreUnavailable
from certification.papers.storing import store_pdf as store

FOLDER = "certificates"


def store_pdf(content: bytes) -> tuple[str, str]:
    """Store a PDF and return its name and SHA-256; the same content is stored once.

    Raises ActionRefused when the disk or the object store refuses to write.
    """
    try:
        return store(FOLDER, content)
    except StoreUnavailable as error:
        raise ActionRefused(
            _(
                "El certificado no se pudo guardar: el almacén de archivos no responde. "
                "No se emitió nada; inténtalo otra vez en unos minutos."
            )
        ) from error


def sweep_pdfs(*, at: dt.datetime) -> int:
    """Remove the signed files that no certificate names and that are older than a day before ``at``; return how many.

    They are left behind when the signature was made and the register then refused the certificate.
    """
    return drop_unneeded(FOLDER, lambda name: Certificate.objects.filter(pdf=name).exists(), at - dt.timedelta(days=1))
