"""Who may do what with the texts of new versions: managers alone, and the last word is another's."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from certification.amendments.enums import DraftState
from certification.amendments.models import StandardDraft


def is_manager(user: User) -> bool:
    return user.has_role(Role.MANAGER)


def may_change(user: User, draft: StandardDraft) -> bool:
    """Replace its text, try it, propose it."""
    return is_manager(user) and draft.state == DraftState.DRAFT


def may_take_back(user: User, draft: StandardDraft) -> bool:
    return is_manager(user) and draft.state == DraftState.PROPOSED


def may_decide(user: User, draft: StandardDraft) -> bool:
    """Another manager than the one who proposed it: publish it, or say why not."""
    return may_take_back(user, draft) and draft.proposed_by_id != user.pk
