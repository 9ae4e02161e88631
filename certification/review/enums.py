from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    AWARD = "award", _("Otorgar")
    DECLINE = "decline", _("No otorgar")


class ItemKind(models.TextChoices):
    """What an item of the file is; the order is that of the gates."""

    REQUIREMENT = "requirement", _("Participación")
    CRITERION = "criterion", _("Requisitos")
    MEASURE = "measure", _("Medidas")


class Desk(models.TextChoices):
    """The lists a person of the programme may work from."""

    MINE = "mias", _("Por revisar")
    DECIDE = "dictamen", _("Por dictaminar")
    ALL = "todas", _("Todo el programa")
