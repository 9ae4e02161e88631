"""Improvement plans of the demonstration: open, late, done and dropped actions, with people and with areas."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import NamedTuple

from certification.applications.plan.actions import close_action, open_action
from certification.applications.plan.enums import ActionState
from certification.standards.models import Standard
from demonstration.employers import Seeded


class Line(NamedTuple):
    """What is planned for the criterion at a place of the standard, so many days from today; negative is late."""

    place: int
    what: str
    days: int | None
    area: str = ""
    end: str = ""
    reason: str = ""


LINES = (
    Line(0, "Firmar la versión nueva de la política y pegarla en los tableros de cada turno.", 6),
    Line(2, "Revisar las ofertas de empleo: que ninguna pida edad, foto ni estado civil.", -12, "Reclutamiento"),
    Line(3, "Comparar sueldos por sexo y nivel con la plantilla de diciembre.", 45),
    Line(5, "Acondicionar un espacio de lactancia en la planta baja, con puerta y refrigerador.", 90, "Mantenimiento"),
    Line(7, "Invitar a dos personas del almacén al comité.", None),
    Line(1, "Aplicar el cuestionario de clima a todo el turno de noche.", -40, end="done"),
    Line(
        4, "Contratar un curso externo de lenguaje incluyente.", -20, end="dropped", reason="Lo dará el propio comité."
    ),
)


def make_plan(seeded: Seeded, standard: Standard, *, practice: str, at: dt.datetime) -> None:
    """A plan written 60 days before ``at``, as the employer's people would write it."""
    criteria, written = standard.document.criteria, at - timedelta(days=60)
    for line in LINES:
        action = open_action(
            employer=seeded.employer,
            standard_code=standard.code,
            criterion=criteria[line.place % len(criteria)].code,
            fields={
                "what": line.what,
                "owner": None if line.area else seeded.owner,
                "owner_name": line.area,
                "due_on": (at + timedelta(days=line.days)).date() if line.days is not None else None,
                "practice": practice if line.place == 0 else "",
            },
            actor=seeded.owner,
            at=written,
        )
        if line.end:
            close_action(
                action=action,
                state=ActionState(line.end),
                reason=line.reason,
                version=0,
                actor=seeded.owner,
                at=at - timedelta(days=10),
            )
