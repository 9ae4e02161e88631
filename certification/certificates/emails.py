"""Mails that tell an employer how its application ended, and what happens to its certificate."""

from __future__ import annotations

from functools import partial

from certification.applications.emails import recipients, send_of
from certification.applications.models import Application
from certification.certificates.models import Certificate, StatusChange
from certification.review.items import items_of
from certification.review.models import Decision
from certification.review.reasons import is_negative

_send = partial(send_of, stage="certificates")


def send_awarded(certificate: Certificate) -> None:
    application = certificate.application
    _send(application, "awarded", to=recipients(application), certificate=certificate)


def send_declined(application: Application, decision: Decision) -> None:
    """Tell what was not met, by its title. The reasons, which may quote the evidence, stay on the page."""
    outcomes = dict(application.verdicts.values_list("item", "outcome"))
    unmet = [
        item
        for item in items_of(application.standard.document)
        if item.code in outcomes and is_negative(outcomes[item.code])
    ]
    _send(application, "declined", to=recipients(application), decision=decision, unmet=unmet)


def send_status_changed(certificate: Certificate, change: StatusChange) -> None:
    application = certificate.application
    _send(application, "status_changed", to=recipients(application), certificate=certificate, change=change)
