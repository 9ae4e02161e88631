from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """States of an application, with the name that everybody reads."""

    DRAFT = "draft", _("En preparación")
    SUBMITTED = "submitted", _("Enviada")
    IN_REVIEW = "in_review", _("En revisión")
    OBSERVED = "observed", _("Con observaciones")
    RECOMMENDED = "recommended", _("En dictamen")
    DECIDED = "decided", _("Dictaminada, por publicar")
    AWARDED = "awarded", _("Otorgada")
    DECLINED = "declined", _("No otorgada")
    WITHDRAWN = "withdrawn", _("Retirada")
    LAPSED = "lapsed", _("Vencida")


class Holder(models.TextChoices):
    """Who has the application in its state."""

    EMPLOYER = "employer", _("Tu empresa")
    PROGRAMME = "programme", _("Gestión del programa")
    REVIEWER = "reviewer", _("Quien revisa")
    DECIDER = "decider", _("Quien dictamina")
    NOBODY = "nobody", _("Nadie, ya terminó")
