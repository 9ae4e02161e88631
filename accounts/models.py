"""People, what they may do for the programme, and the bodies that review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.enums import BodyKind, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person. The e-mail address is the login; who leaves is anonymised, not deleted."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("correo electrónico"), unique=True)
    full_name = models.CharField(_("nombre completo"), max_length=150, blank=True)
    charge = models.CharField(_("cargo"), max_length=150, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_unique"),)

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the roles the person holds; read once a request."""
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def body_ids(self) -> frozenset[int]:
        """Keys of the review bodies the person works for now."""
        return frozenset(self.body_memberships.filter(ended_at=None).values_list("body_id", flat=True))

    def has_role(self, role: Role) -> bool:
        return self.is_active and role.value in self.roles

    @property
    def is_programme_staff(self) -> bool:
        return self.is_active and bool(self.roles)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class ReviewBody(models.Model):
    """A unit of the ministry, or an accredited certification body, that receives applications and owns reviewers."""

    code = models.SlugField(_("clave"), max_length=20, unique=True)
    name = models.CharField(_("nombre"), max_length=200)
    kind = models.CharField(_("tipo"), max_length=12, choices=BodyKind.choices)
    accreditation = models.CharField(_("acreditación"), max_length=100, blank=True)
    office = models.CharField(_("oficina que notifica"), max_length=200)
    signatory_charge = models.CharField(_("cargo de quien firma"), max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="body_accredited_has_number",
                condition=Q(kind=BodyKind.MINISTRY) | ~Q(accreditation=""),
                violation_error_message=_("Un organismo acreditado lleva su número de acreditación."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class BodyMembership(models.Model):
    """A person works for a review body, from one day to another."""

    body = models.ForeignKey(ReviewBody, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="body_memberships")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user",), condition=Q(ended_at=None), name="one_body_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.body_id}"
