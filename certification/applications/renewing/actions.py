"""Never starting again: a draft that begins with what was awarded, and saying of each answer that it is still so."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ReviewBody, User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.actions import begin, record_opening
from certification.applications.enums import State
from certification.applications.models import Answer, Application, LocalAnswer, MeasureClaim, RequirementRecord
from certification.applications.permissions import is_editor
from certification.applications.renewing.carrying import Carrying
from certification.applications.renewing.lookup import begun_with, renewal_under_way
from certification.applications.renewing.models import Renewal
from certification.applications.saving import CODE_FIELD, Saved, open_item
from certification.applications.workflow import lock
from certification.standards.document import Measure, Requirement
from certification.standards.enums import SchemeKind
from certification.standards.models import Standard
from employers.models import Workplace


@transaction.atomic
def open_renewal(source: Application, *, actor: User, at: dt.datetime) -> tuple[Application, bool]:
    """Open a draft of the same standard, in the version in force, for the same workplaces, with the same answers.

    Returns it and whether it is new: what is under way already is returned, so whoever presses twice has one draft.
    Raises PermissionDenied for who may not edit, ActionRefused for what was not awarded, a standard that is no longer
    in force, and where every workplace closed.
    """
    if not is_editor(actor, source):
        raise PermissionDenied
    lock(source)
    under_way = renewal_under_way(source, actor)
    if under_way is not None:
        return under_way, False
    if source.state != State.AWARDED:
        raise ActionRefused(_("Sólo se renueva lo que se otorgó."))
    standard = Standard.objects.in_force().filter(code=source.standard.code).first()
    if standard is None:
        raise ActionRefused(_("Esta norma ya no recibe solicitudes."))
    places = source.workplaces.filter(closed_at=None)
    opened = begin(source.employer, standard, places, body=_open_body(source), actor=actor, at=at)
    Renewal.objects.create(application=opened, source=source, opened_at=at, opened_by=actor)
    Carrying(source, opened, actor, at).everything()
    record_opening(opened, actor=actor, at=at)
    Event.record(opened, "renew", actor=actor, at=at, data={"from": source.folio})
    return opened, True


def _open_body(source: Application) -> ReviewBody | None:
    """The same body of a norm, while it is open; a distintivo is given one on arrival."""
    return (
        source.body
        if source.body and source.standard.kind == SchemeKind.NORM and source.body.closed_at is None
        else None
    )


@transaction.atomic
def confirm(
    application: Application, item: str, *, workplace: Workplace | None = None, actor: User, at: dt.datetime
) -> bool:
    """Say that what was carried of an item is still so; False where nothing of it waits to be confirmed.

    Raises like ``saving.open_item``.
    """
    renewal = begun_with(application)
    if renewal is None:
        return False
    open_item(application, item, actor=actor, at=at)
    kind = _kind_of(application, item, workplace)
    place = {"workplace": workplace} if workplace else {}
    rows = kind._default_manager.filter(**{"application": application, CODE_FIELD[kind]: item, **place})
    return bool(rows.filter(updated_at__lte=renewal.opened_at).update(updated_at=at, updated_by=actor))


def _kind_of(application: Application, item: str, workplace: Workplace | None) -> type[Saved]:
    part = application.standard.document.item(item)
    if isinstance(part, Requirement):
        return RequirementRecord
    if isinstance(part, Measure):
        return MeasureClaim
    return LocalAnswer if workplace else Answer
