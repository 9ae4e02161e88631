"""All states of a practice, who may leave them, and what a comment is needed for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from good_practices.enums import PracticeState
from good_practices.models import Practice
from good_practices.permissions import is_author, is_curator

DRAFT, PROPOSED, RETURNED = PracticeState.DRAFT, PracticeState.PROPOSED, PracticeState.RETURNED
PUBLISHED, WITHDRAWN = PracticeState.PUBLISHED, PracticeState.WITHDRAWN
EDITABLE = (DRAFT, RETURNED)


@dataclass(frozen=True)
class Transition:
    sources: tuple[PracticeState, ...]
    target: PracticeState
    allowed: Callable[[User, Practice], bool]
    needs_comment: bool = False


TRANSITIONS: dict[str, Transition] = {
    #                        from                                      to         who         comment?
    "propose": Transition((DRAFT, RETURNED), PROPOSED, is_author),
    "withdraw": Transition((DRAFT, PROPOSED, RETURNED, PUBLISHED), WITHDRAWN, is_author),
    "return": Transition((PROPOSED,), RETURNED, is_curator, needs_comment=True),
    "publish": Transition((PROPOSED,), PUBLISHED, is_curator),
    "unpublish": Transition((PUBLISHED,), RETURNED, is_curator, needs_comment=True),
}


def available_actions(practice: Practice, user: User) -> list[str]:
    """Names of the transitions that the person may make now: buttons come from here and from nowhere else."""
    return [
        action
        for action, transition in TRANSITIONS.items()
        if practice.state in transition.sources and transition.allowed(user, practice)
    ]


@transaction.atomic
def move(
    practice: Practice, action: str, *, actor: User, at: dt.datetime, version: int, comment: str = "", **fields: Any
) -> None:
    """Change the state and record who did it, or raise and change nothing. Call it last in the transaction.

    ``version`` is the one the person saw. Raises PermissionDenied when the table does not allow the person,
    ActionRefused when the comment is missing or when the practice changed since it was read.
    """
    transition = TRANSITIONS[action]
    if not transition.allowed(actor, practice):
        raise PermissionDenied
    comment = comment.strip()
    if transition.needs_comment:
        if not comment:
            raise ActionRefused(_("Escribe el comentario: la empresa lo leerá."))
        fields["comment"] = comment
    # The old state in the WHERE clause makes one of two concurrent requests lose; SQLite ignores select_for_update().
    moved = Practice.objects.filter(pk=practice.pk, state__in=transition.sources, version=version).update(
        state=transition.target, version=F("version") + 1, **fields
    )
    if not moved:
        raise ActionRefused(_("La práctica cambió desde que la abriste. Vuelve a cargar la página."))
    data = {"from": practice.state, "to": transition.target.value}
    practice.refresh_from_db()
    Event.record(practice, action, actor=actor, at=at, reason=comment, data=data)
