"""A published standard: one validated document in one row, addressed by its fingerprint, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.standards.enums import SchemeKind

if TYPE_CHECKING:
    from certification.standards.document import StandardDocument


class StandardQuerySet(models.QuerySet["Standard"]):
    def in_force(self) -> StandardQuerySet:
        """The version of each standard that new applications follow."""
        return self.filter(is_in_force=True)


class Standard(models.Model):
    code = models.CharField(_("clave"), max_length=40)
    slug = models.SlugField(max_length=60)
    version = models.CharField(_("versión"), max_length=20)
    title = models.CharField(_("título"), max_length=250)
    kind = models.CharField(_("tipo"), max_length=20, choices=SchemeKind.choices)
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256 of the canonical JSON
    content = models.JSONField()
    is_in_force = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Standard]] = StandardQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "title")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="standard_version_once"),
            models.UniqueConstraint(fields=("slug",), condition=Q(is_in_force=True), name="one_standard_in_force"),
            models.UniqueConstraint(fields=("code",), condition=Q(is_in_force=True), name="one_version_in_force"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> StandardDocument:
        """The typed document, parsed once a process. Lists may defer ``content``: it is fetched the first time only."""
        from certification.standards.document import parse_stored, parsed

        return parsed(self.fingerprint) or parse_stored(self.fingerprint, self.content)
