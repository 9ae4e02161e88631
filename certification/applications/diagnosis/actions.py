"""Opening an application with the answers of a diagnosis."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from accounts.models import ReviewBody, User
from certification.applications.actions import begin, record_opening
from certification.applications.models import Answer, Application, MeasureClaim
from certification.standards.document import Criterion
from certification.standards.enums import Claim
from certification.standards.models import Standard
from employers import holds
from employers.models import Employer, Workplace


@transaction.atomic
def open_with_answers(
    employer: Employer,
    standard: Standard,
    workplaces: Iterable[Workplace],
    *,
    answers: Mapping[str, str],
    body: ReviewBody | None = None,
    page: str = "",
    actor: User,
    at: dt.datetime,
) -> Application:
    """Open a draft in which the answers of a diagnosis stand as its first claims. Raises like ``begin``.

    ``answers``: values of Claim by code of a criterion or measure; unknown codes are ignored. What was said of a
    criterion is said of each of its sub-items, to be gone through one by one.
    ``page``: the name of the open page; the same sent from it again leads to the draft that there is.
    """
    chosen = list(workplaces)
    holds.lock(employer.pk)  # of two presses at once the second waits, and finds what the first one opened
    key = _press(page, standard, chosen, body)
    opened = Application.objects.filter(created_by=actor, employer=employer, opened_from=key).first() if key else None
    if opened is not None:
        return opened
    application = begin(employer, standard, chosen, body=body, opened_from=key, actor=actor, at=at)
    _answer(application, answers, actor=actor, at=at)
    record_opening(application, actor=actor, at=at)
    return application


def _press(page: str, standard: Standard, workplaces: Sequence[Workplace], body: ReviewBody | None) -> str:
    """What tells one press from another: the same page with another choice is another; "" for no page."""
    said = [page, standard.pk, sorted(one.pk for one in workplaces), body.pk if body else None]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest() if page else ""


def _answer(application: Application, answers: Mapping[str, str], *, actor: User, at: dt.datetime) -> None:
    document, row = application.standard.document, {"application": application, "updated_at": at, "updated_by": actor}
    criteria = [one for one in document.criteria if answers.get(one.code)]
    Answer.objects.bulk_create(
        Answer(criterion=one.code, claims=_claims(one, answers[one.code]), version=1, **row) for one in criteria
    )
    MeasureClaim.objects.bulk_create(
        MeasureClaim(measure=one.code, is_claimed=answers[one.code] == Claim.MET, version=1, **row)
        for one in document.measures
        if answers.get(one.code)
    )


def _claims(criterion: Criterion, claim: str) -> dict[str, str]:
    if claim == Claim.NOT_APPLICABLE or not criterion.sub_items:
        return {criterion.code: claim}
    return {part.code: claim for part in criterion.sub_items}
