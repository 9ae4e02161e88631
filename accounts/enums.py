from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do for the programme. Each role is a Django group of the same name."""

    REVIEWER = "reviewer", _("Revisión")
    DECIDER = "decider", _("Dictamen")
    EDITOR = "editor", _("Edición de prácticas")
    MANAGER = "programme_manager", _("Gestión del programa")


class BodyKind(models.TextChoices):
    MINISTRY = "ministry", _("Unidad de la Secretaría")
    ACCREDITED = "accredited", _("Organismo de certificación acreditado")
