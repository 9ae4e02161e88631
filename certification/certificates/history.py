"""The public life of a certificate, as entries of a timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification.certificates.enums import CertificateStatus, PublicStatus
from certification.certificates.models import Certificate


@dataclass(frozen=True)
class Entry:
    """``kind`` is "", "now" or "later", as the timeline shows it."""

    on: dt.date
    title: str
    text: str = ""
    kind: str = ""


def history_of(certificate: Certificate, today: dt.date) -> list[Entry]:
    """What happened, what is today, and what comes."""
    charge = certificate.data["legal"]["signatory_charge"]
    entries = [Entry(certificate.issued_on, _("Emitido y publicado"), _("Firmado: %(charge)s.") % {"charge": charge})]
    entries += [
        Entry(
            change.on,
            _("Vigente otra vez") if change.status == CertificateStatus.IN_FORCE else change.get_status_display(),
            change.reason,
        )
        for change in certificate.status_changes.all()
    ]
    status = certificate.public_status(today)
    if status == PublicStatus.EXPIRED:
        entries.append(Entry(certificate.valid_until, _("Fue su último día"), _("No se renovó dentro del plazo.")))
    entries.append(Entry(today, _("Hoy: %(status)s") % {"status": str(status.label).lower()}, kind="now"))
    if status in (PublicStatus.IN_FORCE, PublicStatus.SUSPENDED):
        entries += _to_come(certificate, today)
    return entries


def _to_come(certificate: Certificate, today: dt.date) -> list[Entry]:
    entries = []
    surveillance = certificate.data.get("surveillance_on")
    if surveillance and dt.date.fromisoformat(surveillance) > today:
        text = _("Si no se hace, se suspende y aquí se verá.")
        entries.append(Entry(dt.date.fromisoformat(surveillance), _("Vigilancia"), text, "later"))
    entries.append(Entry(certificate.valid_until, _("Último día de vigencia"), kind="later"))
    return entries
