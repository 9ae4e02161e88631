"""Files that a browser said it would send, until they are documents."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from certification.evidence.models import Document, Revision
from employers.models import Employer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

FOLDER = "incoming"


def new_key(employer: Employer) -> str:
    """A name in the store that nobody guesses; nothing of the file's own name is in it."""
    return f"{FOLDER}/{employer.pk}/{uuid.uuid4().hex}"


class PendingUploadQuerySet(models.QuerySet["PendingUpload"]):
    def visible_to(self, user: User | AnonymousUser) -> PendingUploadQuerySet:
        """Those of the person's employers. Whoever writes in the library may go on with what a colleague began."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(employer__memberships__user=user, employer__memberships__ended_at=None)

    def unfinished(self) -> PendingUploadQuerySet:
        return self.filter(revision=None)


class PendingUpload(models.Model):
    """A file on its way. What is said of it is the browser's word; what came is measured when it is finished."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="pending_uploads")
    # Of which it is to be the next version; nothing where it is to be a document of its own.
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=100, unique=True)  # where it arrives in the store, out of sight
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    changed = models.CharField(max_length=30, blank=True)  # when the file was last saved, to know it again
    sha256 = models.CharField(max_length=64, blank=True)  # ours, of what came whole in one request
    begun_at = models.DateTimeField()  # the last time that somebody began or went on
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    # Who presses «finish» again gets the same answer; the row says nothing once the revision is gone.
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager[PendingUpload]] = PendingUploadQuerySet.as_manager()

    class Meta:
        ordering = ("-begun_at", "-pk")
        indexes = (models.Index(fields=("employer", "-begun_at"), name="pending_upload_newest"),)
        constraints = (
            models.CheckConstraint(name="pending_upload_has_content", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="pending_upload_finished_has_revision",
                condition=Q(finished_at=None, revision=None) | Q(finished_at__isnull=False, revision__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name
