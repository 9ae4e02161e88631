"""All states of an application, who may leave them, and what a reason is needed for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.permissions import (
    is_clock,
    is_decider,
    is_manager,
    is_publisher,
    is_reviewer,
    is_signatory,
    may_resume_answer,
    may_resume_draft,
)
from certification.applications.renewing.models import Renewal
from certification.standards.calendar import term_for


@dataclass(frozen=True)
class Transition:
    sources: tuple[State, ...]
    target: State
    allowed: Callable[[User | None, Application], bool]
    needs_reason: bool = False


TRANSITIONS: dict[str, Transition] = {
    #                             from                               to                 who             reason?
    "submit": Transition((State.DRAFT,), State.SUBMITTED, is_signatory),
    "withdraw": Transition((State.DRAFT, State.SUBMITTED), State.WITHDRAWN, is_signatory, needs_reason=True),
    "assign": Transition((State.SUBMITTED,), State.IN_REVIEW, is_manager),
    "reassign": Transition((State.IN_REVIEW,), State.IN_REVIEW, is_manager, needs_reason=True),
    "observe": Transition((State.IN_REVIEW,), State.OBSERVED, is_reviewer),
    "answer": Transition((State.OBSERVED,), State.IN_REVIEW, is_signatory),
    "recommend": Transition((State.IN_REVIEW,), State.RECOMMENDED, is_reviewer),
    "return": Transition((State.RECOMMENDED,), State.IN_REVIEW, is_decider, needs_reason=True),
    "decide": Transition((State.RECOMMENDED,), State.DECIDED, is_decider),
    "publish_award": Transition((State.DECIDED,), State.AWARDED, is_publisher),
    "publish_decline": Transition((State.DECIDED,), State.DECLINED, is_publisher),
    "lapse": Transition((State.DRAFT, State.OBSERVED), State.LAPSED, is_clock),
    "resume": Transition((State.LAPSED,), State.DRAFT, may_resume_draft),
    "resume_answer": Transition((State.LAPSED,), State.OBSERVED, may_resume_answer),
}

CHANGED = gettext_lazy("La solicitud cambió desde que la abriste. Vuelve a cargar la página.")

# The stage of the standard's document whose term runs in each state; the others have no clock.
STAGES = {
    State.DRAFT: "preparation",
    State.SUBMITTED: "assignment",
    State.IN_REVIEW: "review",
    State.OBSERVED: "answer",
    State.RECOMMENDED: "decision",
    State.DECIDED: "publication",
}


def available_actions(application: Application, user: User) -> list[str]:
    """Names of the transitions that the person may make now: buttons come from here and from nowhere else."""
    return [
        action
        for action, transition in TRANSITIONS.items()
        if application.state in transition.sources and transition.allowed(user, application)
    ]


def due_date(application: Application, state: State, at: dt.datetime) -> dt.date | None:
    """Last day of ``state`` when it starts at ``at``, or None where no clock runs."""
    stage = STAGES.get(state)
    return term_for(application.standard.document, stage, timezone.localdate(at)) if stage else None


def wait_for(application: Application) -> int | None:
    """Let whoever is changing it finish, and others wait; its version then, None if it is gone. Inside a transaction.

    On PostgreSQL the row is locked; on SQLite the transaction itself is exclusive.
    """
    row = Application.objects.select_for_update().order_by().filter(pk=application.pk)
    return row.values_list("version", flat=True).first()


def lock(application: Application) -> None:
    """Begin a change of the state: the others wait, or are told that they were second. Raises ActionRefused."""
    if wait_for(application) != application.version:
        raise ActionRefused(CHANGED)


@transaction.atomic
def move(
    application: Application, action: str, *, actor: User | None, at: dt.datetime, reason: str = "", **fields: Any
) -> None:
    """Change the state and record who did it, or raise and change nothing. Call it last in the transaction.

    Raises PermissionDenied when the table does not allow the person, ActionRefused when the reason is missing or
    when the application changed since it was read.
    """
    transition = TRANSITIONS[action]
    if not transition.allowed(actor, application):
        raise PermissionDenied
    if transition.needs_reason and not reason.strip():
        raise ActionRefused(_("Escribe el motivo: queda en la historia de la solicitud."))
    # The old state in the WHERE clause makes one of two concurrent requests lose; SQLite ignores select_for_update().
    moved = Application.objects.filter(
        pk=application.pk, state__in=transition.sources, version=application.version
    ).update(
        state=transition.target,
        state_since=at,
        due_on=due_date(application, transition.target, at),
        version=F("version") + 1,
        **fields,
    )
    if not moved:
        raise ActionRefused(CHANGED)
    if transition.target in (State.WITHDRAWN, State.DECLINED):  # what it renews may be renewed anew
        Renewal.objects.filter(application=application).update(is_current=False)
    data = {"from": application.state, "to": transition.target.value}
    application.refresh_from_db()
    Event.record(application, action, actor=actor, at=at, reason=reason, data=data)
