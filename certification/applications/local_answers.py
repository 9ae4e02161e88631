"""Workplaces that answer a criterion otherwise than their employer does for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.models import Application, CriterionAnswer, LocalAnswer
from certification.applications.saving import EditConflictError, Seen, open_item, save_item
from certification.standards.enums import Claim
from employers.models import Workplace

LocalAnswers = dict[str, dict[int, LocalAnswer]]  # by criterion, by key of the workplace


@dataclass(frozen=True)
class Statement:
    """What is claimed of a criterion, and in which workplaces. ``answer`` None: nothing is said yet."""

    answer: CriterionAnswer | None
    workplaces: tuple[Workplace, ...]

    @property
    def workplace(self) -> Workplace | None:
        """The one that it is an answer of its own of; None for the employer's."""
        return self.workplaces[0] if isinstance(self.answer, LocalAnswer) else None

    @property
    def claims_something(self) -> bool:
        claims = self.answer.claims.values() if self.answer else ()
        return any(value in (Claim.MET, Claim.PARTLY) for value in claims)


def in_force(application: Application, workplaces: Iterable[Workplace]) -> LocalAnswers:
    """The answers that count, in one query, each with its workplace; by criterion, in the order of ``workplaces``."""
    places = {workplace.pk: (number, workplace) for number, workplace in enumerate(workplaces)}
    rows = application.local_answers.filter(is_in_force=True, workplace__in=places)
    found: LocalAnswers = defaultdict(dict)
    for row in sorted(rows.order_by("criterion"), key=lambda row: places[row.workplace_id][0]):
        row.workplace = places[row.workplace_id][1]
        found[row.criterion][row.workplace_id] = row
    return dict(found)


def offered(application: Application, workplace: Workplace, criterion: str) -> LocalAnswer:
    """What a workplace's page begins with: its own answer, or what it inherits with the note it once had, unsaved."""
    own = LocalAnswer.objects.filter(application=application, workplace=workplace, criterion=criterion).first()
    if own and own.is_in_force:
        return own
    general = application.answers.filter(criterion=criterion).first()
    kept = {"version": own.version, "note": own.note} if own else {}
    return LocalAnswer(claims=general.claims if general else {}, is_in_force=False, **kept)


def save_local_answer(
    application: Application,
    workplace: Workplace,
    criterion: str,
    *,
    claims: Mapping[str, str],
    note: str,
    seen: Seen | None,
    actor: User,
    at: dt.datetime,
) -> int:
    """Save what one workplace answers instead of its employer, and return its new version.

    Raises like ``saving.save_item``, and ActionRefused for a workplace that is not one of several of the application.
    """
    places = {one.pk for one in application.workplaces.all()}  # whoever saves many has them prefetched
    if workplace.pk not in places or len(places) < 2:
        raise ActionRefused(_("Ese centro no es uno de los varios de esta solicitud."))
    content = {"claims": dict(claims), "note": note, "is_in_force": True}
    said: dict[str, Any] = {"seen": seen, "actor": actor, "at": at, "workplace": workplace}
    return save_item(application, LocalAnswer, criterion, content, **said)


@transaction.atomic
def return_to_general(
    application: Application, workplace: Workplace, criterion: str, *, seen_version: int, actor: User, at: dt.datetime
) -> None:
    """Let a workplace stand by the employer's answer again. Its row stays, out of force: what was typed is kept.

    Raises like ``saving.open_item``, and EditConflictError when somebody saved it after ``seen_version``.
    """
    open_item(application, criterion, actor=actor, at=at)
    rows = LocalAnswer.objects.filter(application=application, workplace=workplace, criterion=criterion)
    fields = {"is_in_force": False, "saved_from": "", "updated_at": at, "updated_by": actor}
    if not rows.filter(version=seen_version).update(version=F("version") + 1, **fields):
        stored = rows.filter(is_in_force=True).select_related("updated_by").first()
        if stored is not None:  # gone back already is what was asked for
            raise EditConflictError(stored)
