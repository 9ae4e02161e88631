"""What checking finds: one thing to do, how grave it is, and the field that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """An error blocks sending; a warning may cost the certificate; a hint saves a question of the reviewer."""

    ERROR = "error", _("Impide enviarla")
    WARNING = "warning", _("Puedes enviarla así, pero puede costarte el resultado")
    HINT = "hint", _("Ayuda a quien revisa")


class Subject(models.TextChoices):
    """What a finding is about, in the order of the task list."""

    CALL = "call", _("Convocatoria")
    OBSERVATIONS = "observations", _("Observaciones")
    WORKPLACES = "workplaces", _("Centros de trabajo y plantilla")
    PARTICIPATION = "participation", _("Documentos de participación")
    CRITERIA = "criteria", _("Requisitos")
    EVIDENCE = "evidence", _("Evidencia")
    MEASURES = "measures", _("Medidas")


@dataclass(frozen=True)
class Finding:
    """``url`` leads to the field, ``code`` is of the item and empty where there is none."""

    kind: Kind
    subject: Subject
    code: str
    text: str
    url: str

    @property
    def blocks(self) -> bool:
        return self.kind == Kind.ERROR


@dataclass(frozen=True)
class KindOfFindings:
    """All findings of a kind, by subject."""

    kind: Kind
    subjects: list[tuple[Subject, list[Finding]]]

    @property
    def count(self) -> int:
        return sum(len(found) for _subject, found in self.subjects)


def grouped(found: Iterable[Finding]) -> list[KindOfFindings]:
    """By kind, gravest first, then by subject; what has none is left out."""
    by_place: dict[tuple[Kind, Subject], list[Finding]] = {}
    for one in found:
        by_place.setdefault((one.kind, one.subject), []).append(one)
    groups = []
    for kind in Kind:
        subjects = [(subject, by_place[kind, subject]) for subject in Subject if (kind, subject) in by_place]
        if subjects:
            groups.append(KindOfFindings(kind, subjects))
    return groups
