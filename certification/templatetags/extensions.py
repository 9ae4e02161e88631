"""What was asked in the current round, for the pages of both sides: {% load extensions %}."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from certification.applications.enums import State
from certification.applications.extensions.actions import extension_of, why_not
from certification.applications.extensions.models import Extension, Outcome
from certification.applications.extensions.permissions import may_ask, may_decide
from certification.applications.models import Application
from certification.review.desk import files_of
from certification.review.enums import Desk

register = template.Library()
MOST = 5


@dataclass(frozen=True)
class Asked:
    """``extension`` is None while nothing was asked; what can be done now is for this person."""

    extension: Extension | None
    can_ask: bool
    can_decide: bool

    @property
    def is_waiting(self) -> bool:
        return self.extension is not None and self.extension.outcome == Outcome.WAITING


@register.simple_tag
def extension_for(application: Application, user: User) -> Asked | None:
    """None in every state but the one whose clock can be moved."""
    if application.state != State.OBSERVED:
        return None
    extension = extension_of(application)
    is_open = extension is not None and extension.outcome == Outcome.WAITING
    return Asked(
        extension,
        can_ask=may_ask(user, application) and not why_not(application, timezone.localdate()),
        can_decide=is_open and may_decide(user, application),
    )


@register.simple_tag
def waiting_extensions(user: User) -> list[Extension]:
    """What employers ask for and the person may answer, the oldest first."""
    files = files_of(user, Desk.ALL).filter(state=State.OBSERVED)
    waiting = Extension.objects.filter(outcome=Outcome.WAITING, application__in=files, round=F("application__round"))
    shown = waiting.select_related("application__employer").order_by("asked_at", "pk")
    return list(shown[:MOST])
