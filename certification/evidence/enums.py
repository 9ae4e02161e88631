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


class DocumentLanguage(models.TextChoices):
    SPANISH = "es", _("Español")
    INDIGENOUS = "indigenous", _("Una lengua indígena")
    ENGLISH = "en", _("Inglés")
    OTHER = "other", _("Otra")


class DocumentAge(models.TextChoices):
    """How a library is narrowed by the day from which documents age."""

    THIS_YEAR = "year", _("De este año")
    HALF = "half", _("De hace 6 a 12 meses")
    OLD = "old", _("De hace más de 12 meses")
    UNDATED = "undated", _("Sin fecha")


class RevisionState(models.TextChoices):
    QUARANTINED = "quarantined", _("En revisión")
    CLEAN = "clean", _("Revisado")
    REJECTED = "rejected", _("Rechazado")
    UNREADABLE = "unreadable", _("No se puede leer")


class Derivation(models.TextChoices):
    """How a revision was made from the one before it."""

    MASKED = "masked", _("Con datos personales tapados")
    CLEANED = "cleaned", _("Sin programas ni adjuntos")
    WITHOUT_PLACE = "without_place", _("Sin el lugar en que se tomó")
    SEEN_AGAIN = "seen_again", _("Vista otra vez")


class TextState(models.TextChoices):
    """How far the words of a clean file were read; empty is not yet."""

    WHOLE = "whole", _("Leído completo")
    PART = "part", _("Leído en parte")
    NONE = "none", _("Sin texto")
    UNREAD = "unread", _("No se pudo leer")


# What may become evidence: nothing was found in it yet, or nothing at all.
USABLE = (RevisionState.QUARANTINED, RevisionState.CLEAN)
REFUSED = (RevisionState.REJECTED, RevisionState.UNREADABLE)
