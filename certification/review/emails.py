"""Mails of the review. Each says who writes, why, and what to do next; reasons, which may quote evidence, do not leave
the page."""

from __future__ import annotations

from functools import partial

from accounts.emails import send_after_commit
from accounts.enums import Role
from accounts.models import User
from certification.applications.emails import recipients, send_of
from certification.applications.models import Application
from certification.review.items import items_of

_send = partial(send_of, stage="review")


def send_assigned(application: Application) -> None:
    _send(application, "assigned", to=_reviewer(application))


def send_observed(application: Application) -> None:
    asked = set(application.observations.filter(round=application.round).values_list("item", flat=True))
    observed = [item for item in items_of(application.standard.document) if item.code in asked]
    _send(application, "observed", to=recipients(application), observed=observed)


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
    send_after_commit(
        ["certification/review/emails/overdue"], to=[manager.email], context={"applications": applications}
    )


def _reviewer(application: Application) -> list[str]:
    reviewer = application.reviewer
    return [reviewer.email] if reviewer is not None and reviewer.is_active else []
