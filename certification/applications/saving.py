"""Saving what an employer claims. A draft saves anything; the second of two editors loses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.models import (
    Answer,
    Application,
    MeasureClaim,
    Observation,
    RequirementRecord,
)
from certification.applications.permissions import is_editor


class EditConflictError(Exception):
    """Somebody saved the same criterion in the meantime. ``stored`` is what is kept; the caller has the other text."""

    def __init__(self, stored: Answer) -> None:
        super().__init__(stored)
        self.stored = stored


def can_edit_item(user: User, application: Application, item: str) -> bool:
    """A draft is open to every editor; with observations, only what was observed is."""
    if not is_editor(user, application):
        return False
    if application.state == State.DRAFT:
        return True
    return application.state == State.OBSERVED and _open_observation(application, item).exists()


@transaction.atomic
def save_answer(
    application: Application,
    criterion: str,
    *,
    claims: Mapping[str, str],
    note: str,
    seen_version: int,
    actor: User,
    at: dt.datetime,
) -> int:
    """Save one criterion and return its new version (0 is «never saved»).

    Raises like ``open_item``, and EditConflictError when ``seen_version`` is not the stored one and the content
    differs: nothing is overwritten.
    """
    open_item(application, criterion, actor=actor, at=at)
    fields = {"claims": dict(claims), "note": note, "updated_at": at, "updated_by": actor}
    stored = Answer.objects.filter(application=application, criterion=criterion)
    if seen_version:
        saved = stored.filter(version=seen_version).update(version=F("version") + 1, **fields)
    else:
        saved = _insert(application, criterion, fields)
    if not saved:
        return _settle(stored.select_related("updated_by").get(), claims, note)
    return seen_version + 1


def _insert(application: Application, criterion: str, fields: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            Answer.objects.create(application=application, criterion=criterion, version=1, **fields)
    except IntegrityError:
        return False  # somebody else made the first save
    return True


def _settle(stored: Answer, claims: Mapping[str, str], note: str) -> int:
    """The same content sent twice is no conflict."""
    if stored.claims == dict(claims) and stored.note == note:
        return stored.version
    raise EditConflictError(stored)


@transaction.atomic
def save_requirement(
    application: Application,
    requirement: str,
    *,
    present: bool,
    issued_on: dt.date | None,
    reference: str,
    actor: User,
    at: dt.datetime,
) -> None:
    """Record a participation requirement with its date, or take the record away when it is not there."""
    open_item(application, requirement, actor=actor, at=at)
    if not present:
        RequirementRecord.objects.filter(application=application, requirement=requirement).delete()
    else:
        RequirementRecord.objects.update_or_create(
            application=application,
            requirement=requirement,
            defaults={"issued_on": issued_on, "reference": reference, "updated_at": at, "updated_by": actor},
        )


@transaction.atomic
def save_measure(
    application: Application, measure: str, *, is_claimed: bool, note: str, actor: User, at: dt.datetime
) -> None:
    """Declare whether a measure is in place."""
    open_item(application, measure, actor=actor, at=at)
    MeasureClaim.objects.update_or_create(
        application=application,
        measure=measure,
        defaults={"is_claimed": is_claimed, "note": note, "updated_at": at, "updated_by": actor},
    )


def open_item(application: Application, item: str, *, actor: User, at: dt.datetime) -> None:
    """Begin a change of an item: the first write of its transaction, so that sending and saving exclude each other.

    Says when the application was last saved, and that an observed item has its answer. Raises PermissionDenied for
    who may not write for the employer, ActionRefused when the item is not, or no longer, open.
    """
    if not is_editor(actor, application):
        raise PermissionDenied
    same = Application.objects.filter(pk=application.pk, state=application.state, version=application.version)
    if not can_edit_item(actor, application, item) or not same.update(saved_at=at):
        raise ActionRefused(_("Esto ya no se puede cambiar aquí: la solicitud se envió o cambió de manos."))
    if application.state == State.OBSERVED:
        _open_observation(application, item).filter(answered_at=None).update(answered_at=at)


def _open_observation(application: Application, item: str):  # type: ignore[no-untyped-def]
    return Observation.objects.filter(application=application, round=application.round, item=item)
