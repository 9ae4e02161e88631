"""Which draft renews what was awarded, and since when: what nobody saved after that is still as it was carried."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from certification.applications.models import Application


class Renewal(models.Model):
    """A draft that began with the answers of an awarded application, the source.

    A row of the draft saved no later than ``opened_at`` came from the source and was not confirmed since.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="renewal_of")
    source = models.ForeignKey(Application, models.PROTECT, related_name="renewals")
    is_current = models.BooleanField(default=True)  # until it is withdrawn or declined: workflow.move()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("source",), condition=Q(is_current=True), name="one_current_renewal"),
            models.CheckConstraint(name="renewal_of_another", condition=~Q(application=F("source"))),
        )

    def __str__(self) -> str:
        return f"{self.application_id} ← {self.source_id}"
