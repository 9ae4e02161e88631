from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    POLICY = "policy", _("Política")
    MINUTES = "minutes", _("Minuta")
    CERTIFICATE = "certificate", _("Constancia")
    LETTER = "letter", _("Carta")
    PHOTOGRAPH = "photograph", _("Fotografía")
    FIGURE = "figure", _("Dato o estadística")
    SURVEY = "survey", _("Informe de encuesta")
    OTHER = "other", _("Otro")
