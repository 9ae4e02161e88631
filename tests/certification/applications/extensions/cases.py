"""An application back with observations, before its last day."""

import datetime as dt

from django.utils import timezone

from certification.applications.enums import State
from certification.applications.extensions import actions
from certification.applications.models import Application
from tests.certification.review.factories import make_case

REASON = "El comité sesiona la próxima semana."
ANSWER = "Es razonable y cabe en el plazo."


def observed(due_in=3):
    """Its last day is so many days from today."""
    case = make_case(State.OBSERVED)
    Application.objects.filter(pk=case.application.pk).update(due_on=timezone.localdate() + dt.timedelta(days=due_in))
    case.application = case.fresh()
    return case


def asked(case=None, days=3):
    case = case or observed()
    actions.ask(case.application, days=days, reason=REASON, actor=case.editor, at=timezone.now())
    return case


def extension_of(case):
    return case.fresh().extensions.select_related("application__standard", "application__employer").get()
