"""How a sending was signed, and the signed paper that acknowledges it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from certification.applications.models import Submission


class Signature(models.Model):
    """Who signed the declaration of a submission, and how. Database triggers refuse any change.

    ``digest`` is the SHA-256 that was signed, the submission's own; ``evidence`` is what the setting
    DECLARATION_SIGNER gave back, never a password.
    """

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="signature")
    digest = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    evidence = models.JSONField(default=dict)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(name="signature_says_what_and_how", condition=~Q(digest="") & ~Q(method="")),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} {self.method}"


class Receipt(models.Model):
    """The signed PDF of a submission: a row here is a receipt. Until it is made the submission stands without it."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="receipt")
    data = models.JSONField()  # what it says, also attached to the PDF
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical data
    pdf = models.CharField(max_length=200)  # name in the default storage
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("submission",)
        constraints = (
            models.CheckConstraint(
                name="receipt_has_file_and_hashes", condition=~Q(pdf="") & ~Q(pdf_sha256="") & ~Q(digest="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id}"
