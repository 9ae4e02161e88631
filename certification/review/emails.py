"""Mails of the review. Each says who writes, why, and what to do next; verdicts themselves stay on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.emails import send_after_commit
from accounts.enums import Role
from accounts.models import User
from certification.applications.emails import recipients
from certification.applications.models import Application

FOLDER = "certification/review/emails"


def send_assigned(application: Application) -> None:
    _send(application, "assigned", to=_reviewer(application))


def send_observed(application: Application) -> None:
    observations = list(application.observations.filter(round=application.round))
    _send(application, "observed", to=recipients(application), observations=observations)


def send_returned(application: Application, reason: str) -> None:
    _send(application, "returned", to=_reviewer(application), reason=reason)


def send_recommended(application: Application) -> None:
    """Tell those who may decide it: the deciders of its body, without its reviewer and the employer's own people."""
    deciders = User.objects.filter(
        groups__name=Role.DECIDER,
        is_active=True,
        body_memberships__ended_at=None,
        body_memberships__body=application.body,
    )
    own = application.employer.memberships.filter(ended_at=None)
    others = deciders.exclude(email__in=_reviewer(application)).exclude(pk__in=own.values("user"))
    _send(application, "recommended", to=others.values_list("email", flat=True).distinct())


def send_overdue(manager: User, applications: list[Application]) -> None:
    """One list of what became overdue for one manager."""
    send_after_commit([f"{FOLDER}/overdue"], to=[manager.email], context={"applications": applications})


def _reviewer(application: Application) -> list[str]:
    reviewer = application.reviewer
    return [reviewer.email] if reviewer is not None and reviewer.is_active else []


def _send(application: Application, event: str, *, to: Iterable[str], **context: Any) -> None:
    names = [f"{FOLDER}/{application.standard.slug}/{event}", f"{FOLDER}/{event}"]
    send_after_commit(names, to=to, context={"application": application, **context})
