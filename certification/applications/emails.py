"""Mails of an application: who writes, why, and what to do. Each tells a fact as it was when it happened."""

from __future__ import annotations

from accounts.emails import send_after_commit
from accounts.enums import Role
from accounts.models import User
from certification.applications.models import Application, Submission


def recipients(application: Application) -> list[str]:
    """Addresses of the people who work on the application for the employer: owners, editors and signatories."""
    memberships = application.employer.memberships.filter(ended_at=None, user__is_active=True).exclude(role="reader")
    return list(memberships.values_list("user__email", flat=True).distinct())


def template_names(application: Application, event: str) -> list[str]:
    """A template per programme and event, or the event's own."""
    folder = "certification/applications/emails"
    return [f"{folder}/{application.standard.slug}/{event}", f"{folder}/{event}"]


def send_receipt(application: Application, submission: Submission) -> None:
    context = {"application": application, "submission": submission}
    send_after_commit(template_names(application, "submitted"), to=recipients(application), context=context)


def send_lapsed(application: Application) -> None:
    send_after_commit(
        template_names(application, "lapsed"), to=recipients(application), context={"application": application}
    )


def managers_for(application: Application) -> list[str]:
    """Addresses of the programme's managers, without those who work for this employer."""
    managers = User.objects.filter(groups__name=Role.MANAGER, is_active=True)
    own = application.employer.memberships.filter(ended_at=None)
    return list(managers.exclude(pk__in=own.values("user")).values_list("email", flat=True).distinct())


def send_arrived(application: Application) -> None:
    """Tell the managers that a new application waits to be assigned."""
    context = {"application": application}
    send_after_commit(template_names(application, "arrived"), to=managers_for(application), context=context)
