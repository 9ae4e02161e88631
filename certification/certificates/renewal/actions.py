"""What an employer does to renew a certificate."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.models import Application
from certification.applications.renewing.actions import open_renewal
from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate


@transaction.atomic
def prepare(certificate: Certificate, *, actor: User, at: dt.datetime) -> tuple[Application, bool]:
    """Returns and raises like ``open_renewal``; raises ActionRefused where the certificate is cancelled, too."""
    # Whoever cancels it is waited for, or waits until there is a draft; on SQLite the transaction is exclusive.
    stored = Certificate.objects.select_for_update(no_key=True).select_related(None).get(pk=certificate.pk)
    if stored.status == CertificateStatus.CANCELLED:
        raise ActionRefused(_("Este certificado se canceló: no se renueva. Puedes abrir una solicitud nueva."))
    return open_renewal(certificate.application, actor=actor, at=at)
