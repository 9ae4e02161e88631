from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeEnd(models.TextChoices):
    """When a document stops serving, as a library is narrowed by it."""

    SOON = "soon", _("Vence en 60 días")
    BEFORE_VISIT = "visit", _("Vence antes de la visita probable")
    OVER = "over", _("Ya venció")
