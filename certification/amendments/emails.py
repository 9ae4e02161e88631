"""Mails between managers: what somebody proposes to change in a standard, and what another one decided."""

from __future__ import annotations

from accounts.emails import send_after_commit
from accounts.enums import Role
from accounts.models import User
from certification.amendments.models import StandardDraft

FOLDER = "certification/amendments/emails"


def send_proposed(draft: StandardDraft) -> None:
    """To every manager but the one who proposes."""
    send_after_commit([f"{FOLDER}/proposed"], to=_managers_but(draft.proposed_by), context={"draft": draft})


def send_decided(draft: StandardDraft, actor: User) -> None:
    """To every manager but the one who decided."""
    send_after_commit([f"{FOLDER}/decided"], to=_managers_but(actor), context={"draft": draft})


def _managers_but(actor: User | None) -> list[str]:
    managers = User.objects.filter(groups__name=Role.MANAGER, is_active=True).order_by("email").distinct()
    return [manager.email for manager in managers if manager != actor]
