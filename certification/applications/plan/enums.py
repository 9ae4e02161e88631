from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionState(models.TextChoices):
    """Where an action of the improvement plan stands."""

    OPEN = "open", _("Abierta")
    DONE = "done", _("Hecha")
    DROPPED = "dropped", _("Descartada")
