from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Where a text for a standard's next version stands. What was published or refused does not change any more."""

    DRAFT = "draft", _("En preparación")
    PROPOSED = "proposed", _("Propuesta: espera a otra persona de gestión")
    PUBLISHED = "published", _("Publicada")
    REFUSED = "refused", _("No se publicó")


class TrialState(models.TextChoices):
    """Where the dry run of a text stands."""

    NONE = "", _("Sin correr")
    WAITING = "waiting", _("En curso")
    DONE = "done", _("Terminada")
    FAILED = "failed", _("No terminó")
