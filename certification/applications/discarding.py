"""Deleting a draft that the authority never saw. What was sent once is withdrawn, never deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import PRIVATE_STATES, Application
from certification.applications.permissions import is_editor
from certification.applications.workflow import CHANGED, lock

# By their related names. Each row belongs to the draft alone: documents, workplaces, figures and the improvement plan
# belong to the employer and stay. Whatever else points at an application exists only once it was sent.
GOES = (
    "answers",
    "local_answers",
    "requirement_records",
    "measure_claims",
    "evidence_uses",
    "item_owners",
    "sheet_uploads",
    "migration_choices",
    "renewal_of",
)


@dataclass(frozen=True)
class Contents:
    """What would go with a draft, counted."""

    answers: int
    letters: int
    measures: int
    uses: int


def can_discard(user: User, application: Application) -> bool:
    return is_editor(user, application) and was_never_sent(application)


def was_never_sent(application: Application) -> bool:
    return application.submitted_at is None and State(application.state) in PRIVATE_STATES


def contents(application: Application) -> Contents:
    return Contents(
        answers=application.answers.count() + application.local_answers.count(),
        letters=application.requirement_records.count(),
        measures=application.measure_claims.count(),
        uses=application.evidence_uses.count(),
    )


@transaction.atomic
def discard(application: Application, *, actor: User, at: dt.datetime) -> None:
    """Delete a draft with what was answered in it. The fact stays in the audit trail, without what was answered.

    The folio is never given again. Raises PermissionDenied for who may not edit for the employer, ActionRefused for
    what was sent once or changed since it was read.
    """
    if not is_editor(actor, application):
        raise PermissionDenied
    if not was_never_sent(application):
        raise ActionRefused(_("Ya se envió una vez, así que no se borra: puedes retirarla."))
    lock(application)
    relations = {one.get_accessor_name(): one for one in Application._meta.related_objects}
    for name in GOES:
        relations[name].related_model._default_manager.filter(**{relations[name].field.name: application}).delete()
    same = Application.objects.filter(pk=application.pk, version=application.version, submitted_at=None)
    if not same.delete()[0]:
        raise ActionRefused(CHANGED)
    said = {"folio": application.folio, "standard": application.standard.fingerprint, "from": application.state}
    Event.record(application, "discard", actor=actor, at=at, data=said)
