"""Mails between managers: what somebody proposes to change in a standard, and what another one decided."""

from __future__ import annotations

from accounts.emails import send_after_commit
from accounts.models import User
from accounts.people import managers_but
from certification.amendments.models import StandardDraft

FOLDER = "certification/amendments/emails"


def send_proposed(draft: StandardDraft) -> None:
    """To every manager but the one who proposes."""
    send_after_commit([f"{FOLDER}/proposed"], to=_addresses(draft.proposed_by), context={"draft": draft})


def send_decided(draft: StandardDraft, actor: User) -> None:
    """To every manager but the one who decided."""
    send_after_commit([f"{FOLDER}/decided"], to=_addresses(actor), context={"draft": draft})


def _addresses(actor: User | None) -> list[str]:
    return [manager.email for manager in managers_but(actor)]
