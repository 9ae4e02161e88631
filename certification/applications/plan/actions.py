"""What an employer does with its improvement plan: open, change, close and reopen an action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.plan.enums import ActionState
from certification.applications.plan.models import ImprovementAction
from employers.models import Employer
from employers.permissions import can_edit


@transaction.atomic
def open_action(
    *, employer: Employer, standard_code: str, criterion: str, fields: dict[str, Any], actor: User, at: dt.datetime
) -> ImprovementAction:
    """Add an action to the plan. ``fields``: what, owner, owner_name, due_on, practice.

    Raises PermissionDenied for who may not edit, ActionRefused when the owner does not work for the employer.
    """
    _require(employer, actor, fields.get("owner"))
    action = ImprovementAction.objects.create(
        employer=employer, standard_code=standard_code, criterion=criterion, created_at=at, created_by=actor, **fields
    )
    Event.record(action, "improvement_opened", actor=actor, at=at)
    return action


@transaction.atomic
def change_action(
    *, action: ImprovementAction, fields: dict[str, Any], version: int, actor: User, at: dt.datetime
) -> None:
    """Change an open action, as ``version`` was read. Raises like ``open_action``, and when somebody was faster."""
    # Who left the employer may stay the owner of what was theirs; a new owner works there.
    new_owner = fields.get("owner") if fields.get("owner") != action.owner else None
    _require(action.employer, actor, new_owner)
    _write(action, (ActionState.OPEN,), version, **fields)
    Event.record(action, "improvement_changed", actor=actor, at=at)


@transaction.atomic
def close_action(
    *, action: ImprovementAction, state: str, reason: str, version: int, actor: User, at: dt.datetime
) -> None:
    """Say that it was done, or that it will not be, with the reason. What is closed stays in the plan."""
    _require(action.employer, actor)
    if state == ActionState.DROPPED and not reason.strip():
        raise ActionRefused(_("Escribe por qué se descarta: lo leerá quien retome el plan."))
    said = {"state": ActionState(state), "reason": reason.strip(), "closed_at": at, "closed_by": actor}
    _write(action, (ActionState.OPEN,), version, **said)
    Event.record(action, "improvement_closed", actor=actor, at=at, data={"state": str(state)})


@transaction.atomic
def reopen_action(*, action: ImprovementAction, version: int, actor: User, at: dt.datetime) -> None:
    """Take up again what was closed. Why it had been dropped is no longer said."""
    _require(action.employer, actor)
    closed = (ActionState.DONE, ActionState.DROPPED)
    _write(action, closed, version, state=ActionState.OPEN, reason="", closed_at=None, closed_by=None)
    Event.record(action, "improvement_reopened", actor=actor, at=at)


def _require(employer: Employer, actor: User, owner: User | None = None) -> None:
    if not can_edit(actor, employer):
        raise PermissionDenied
    if owner is not None and employer.membership_of(owner) is None:
        raise ActionRefused(_("Esa persona ya no trabaja en la empresa. Elige a otra o escribe su nombre."))


def _write(action: ImprovementAction, states: tuple[ActionState, ...], version: int, **fields: Any) -> None:
    """Write with the state and version in the WHERE clause: of two concurrent changes the second is told."""
    same = ImprovementAction.objects.filter(pk=action.pk, version=version, state__in=states)
    if not same.update(version=F("version") + 1, **fields):
        raise ActionRefused(_("Alguien cambió esta acción mientras la veías. Vuelve a cargar la página."))
    action.refresh_from_db()
