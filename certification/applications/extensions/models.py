"""More days to answer what was observed: asked for once a round, granted or refused on record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Por resolver")
    GRANTED = "granted", _("Concedida")
    REFUSED = "refused", _("No concedida")


WAITING = Q(outcome=Outcome.WAITING, decided_at=None, decided_by=None, answer="", granted_days=None, due_after=None)
SAID = Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(answer="")
GRANTED = Q(outcome=Outcome.GRANTED, granted_days__gte=1, granted_days__lte=F("most"), due_after__gt=F("due_before"))
REFUSED = Q(outcome=Outcome.REFUSED, granted_days=None, due_after=None)


class Extension(models.Model):
    """A request of an employer and its answer. Days are in the unit of the standard's clock.

    ``most`` is what the standard's document allowed on that day.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(_("días que pides"))
    reason = models.TextField(_("motivo"))
    due_before = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    granted_days = models.PositiveSmallIntegerField(_("días que concedes"), null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    answer = models.TextField(_("razón"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("application", "round")
        indexes = (models.Index(fields=("outcome", "asked_at"), name="extension_waiting"),)
        constraints = (
            models.UniqueConstraint(fields=("application", "round"), name="one_extension_a_round"),
            models.CheckConstraint(
                name="extension_asks_for_days",
                condition=Q(days__gte=1, days__lte=F("most")) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="extension_is_answered_whole", condition=WAITING | (SAID & (GRANTED | REFUSED))
            ),
            models.CheckConstraint(
                name="extension_by_somebody_else",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}/{self.round} {self.outcome}"


def is_waiting() -> Exists:
    """Of an application in a query: more days were asked for in its round, and nobody has answered yet."""
    waiting = Extension.objects.filter(outcome=Outcome.WAITING)
    return Exists(waiting.filter(application=OuterRef("pk"), round=OuterRef("round")))
