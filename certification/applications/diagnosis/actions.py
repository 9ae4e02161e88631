"""Opening an application with the answers of a diagnosis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from certification.applications.actions import begin, record_opening
from certification.applications.models import Answer, Application, MeasureClaim
from certification.standards.document import Criterion, StandardDocument
from certification.standards.enums import Claim
from certification.standards.models import Standard
from employers.models import Employer, Workplace


@transaction.atomic
def open_with_answers(
    employer: Employer,
    standard: Standard,
    workplaces: Iterable[Workplace],
    *,
    answers: Mapping[str, str],
    actor: User,
    at: dt.datetime,
    **chosen: Any,
) -> Application:
    """Open a draft in which the answers of a diagnosis stand as its first claims. Raises like ``begin``.

    ``answers``: values of Claim by code of a criterion or measure; unknown codes are ignored. What was said of a
    criterion is said of each of its sub-items, to be gone through one by one.
    """
    application = begin(employer, standard, workplaces, actor=actor, at=at, **chosen)
    document, row = standard.document, {"application": application, "updated_at": at, "updated_by": actor}
    criteria = [one for one in document.criteria if answers.get(one.code)]
    Answer.objects.bulk_create(
        Answer(criterion=one.code, claims=_claims(one, answers[one.code]), version=1, **row) for one in criteria
    )
    MeasureClaim.objects.bulk_create(
        MeasureClaim(measure=code, is_claimed=answers[code] == Claim.MET, version=1, **row)
        for code in _declared(document, answers)
    )
    record_opening(application, actor=actor, at=at)
    return application


def _claims(criterion: Criterion, claim: str) -> dict[str, str]:
    if claim == Claim.NOT_APPLICABLE or not criterion.sub_items:
        return {criterion.code: claim}
    return {part.code: claim for part in criterion.sub_items}


def _declared(document: StandardDocument, answers: Mapping[str, str]) -> list[str]:
    return [measure.code for measure in document.measures if answers.get(measure.code)]
