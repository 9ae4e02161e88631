from django.db import models
from django.utils.translation import gettext_lazy as _


class Choice(models.TextChoices):
    """What an employer did with the offer of a newer version."""

    MOVED = "moved", _("Pasó a la versión nueva")
    KEPT = "kept", _("Se quedó en su versión")
    RETURNED = "returned", _("Volvió a la versión anterior")
