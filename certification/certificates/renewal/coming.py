"""What comes after a certificate: surveillance and renewal, from its dates and its standard's own rules. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate
from certification.standards.calendar import add_term
from certification.standards.document import Deadline, StandardDocument
from certification.standards.document import Renewal as RenewalRule
from certification.standards.document import Surveillance as SurveillanceRule
from certification.standards.enums import DeadlineCode


@dataclass(frozen=True)
class Surveillance:
    """At mid-term. ``month`` is the first day of the month in which it is due; it is told from ``opens_on``."""

    month: dt.date
    opens_on: dt.date
    notice: Deadline | None
    rule: SurveillanceRule | None
    is_confirmed: bool  # the number of months after which it is due
    today: dt.date

    @property
    def when(self) -> str:
        """«later», «now» or «past»: whether it was done is not known here."""
        last = self.month.replace(day=calendar.monthrange(self.month.year, self.month.month)[1])
        return "later" if self.today < self.opens_on else "now" if self.today <= last else "past"


@dataclass(frozen=True)
class Renewal:
    """It is asked for until ``ask_by``, which is the last day in force where the standard sets no deadline."""

    ask_by: dt.date
    valid_until: dt.date
    deadline: Deadline | None
    rule: RenewalRule | None
    today: dt.date

    @property
    def when(self) -> str:
        """«time» is left, it is «late», or the certificate «expired»."""
        return "time" if self.today <= self.ask_by else "late" if self.today <= self.valid_until else "expired"


@dataclass(frozen=True)
class Coming:
    certificate: Certificate
    surveillance: Surveillance | None
    renewal: Renewal


def coming(certificate: Certificate, today: dt.date) -> Coming | None:
    """None for what was cancelled: nothing comes after it."""
    if certificate.status == CertificateStatus.CANCELLED:
        return None
    document = certificate.standard.document
    return Coming(certificate, _surveillance(certificate, document, today), _renewal(certificate, document, today))


def _deadline(document: StandardDocument, code: str) -> Deadline | None:
    return next((one for one in document.deadlines if one.code == code and one.amount), None)


def _before(day: dt.date, deadline: Deadline | None) -> dt.date:
    return add_term(day, -deadline.amount, deadline.unit) if deadline and deadline.amount else day


def _surveillance(certificate: Certificate, document: StandardDocument, today: dt.date) -> Surveillance | None:
    due = certificate.data.get("surveillance_on")
    if not due:
        return None
    month, notice = dt.date.fromisoformat(due), _deadline(document, DeadlineCode.SURVEILLANCE)
    is_confirmed = document.is_confirmed("surveillance_months")
    return Surveillance(month, _before(month, notice), notice, document.surveillance, is_confirmed, today)


def _renewal(certificate: Certificate, document: StandardDocument, today: dt.date) -> Renewal:
    until, deadline = certificate.valid_until, _deadline(document, DeadlineCode.RENEWAL)
    return Renewal(_before(until, deadline), until, deadline, document.renewal, today)
