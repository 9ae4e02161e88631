"""What in the texts of a practice looks like data of a person. It is asked about and refused to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.evidence.personal_data import PersonalData, find
from good_practices.models import Practice

PARTS: dict[str, Promise] = {
    "title": _("Título"),
    "problem": _("El problema"),
    "action": _("Qué hicieron"),
    "cost": _("Qué costó"),
    "result": _("Qué se logró"),
}


@dataclass(frozen=True)
class Doubt:
    """``text`` stands in ``part`` and looks like ``kind``."""

    part: Promise
    kind: PersonalData
    text: str


def doubts(practice: Practice) -> list[Doubt]:
    """Everything that looks like a person's data, in the order of the page."""
    return [
        Doubt(part, one.kind, getattr(practice, name)[one.start : one.end])
        for name, part in PARTS.items()
        for one in find(getattr(practice, name))
    ]
