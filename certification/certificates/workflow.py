"""What may happen to a certificate after it was issued. Expiring is no change: the last day says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate
from certification.certificates.permissions import may_change_status


@dataclass(frozen=True)
class StatusMove:
    sources: tuple[CertificateStatus, ...]
    target: CertificateStatus
    also_expired: bool = False

    def is_late(self, certificate: Certificate, today: dt.date) -> bool:
        """Whether the certificate has expired and the move says nothing any more."""
        return certificate.valid_until < today and not self.also_expired


MOVES = {
    "suspend": StatusMove((CertificateStatus.IN_FORCE,), CertificateStatus.SUSPENDED),
    "reinstate": StatusMove((CertificateStatus.SUSPENDED,), CertificateStatus.IN_FORCE),
    "cancel": StatusMove(
        (CertificateStatus.IN_FORCE, CertificateStatus.SUSPENDED), CertificateStatus.CANCELLED, also_expired=True
    ),
}


def available_moves(certificate: Certificate, user: User) -> list[str]:
    """Names of what the person may do now with the certificate: buttons come from here."""
    if not may_change_status(user, certificate):
        return []
    today = timezone.localdate()
    return [
        name
        for name, move in MOVES.items()
        if certificate.status in move.sources and not move.is_late(certificate, today)
    ]
