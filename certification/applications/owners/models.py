"""Who of the employer has taken on which part of an application: the employer's own arrangement, never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application
from employers.enums import MemberRole
from employers.models import Membership

if TYPE_CHECKING:
    from accounts.models import User


class ItemOwnerQuerySet(models.QuerySet["ItemOwner"]):
    def visible_to(self, user: User) -> ItemOwnerQuerySet:
        """Those of the person's employers. No role of the programme sees any."""
        return self.filter(application__in=Application.objects.of_member(user).order_by().values("pk"))

    def in_force(self) -> ItemOwnerQuerySet:
        """Without those who left the employer or may only read now: what they had has no owner."""
        return self.filter(membership__ended_at=None).exclude(membership__role=MemberRole.READER)


class ItemOwner(models.Model):
    """A person of the employer sees to one requirement, criterion or measure: ``item`` is its code."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="item_owners")
    item = models.CharField(max_length=20)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="owned_items", verbose_name=_("quién se encarga")
    )
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[ItemOwner]] = ItemOwnerQuerySet.as_manager()

    class Meta:
        ordering = ("item",)
        constraints = (models.UniqueConstraint(fields=("application", "item"), name="one_owner_an_item"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.item}"
