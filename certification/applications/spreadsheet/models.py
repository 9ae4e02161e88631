"""What a sheet that came back would change, until its owner says what of it to apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from certification.applications.models import Application

if TYPE_CHECKING:
    from accounts.models import User


class SheetUploadQuerySet(models.QuerySet["SheetUpload"]):
    def visible_to(self, user: User) -> SheetUploadQuerySet:
        """The person's own, while the person works for the employer: nobody else answers for what a sheet says."""
        own = Application.objects.of_member(user).order_by().values("pk")
        return self.filter(application__in=own, uploaded_by_id=user.pk)

    def open(self) -> SheetUploadQuerySet:
        """Neither applied nor cancelled."""
        return self.filter(closed_at=None)


class SheetUpload(models.Model):
    """A sheet as it was read. ``changes`` is what differs from its export, by cell: ``changes.Change`` as lists."""

    # Not a record of the process: a draft that is deleted takes what was still to be confirmed along.
    application = models.ForeignKey(Application, models.CASCADE, related_name="sheet_uploads")
    name = models.CharField(max_length=200)
    exported_at = models.DateTimeField()
    changes = models.JSONField(default=list)  # empty once it is closed
    version = models.PositiveIntegerField(default=1)  # makes the second of two presses of the same page do nothing
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[SheetUpload]] = SheetUploadQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "uploaded_by"), condition=Q(closed_at=None), name="one_open_sheet_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.name}"
