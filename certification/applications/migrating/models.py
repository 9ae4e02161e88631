"""A newer version of a standard offered to drafts of an older one, and what each employer made of the offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.applications.migrating.enums import Choice
from certification.applications.models import Application
from certification.standards.models import Standard

if TYPE_CHECKING:
    from accounts.models import User


class MigrationOffer(models.Model):
    """Drafts on ``source`` may move to ``target``. It stands until it is withdrawn; nobody has to move."""

    source = models.ForeignKey(Standard, models.PROTECT, related_name="offers_from")
    target = models.ForeignKey(Standard, models.PROTECT, related_name="offers_to")
    note = models.TextField(_("nota para las empresas"), blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("source",), condition=Q(withdrawn_at=None), name="one_offer_a_version"),
            models.CheckConstraint(name="offer_of_another_version", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="offer_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class MigrationChoiceQuerySet(models.QuerySet["MigrationChoice"]):
    def visible_to(self, user: User) -> MigrationChoiceQuerySet:
        """Those of the person's employers: a draft is private, and so is what it was before it moved."""
        return self.filter(application__in=Application.objects.of_member(user).order_by().values("pk"))


class MigrationChoice(models.Model):
    """One more row each time; the newest counts. ``said`` is all that the application said before it moved."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="migration_choices")
    offer = models.ForeignKey(MigrationOffer, models.PROTECT, related_name="choices")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    said = models.JSONField(null=True)  # migrating.copies.take: by kind and code; None where nothing moved
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[MigrationChoice]] = MigrationChoiceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="migration_choice_known", condition=Q(choice__in=Choice.values)),
            models.CheckConstraint(
                name="migration_keeps_what_was_said", condition=Q(choice=Choice.KEPT) | Q(said__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.choice}"
