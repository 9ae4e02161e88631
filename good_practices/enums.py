from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeState(models.TextChoices):
    DRAFT = "draft", _("En preparación")
    PROPOSED = "proposed", _("Propuesta")
    RETURNED = "returned", _("Devuelta con comentarios")
    PUBLISHED = "published", _("Publicada")
    WITHDRAWN = "withdrawn", _("Retirada")
