from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeKind(models.TextChoices):
    NORM = "norma_mexicana", _("Norma mexicana")
    AWARD = "distintivo", _("Distintivo")


class Claim(models.TextChoices):
    """How far a criterion, or one of its sub-items, is met: what an employer claims and a reviewer verifies."""

    MET = "met", _("Cumple")
    PARTLY = "partly", _("En parte")
    NOT_MET = "not_met", _("No cumple")
    NOT_APPLICABLE = "not_applicable", _("No aplica")


class GateState(models.TextChoices):
    """A gate is closed when a fact refuses it, and waits while a fact is missing."""

    OPEN = "open", _("Abierta")
    CLOSED = "closed", _("Cerrada")
    WAITING = "waiting", _("Por completar")


class TermUnit(models.TextChoices):
    """How a term is counted, by the words of the standards' documents."""

    DAYS = "dias", _("días")  # the source does not say which; counted as calendar days
    CALENDAR_DAYS = "dias_naturales", _("días naturales")
    BUSINESS_DAYS = "dias_habiles", _("días hábiles")


class StageCode(models.TextChoices):
    """The stages of the portal whose clock each document sets."""

    PREPARATION = "preparation", _("Preparar la solicitud")
    ASSIGNMENT = "assignment", _("Asignar a quien revisa")
    REVIEW = "review", _("Revisar")
    ANSWER = "answer", _("Responder las observaciones")
    DECISION = "decision", _("Dictaminar")
    PUBLICATION = "publication", _("Publicar el resultado")


class Figure(models.TextChoices):
    """Workforce figures that a measure may be computed from, by the words of the standards' documents."""

    STAFF = "plantilla_total", _("personas en la plantilla")
    WOMEN = "plantilla_mujeres", _("mujeres en la plantilla")
    MEN = "plantilla_hombres", _("hombres en la plantilla")
    SMALLER_SEX = "personas_del_sexo_con_menor_presencia", _("personas del sexo con menor presencia")
    WOMEN_MANAGERS = "directivos_mujeres", _("mujeres en puestos directivos")
    MANAGERS = "directivos_total", _("personas en puestos directivos")
    WOMEN_MIDDLE = "mandos_medios_mujeres", _("mujeres en mandos medios")
    MIDDLE = "mandos_medios_total", _("personas en mandos medios")
    WOMEN_OPERATIVE = "operativos_mujeres", _("mujeres en puestos operativos")
    OPERATIVE = "operativos_total", _("personas en puestos operativos")
    WITH_DISABILITY = "plantilla_discapacidad", _("personas con discapacidad en la plantilla")
    WOMEN_WITH_DISABILITY = "discapacidad_mujeres", _("mujeres con discapacidad en la plantilla")
    PATERNITY_LEAVE = "licencias_paternidad", _("licencias de paternidad que se tomaron")
    MEN_CARE_LEAVE = "licencias_cuidados_hombres", _("hombres que tomaron licencia de cuidados")
    CARE_LEAVE = "licencias_cuidados_total", _("personas que tomaron licencia de cuidados")
    WOMEN_PROMOTED = "ascensos_mujeres", _("mujeres que ascendieron")
    PROMOTED = "ascensos_total", _("personas que ascendieron")


class EvidenceKind(models.TextChoices):
    """What a piece of evidence may be: practice counts more than paper."""

    DOCUMENT = "document", _("documento")
    FIGURE = "figure", _("dato o estadística")
    SURVEY = "survey", _("encuesta")
    PHOTOGRAPH = "photograph", _("fotografía")
    VISIT = "visit", _("visita")


class SilenceEffect(models.TextChoices):
    """What the law makes of a term that passed without an answer."""

    REFUSED = "negativa_ficta", _("se entiende negada")
    GRANTED = "afirmativa_ficta", _("se entiende otorgada")
    NONE = "ninguno", _("no decide nada: la solicitud sigue abierta")


class DeadlineCode(StrEnum):
    """Deadlines that dates of a certificate are counted from. Those of other codes are only shown."""

    SURVEILLANCE = "aviso_vigilancia"
    RENEWAL = "solicitud_recertificacion"


class OutcomeWhen(models.TextChoices):
    """How the gates stand when an outcome holds."""

    PASSES = "passes", _("las tres puertas están abiertas")
    PARTICIPATION_FAILS = "participation_fails", _("falla un requisito de participación")
    CRITICAL_FAILS = "critical_fails", _("falla un criterio crítico")
    POINTS_SHORT = "points_short", _("no se llega al mínimo de puntos")
    MEASURES_FAIL = "measures_fail", _("faltan medidas")


class PartKind(models.TextChoices):
    """What a version of a standard is compared by."""

    REQUIREMENT = "requirement", _("Requisito de participación")
    CRITERION = "criterion", _("Criterio")
    SUB_ITEM = "sub_item", _("Inciso")
    MEASURE = "measure", _("Medida")
    LEVEL = "level", _("Nivel")


class Change(models.TextChoices):
    """What became of a part in a new version."""

    SAME = "same", _("Igual")
    REWORDED = "reworded", _("Otra redacción")
    NEW = "new", _("Nuevo")
    GONE = "gone", _("Ya no está")
    REWEIGHTED = "reweighted", _("Otro peso")
