from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateStatus(models.TextChoices):
    """What the register says. An expired certificate is one in force whose last day has passed: see the queryset."""

    IN_FORCE = "in_force", _("Vigente")
    SUSPENDED = "suspended", _("Suspendido")
    CANCELLED = "cancelled", _("Cancelado")


class PublicStatus(models.TextChoices):
    """What the public reads on a given day."""

    IN_FORCE = "in_force", _("Vigente")
    SUSPENDED = "suspended", _("Suspendido")
    CANCELLED = "cancelled", _("Cancelado")
    EXPIRED = "expired", _("Vencido")
