"""Saving what an employer claims. A draft saves anything; the second of two editors loses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.models import (
    Answer,
    Application,
    LocalAnswer,
    MeasureClaim,
    Observation,
    RequirementRecord,
)
from certification.applications.permissions import is_editor

Saved = Answer | LocalAnswer | RequirementRecord | MeasureClaim
CODE_FIELD: dict[type[Saved], str] = {
    Answer: "criterion",
    LocalAnswer: "criterion",
    RequirementRecord: "requirement",
    MeasureClaim: "measure",
}
NOT_OPEN = _("Esto ya no se puede cambiar aquí: la solicitud se envió o cambió de manos.")


@dataclass(frozen=True)
class Seen:
    """What a page showed when its text was typed: the version (0: never saved), and the name the page gave itself.

    The page that saved last goes on from its own save, also when the answer to it was lost on the way. ``step`` counts
    what the page sent, from 1: of two requests that overtake each other, the text that was typed last stays.
    """

    version: int
    page: str = ""
    step: int = 0


class EditConflictError(Exception):
    """Somebody saved the same in the meantime. ``stored`` is what is kept; the caller has the other text."""

    def __init__(self, stored: Saved) -> None:
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
def save_item(
    application: Application,
    kind: type[Saved],
    item: str,
    content: Mapping[str, Any],
    *,
    seen: Seen | None,
    actor: User,
    at: dt.datetime,
    **place: Any,
) -> int:
    """Save ``content``, some or all fields of one criterion, requirement or measure, and return its new version.

    ``place`` narrows the row further (the workplace of a LocalAnswer). ``seen`` None replaces whatever is stored.
    Raises like ``open_item``, and EditConflictError when somebody saved something else after ``seen``: theirs stays.
    """
    open_item(application, item, actor=actor, at=at)
    key = {"application": application, CODE_FIELD[kind]: item, **place}
    page = {"saved_from": seen.page, "saved_step": seen.step} if seen else {"saved_from": "", "saved_step": 0}
    fields = {**content, "updated_at": at, "updated_by": actor, **page}
    rows = kind._default_manager.filter(**key)
    if seen and seen.version and rows.filter(version=seen.version).update(version=F("version") + 1, **fields):
        return seen.version + 1
    if _insert(kind, key | fields):
        return 1
    if seen is None:
        rows.update(version=F("version") + 1, **fields)
    elif not _go_on(rows, fields, seen):
        return _settle(rows.select_related("updated_by").get(), content, seen, actor=actor)
    return int(rows.values_list("version", flat=True).get())


def saved_by_page(
    application: Application, kind: type[Saved], items: Collection[str], *, page: str, actor: User, **place: Any
) -> dict[str, Saved]:
    """Those of ``items`` that the person saved last from that open page, as they are stored; in one query."""
    if not page or not items:
        return {}
    key = {"application": application, f"{CODE_FIELD[kind]}__in": items, **place}
    own = kind._default_manager.filter(**key, saved_from=page, updated_by=actor)
    return {getattr(row, CODE_FIELD[kind]): row for row in own}


def _insert(kind: type[Saved], fields: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            kind._default_manager.create(version=1, **fields)
    except IntegrityError:
        return False  # somebody else made the first save
    return True


def _go_on(rows: Any, fields: dict[str, Any], seen: Seen) -> bool:
    own = rows.filter(saved_from=seen.page, saved_step__lt=seen.step, updated_by=fields["updated_by"])
    return bool(seen.page and own.update(version=F("version") + 1, **fields))


def _settle(stored: Saved, content: Mapping[str, Any], seen: Seen, *, actor: User) -> int:
    """The same content sent twice is no conflict, nor is a request that its page's next one overtook on the way."""
    is_own = seen.page == stored.saved_from and stored.updated_by == actor
    is_overtaken = is_own and 0 < seen.step < stored.saved_step
    if is_overtaken or all(getattr(stored, name) == value for name, value in content.items()):
        return stored.version
    raise EditConflictError(stored)


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
    """Save one criterion and return its new version (0 is «never saved»). Raises like ``save_item``."""
    content = {"claims": dict(claims), "note": note}
    return save_item(application, Answer, criterion, content, seen=Seen(seen_version), actor=actor, at=at)


def save_requirement(
    application: Application,
    requirement: str,
    *,
    present: bool,
    issued_on: dt.date | None,
    reference: str,
    actor: User,
    at: dt.datetime,
) -> int:
    """Record a participation requirement with its date, whoever wrote before; it counts once it is ``present``."""
    content = {"is_present": present, "issued_on": issued_on, "reference": reference}
    return save_item(application, RequirementRecord, requirement, content, seen=None, actor=actor, at=at)


def save_measure(
    application: Application, measure: str, *, is_claimed: bool | None, note: str, actor: User, at: dt.datetime
) -> int:
    """Declare whether a measure is in place, whoever wrote before; None: that is not said yet."""
    content = {"is_claimed": is_claimed, "note": note}
    return save_item(application, MeasureClaim, measure, content, seen=None, actor=actor, at=at)


def require_open(application: Application, item: str, *, actor: User) -> None:
    """Raises PermissionDenied for who may not write for the employer, ActionRefused when the item is not open."""
    if not is_editor(actor, application):
        raise PermissionDenied
    if not can_edit_item(actor, application, item):
        raise ActionRefused(NOT_OPEN)


def open_item(application: Application, item: str, *, actor: User, at: dt.datetime) -> None:
    """Begin a change of an item: the first write of its transaction, so that sending and saving exclude each other.

    Says when the application was last saved, and that an observed item has its answer. Raises like ``require_open``,
    also where the item is no longer open.
    """
    require_open(application, item, actor=actor)
    same = Application.objects.filter(pk=application.pk, state=application.state, version=application.version)
    if not same.update(saved_at=at):
        raise ActionRefused(NOT_OPEN)
    if application.state == State.OBSERVED:
        _open_observation(application, item).filter(answered_at=None).update(answered_at=at)


def _open_observation(application: Application, item: str):  # type: ignore[no-untyped-def]
    return Observation.objects.filter(application=application, round=application.round, item=item)
