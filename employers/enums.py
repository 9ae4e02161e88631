from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Responsable")
    EDITOR = "editor", _("Edición")
    READER = "reader", _("Lectura")


class Sector(models.TextChoices):
    PUBLIC = "publico", _("Público")
    PRIVATE = "privado", _("Privado")
    SOCIAL = "social", _("Social")


class InvitationState(models.TextChoices):
    OPEN = "open", _("Enviada")
    ACCEPTED = "accepted", _("Aceptada")
    REVOKED = "revoked", _("Anulada")
    EXPIRED = "expired", _("Vencida")
