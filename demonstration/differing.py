"""Workplaces of the demonstration that answer otherwise than their employer does for all."""

from __future__ import annotations

from typing import Any

from certification.applications import attachments
from certification.applications.local_answers import save_local_answer
from certification.standards.enums import Claim
from demonstration.road import Road

TOLD = (
    (Claim.PARTLY, "Aquí empezó este año: falta que lo conozca el turno de noche."),
    (Claim.NOT_MET, "En este centro todavía no se hace; está en el plan para marzo."),
    (Claim.PARTLY, "Se hace, pero sólo en una de las dos naves."),
)


def differ(road: Road) -> Road:
    """In every workplace but the first a criterion that is not critical falls short, with a paper of its own."""
    application, owner, at = road.application, road.seeded.owner, road.after(4)
    answers = {answer.criterion: answer for answer in application.answers.all()}
    criteria = [one for one in road.document.criteria if not one.critical and one.code in answers]
    pairs = [(place, criterion) for place in road.seeded.workplaces[1:] for criterion in criteria[:2]]
    for (place, criterion), (claim, note) in zip(pairs, TOLD, strict=False):
        claims = dict(answers[criterion.code].claims)
        claims[next(iter(claims))] = claim.value
        said: dict[str, Any] = {"claims": claims, "note": note, "seen": None, "actor": owner, "at": at}
        save_local_answer(application, place, criterion.code, **said)
        attachments.attach_documents(
            application,
            criterion.code,
            road.seeded.employer.documents.order_by("pk")[1:2],
            workplace=place,
            actor=owner,
            at=at,
        )
    return road
