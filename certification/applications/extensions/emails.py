"""Mails of an extension. The reasons stay on the page."""

from __future__ import annotations

from functools import partial

from certification.applications.emails import managers_for, recipients, send_of
from certification.applications.extensions.models import Extension
from certification.applications.models import Application
from certification.applications.sent import as_named

_send = partial(send_of, stage="applications")


def send_asked(application: Application, extension: Extension) -> None:
    """Tell those who may answer: the reviewer and the managers."""
    reviewer = application.reviewer
    own = [reviewer.email] if reviewer is not None and reviewer.is_active else []
    application = as_named(application)
    _send(application, "extension_asked", to=[*own, *managers_for(application)], extension=extension)


def send_decided(application: Application, extension: Extension) -> None:
    _send(application, "extension_decided", to=recipients(application), extension=extension)
