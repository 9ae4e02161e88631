from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.TextChoices):
    """How a person of the programme came to see a document."""

    VIEW = "view", _("Lo vio en pantalla")
    DOWNLOAD = "download", _("Lo descargó")
    DOSSIER = "dossier", _("Descargó el expediente completo")
    ORIGINAL = "original", _("Abrió el original sellado")
