"""Ask for more days to answer observations, and grant or refuse them. Once a round, on record, told to both sides."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.extensions import emails
from certification.applications.extensions.models import Extension, Outcome
from certification.applications.extensions.permissions import may_ask, may_decide
from certification.applications.models import Application
from certification.applications.workflow import STAGES, lock
from certification.standards.calendar import add_term
from certification.standards.document import Stage


def clock_of(application: Application) -> Stage:
    """The clock that an extension moves; its ``extension`` is the most that may be granted, None for nothing."""
    return application.standard.document.stage(STAGES[State.OBSERVED])


def extension_of(application: Application) -> Extension | None:
    """What was asked in the current round."""
    found: Extension | None = application.extensions.filter(round=application.round).first()
    return found


def why_not(application: Application, today: dt.date) -> str:
    """Why nobody can ask for more days now, as a sentence; empty when they can."""
    if application.state != State.OBSERVED:
        return _("Sólo se piden más días mientras hay observaciones por responder.")
    if not clock_of(application).extension:
        return _("Esta norma no permite dar más días para responder.")
    if application.due_on is None or application.due_on < today:
        return _("El plazo ya pasó. Puedes responder mientras no aparezca como vencida.")
    if extension_of(application) is not None:
        return _("Ya se pidieron más días en esta ronda. Se puede una vez por ronda.")
    return ""


@transaction.atomic
def ask(application: Application, *, days: int, reason: str, actor: User, at: dt.datetime) -> Extension:
    """Ask for ``days`` more, in the unit of the standard's clock. Until it is answered the application does not lapse.

    Raises PermissionDenied, or ActionRefused with the reason why not.
    """
    if not may_ask(actor, application):
        raise PermissionDenied
    lock(application)
    if refusal := why_not(application, timezone.localdate(at)):
        raise ActionRefused(refusal)
    most, due = clock_of(application).extension or 0, application.due_on or timezone.localdate(at)
    if not 1 <= days <= most:
        raise ActionRefused(_("Pide entre 1 y %(most)s días.") % {"most": most})
    if not reason.strip():
        raise ActionRefused(_("Escribe para qué necesitas los días: lo lee quien decide."))
    extension = Extension.objects.create(
        application=application,
        round=application.round,
        most=most,
        days=days,
        reason=reason.strip(),
        due_before=due,
        asked_at=at,
        asked_by=actor,
    )
    emails.send_asked(application, extension)
    Event.record(application, "extension_asked", actor=actor, at=at, reason=extension.reason, data={"days": days})
    return extension


@transaction.atomic
def grant(extension: Extension, *, days: int, answer: str, actor: User, at: dt.datetime) -> None:
    """Move the last day by ``days``, at most what the standard allows. Raises like ``refuse``.

    They count from the last day as it was; where that is past, because nobody answered in time, from today.
    """
    _require_decider(actor, extension)
    if not 1 <= days <= extension.most:
        raise ActionRefused(_("Concede entre 1 y %(most)s días.") % {"most": extension.most})
    start = max(extension.due_before, timezone.localdate(at))
    due = add_term(start, days, clock_of(extension.application).unit)
    _decide(extension, Outcome.GRANTED, answer, actor=actor, at=at, granted_days=days, due_after=due)
    Application.objects.filter(pk=extension.application_id).update(due_on=due)
    extension.application.due_on = due
    _tell(extension, "extension_granted", actor=actor, at=at, data={"days": days, "due_on": due.isoformat()})


@transaction.atomic
def refuse(extension: Extension, *, answer: str, actor: User, at: dt.datetime) -> None:
    """Leave the last day as it is. Raises PermissionDenied, or ActionRefused without a reason or too late."""
    _require_decider(actor, extension)
    _decide(extension, Outcome.REFUSED, answer, actor=actor, at=at)
    _tell(extension, "extension_refused", actor=actor, at=at, data={})


def _require_decider(actor: User, extension: Extension) -> None:
    if not may_decide(actor, extension.application):
        raise PermissionDenied


def _decide(
    extension: Extension, outcome: Outcome, answer: str, *, actor: User, at: dt.datetime, **fields: object
) -> None:
    application = extension.application
    if not answer.strip():
        raise ActionRefused(_("Escribe la razón: la empresa la leerá."))
    lock(application)
    if application.state != State.OBSERVED or application.round != extension.round:
        raise ActionRefused(_("La empresa ya respondió o el plazo ya se cerró: no hay nada que resolver."))
    # The old outcome in the WHERE clause makes one of two concurrent requests lose.
    facts = {"outcome": outcome, "answer": answer.strip(), "decided_by": actor, "decided_at": at, **fields}
    if not Extension.objects.filter(pk=extension.pk, outcome=Outcome.WAITING).update(**facts):
        raise ActionRefused(_("Alguien más ya resolvió esta petición. Vuelve a cargar la página."))
    extension.refresh_from_db(fields=list(facts))


def _tell(extension: Extension, action: str, *, actor: User, at: dt.datetime, data: dict[str, object]) -> None:
    emails.send_decided(extension.application, extension)
    Event.record(extension.application, action, actor=actor, at=at, reason=extension.answer, data=data)
