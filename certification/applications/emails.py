"""Mails of an application: who writes, why, and what to do. Each tells a fact as it was when it happened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from accounts.emails import send_after_commit
from accounts.enums import Role
from accounts.models import User
from certification.applications.enums import State
from certification.applications.models import Application, Submission
from certification.applications.requirements import Letter
from certification.applications.workflow import STAGES
from certification.standards.overview import Overview


def recipients(application: Application) -> list[str]:
    """Addresses of the people who work on the application for the employer: owners, editors and signatories."""
    memberships = application.employer.memberships.filter(ended_at=None, user__is_active=True).exclude(role="reader")
    return list(memberships.values_list("user__email", flat=True).distinct())


def send_of(application: Application, event: str, *, stage: str, to: Iterable[str], **context: Any) -> None:
    """Mail what happened to an application in the words of its programme, or in those of the event.

    ``stage`` is the stage of the process (its folder in ``templates/certification``). The templates also get the
    standard's ``overview``, for the values of its document and whether each was confirmed, the ``body`` (None until
    one is assigned) and ``due``, the stage of the document whose clock runs (None where none does).
    """
    document = application.standard.document
    clock = STAGES.get(State(application.state))
    folder = f"certification/{stage}/emails"
    full = {
        "application": application,
        "overview": Overview(document),
        "body": application.body,
        "due": document.stage(clock) if clock else None,
        **context,
    }
    send_after_commit([f"{folder}/{application.standard.slug}/{event}", f"{folder}/{event}"], to=to, context=full)


_send = partial(send_of, stage="applications")


def send_receipt(application: Application, submission: Submission) -> None:
    _send(application, "submitted", to=recipients(application), submission=submission)


def send_receipt_ready(application: Application, submission: Submission) -> None:
    """Tell that a receipt which had to wait is there now."""
    _send(application, "receipt_ready", to=recipients(application), submission=submission)


def send_letters(application: Application, letters: list[Letter]) -> None:
    """Tell who prepares a draft which of its letters are about to lapse."""
    _send(application, "letters", to=recipients(application), letters=letters)


def send_lapsed(application: Application) -> None:
    _send(application, "lapsed", to=recipients(application))


def managers_for(application: Application) -> list[str]:
    """Addresses of the programme's managers, without those who work for this employer."""
    managers = User.objects.filter(groups__name=Role.MANAGER, is_active=True)
    own = application.employer.memberships.filter(ended_at=None)
    return list(managers.exclude(pk__in=own.values("user")).values_list("email", flat=True).distinct())


def send_arrived(application: Application) -> None:
    """Tell the managers that a new application waits to be assigned."""
    _send(application, "arrived", to=managers_for(application))
