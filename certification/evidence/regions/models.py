"""What the employer marked by hand on the pages of a file, to be black in the masked copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from certification.evidence.models import Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

WHOLE = 10_000  # a side of a page: places are hundredths of a per cent, as whole numbers


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: User | AnonymousUser) -> RegionQuerySet:
        """Those on files of the person's employers."""
        if not user.is_authenticated:
            return self.none()
        memberships = "revision__document__employer__memberships"
        return self.filter(**{f"{memberships}__user": user, f"{memberships}__ended_at": None})

    def as_told(self) -> list[list[int]]:
        """What the program that covers is told of each: page, left, top, width and height, always in one order."""
        rows = self.order_by("page", "left", "top", "width", "height")
        return [list(row) for row in rows.values_list("page", "left", "top", "width", "height")]


class Region(models.Model):
    """A rectangle of a page as its picture shows it; a photograph is page 1."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="regions")
    page = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Region]] = RegionQuerySet.as_manager()

    class Meta:
        ordering = ("page", "top", "left", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("revision", "page", "left", "top", "width", "height"), name="region_marked_once"
            ),
            models.CheckConstraint(
                name="region_within_page",
                condition=Q(page__gt=0, width__gt=0, height__gt=0)
                & Q(left__lte=WHOLE - F("width"), top__lte=WHOLE - F("height")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision_id}/{self.page}: {self.left}, {self.top}, {self.width}, {self.height}"

    def percents(self) -> dict[str, str]:
        """Its places as people and SVG say them."""
        return {name: f"{getattr(self, name) * 100 / WHOLE:.4g}" for name in ("left", "top", "width", "height")}
