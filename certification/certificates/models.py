"""The register: a row here is a certificate. Issuing is registering, in one transaction."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ReviewBody
from certification.applications.models import Application
from certification.certificates.enums import CertificateStatus, PublicStatus
from certification.standards.models import Standard
from employers.models import Employer, Workplace

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The words in lower case, without accents or marks: how names are compared in the search of the register."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def public_status(status: str, valid_until: dt.date, today: dt.date) -> PublicStatus:
    """What the public reads: a certificate in force has expired when its last day is past."""
    if status == CertificateStatus.IN_FORCE and valid_until < today:
        return PublicStatus.EXPIRED
    return PublicStatus(status)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def with_status(self, status: PublicStatus, today: dt.date) -> CertificateQuerySet:
        """Certificates that the public reads as ``status`` on ``today``."""
        if status == PublicStatus.EXPIRED:
            return self.filter(status=CertificateStatus.IN_FORCE, valid_until__lt=today)
        found = self.filter(status=status.value)
        return found.filter(valid_until__gte=today) if status == PublicStatus.IN_FORCE else found


class Certificate(models.Model):
    folio = models.CharField(max_length=30, unique=True)
    application = models.OneToOneField(Application, models.PROTECT, related_name="certificate")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="certificates")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="certificates")
    body = models.ForeignKey(ReviewBody, models.PROTECT, related_name="certificates")
    # What is certified, as it was on that day: the register does not change when the employer's data do.
    holder = models.CharField(_("titular"), max_length=250)
    holder_folded = models.CharField(max_length=250)  # its words as fold() leaves them: for the search by name
    standard_slug = models.SlugField(max_length=60)
    level = models.CharField(_("nivel"), max_length=20)
    level_title = models.CharField(max_length=60)
    sector = models.CharField(max_length=10)
    scian = models.CharField(max_length=5)
    size = models.CharField(max_length=10)
    state = models.CharField(_("entidad"), max_length=2)  # of the first site; all sites are in CertificateSite
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    issued_on = models.DateField(_("expedido el"))
    valid_until = models.DateField(_("vigente hasta"))
    status = models.CharField(max_length=10, choices=CertificateStatus.choices, default=CertificateStatus.IN_FORCE)
    is_sample = models.BooleanField(default=False)  # demonstration data: the paper says that it has no validity
    data = models.JSONField()  # the certified data, also attached to the PDF
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical data; the seal is drawn from it
    pdf = models.CharField(max_length=200)  # name in the default storage
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Certificate]] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_on", "-pk")
        indexes = (
            models.Index(fields=("-issued_on", "-id"), name="certificate_newest"),
            models.Index(fields=("state", "-issued_on", "-id"), name="certificate_state"),
            models.Index(fields=("standard_slug", "-issued_on", "-id"), name="certificate_standard"),
        )
        constraints = (
            models.CheckConstraint(name="certificate_status_known", condition=Q(status__in=CertificateStatus.values)),
            models.CheckConstraint(name="certificate_dates_in_order", condition=Q(issued_on__lt=F("valid_until"))),
            models.CheckConstraint(name="certificate_has_hashes", condition=~Q(pdf_sha256="") & ~Q(digest="")),
            models.CheckConstraint(
                name="certificate_says_what_and_whose",
                condition=~Q(holder="") & ~Q(level="") & ~Q(size="") & ~Q(sector="") & ~Q(state=""),
            ),
        )

    def __str__(self) -> str:
        return self.folio

    def public_status(self, today: dt.date) -> PublicStatus:
        return public_status(self.status, self.valid_until, today)


class CertificateSite(models.Model):
    """A workplace that the certificate names, as it was on that day."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="sites")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="certificate_sites")
    name = models.CharField(max_length=150)
    state = models.CharField(max_length=2)
    municipality = models.CharField(max_length=5)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("state", "certificate"), name="site_state"),)
        constraints = (models.UniqueConstraint(fields=("certificate", "workplace"), name="site_once"),)

    def __str__(self) -> str:
        return self.name


class HolderWord(models.Model):
    """A word of the holder's name, so that rare names are found without reading the others."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="holder_words", db_index=False)
    # Bytes of UTF-8: both databases compare them alike, so that «begins with» is a range of the index on both.
    word = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("certificate", "word"), name="holder_word_of"),)
        constraints = (models.UniqueConstraint(fields=("word", "certificate"), name="holder_word_once"),)

    def __str__(self) -> str:
        return f"{self.certificate_id} {bytes(self.word).decode()}"


class StatusChange(models.Model):
    """A public change of a certificate: suspended, cancelled or in force again, with its reason."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="status_changes")
    status = models.CharField(max_length=10, choices=CertificateStatus.choices)
    on = models.DateField()
    reason = models.TextField(_("razón pública"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(name="status_change_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="status_change_known", condition=Q(status__in=CertificateStatus.values)),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.status}"
