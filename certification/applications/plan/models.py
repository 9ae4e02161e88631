"""The improvement plan of an employer: what will be done about a gap, by whom and until when.

It belongs to the employer and to the standard, not to one application: it survives the cycle, and the next
application of the same standard finds it beside the criterion, which keeps its code across versions.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.applications.plan.enums import ActionState
from employers.models import Employer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ImprovementActionQuerySet(models.QuerySet["ImprovementAction"]):
    def visible_to(self, user: User | AnonymousUser) -> ImprovementActionQuerySet:
        """The plan of the person's employers. No role of the programme sees any of it."""
        return self.filter(employer__in=Employer.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> ImprovementActionQuerySet:
        return self.filter(state=ActionState.OPEN)

    def overdue(self, today: dt.date) -> ImprovementActionQuerySet:
        return self.open().filter(due_on__lt=today)


class ImprovementAction(models.Model):
    """One thing to do. ``owner`` is a person of the employer; whoever has no account is named in ``owner_name``."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="improvement_actions")
    standard_code = models.CharField(max_length=40)  # of the document: the same in all its versions
    criterion = models.CharField(max_length=20, blank=True)  # stable code of the item; empty for the whole standard
    what = models.TextField(_("qué se hará"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="improvement_actions"
    )
    owner_name = models.CharField(_("quién, si no tiene cuenta"), max_length=150, blank=True)
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    practice = models.SlugField(_("práctica que sirve de ejemplo"), max_length=90, blank=True)
    state = models.CharField(max_length=7, choices=ActionState.choices, default=ActionState.OPEN)
    reason = models.TextField(_("motivo"), blank=True)  # why it was dropped
    reminded_for = models.DateField(null=True, blank=True)  # the due date of which the owner was reminded
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)  # makes the second of two concurrent changes lose

    objects: ClassVar[models.Manager[ImprovementAction]] = ImprovementActionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("employer", "state", "due_on", "id"), name="improvement_plan"),)
        constraints = (
            models.CheckConstraint(name="improvement_state_known", condition=Q(state__in=ActionState.values)),
            models.CheckConstraint(name="improvement_says_what", condition=~Q(what="")),
            models.CheckConstraint(name="improvement_one_owner", condition=Q(owner=None) | Q(owner_name="")),
            models.CheckConstraint(
                name="improvement_closed_by_somebody",
                condition=Q(state=ActionState.OPEN, closed_at=None, closed_by=None)
                | (~Q(state=ActionState.OPEN) & Q(closed_at__isnull=False, closed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="improvement_dropped_has_reason", condition=~Q(state=ActionState.DROPPED) | ~Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.employer_id} {self.standard_code} {self.criterion}"

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    def is_overdue(self, today: dt.date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today
