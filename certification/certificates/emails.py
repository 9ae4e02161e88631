"""Mails that tell an employer how its application ended, and what happens to its certificate."""

from __future__ import annotations

from accounts.emails import send_after_commit
from certification.applications.emails import recipients
from certification.applications.models import Application
from certification.certificates.models import Certificate, StatusChange
from certification.review.models import Decision


def _template_names(application: Application, event: str) -> list[str]:
    folder = "certification/certificates/emails"
    return [f"{folder}/{application.standard.slug}/{event}", f"{folder}/{event}"]


def send_awarded(certificate: Certificate) -> None:
    application = certificate.application
    context = {"certificate": certificate, "application": application}
    send_after_commit(_template_names(application, "awarded"), to=recipients(application), context=context)


def send_declined(application: Application, decision: Decision) -> None:
    context = {"application": application, "decision": decision}
    send_after_commit(_template_names(application, "declined"), to=recipients(application), context=context)


def send_status_changed(certificate: Certificate, change: StatusChange) -> None:
    application = certificate.application
    context = {"certificate": certificate, "application": application, "change": change}
    send_after_commit(_template_names(application, "status_changed"), to=recipients(application), context=context)
