"""What an employer does with the offer of a newer version: move a draft to it, stay, or go back. Nothing is deleted.

Only a draft that was never sent moves. What was sent was promised under its version, and a reviewer's observations and
verdicts point at that version's criteria: a change of rules in the middle of a review would be unfair to both sides.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.migrating.carrying import without_place
from certification.applications.migrating.copies import Said, take
from certification.applications.migrating.enums import Choice
from certification.applications.migrating.models import MigrationChoice, MigrationOffer
from certification.applications.models import Answer, Application, LocalAnswer
from certification.applications.permissions import is_editor
from certification.applications.spreadsheet.actions import close_uploads
from certification.applications.workflow import CHANGED, lock
from certification.standards.models import Standard


def concerns(application: Application) -> bool:
    """Whether any offer has to do with the version that it follows: one query, and nearly always none has."""
    here = Q(source=application.standard_id, withdrawn_at=None) | Q(choices__application=application)
    return MigrationOffer.objects.filter(here).exists()


def offer_for(application: Application) -> MigrationOffer | None:
    """The offer that stands for the draft: of the version in force, to the one that it follows."""
    if application.state != State.DRAFT or application.submitted_at is not None:
        return None
    standing = MigrationOffer.objects.filter(source=application.standard_id, withdrawn_at=None)
    return standing.filter(target__is_in_force=True).select_related("target").defer("target__content").first()


def last_choice(application: Application) -> MigrationChoice | None:
    choices = MigrationChoice.objects.filter(application=application).select_related("offer__source", "offer__target")
    return choices.defer("offer__source__content", "offer__target__content").last()


def move_of(application: Application) -> MigrationChoice | None:
    """The move by which a draft came to the version that it follows, if it came by one and was not sent since."""
    made = MigrationChoice.objects.filter(application=application).exclude(choice=Choice.KEPT)
    last = made.select_related("offer__source", "offer__target").last()
    moved = last is not None and last.choice == Choice.MOVED and last.offer.target_id == application.standard_id
    return last if moved else None


@transaction.atomic
def accept(application: Application, *, offer: int, seen_version: int, actor: User, at: dt.datetime) -> None:
    """Move the draft to the version of the offer with that key: its rows stay as they are, by stable code.

    A copy of all that it said is kept. Raises PermissionDenied for who may not edit, ActionRefused where no such offer
    stands and when the application changed since ``seen_version``.
    """
    found = _standing(application, offer, actor)
    _move(application, found.source, found.target, seen_version)
    _keep(application, found, Choice.MOVED, actor=actor, at=at)
    data = {"from": found.source.version, "to": found.target.version}
    Event.record(application, "migrate", actor=actor, at=at, data=data)


@transaction.atomic
def keep(application: Application, *, offer: int, actor: User, at: dt.datetime) -> None:
    """Stay on the present version. The offer stands: who wants to move later, may. Raises like ``accept``."""
    found, last = _standing(application, offer, actor), last_choice(application)
    if last is not None and last.offer_id == found.pk and last.choice == Choice.KEPT:
        return
    lock(application)
    MigrationChoice.objects.create(application=application, offer=found, choice=Choice.KEPT, made_at=at, made_by=actor)
    Event.record(application, "keep_version", actor=actor, at=at, data={"version": found.source.version})


@transaction.atomic
def go_back(application: Application, *, seen_version: int, actor: User, at: dt.datetime) -> None:
    """Follow the version before the move again: what was answered since stays, and what it had no place for comes back.

    Raises PermissionDenied for who may not edit, ActionRefused once it was sent, where it did not move, and when it
    changed since ``seen_version``.
    """
    if not is_editor(actor, application):
        raise PermissionDenied
    last = move_of(application)
    if last is None or application.state != State.DRAFT:
        raise ActionRefused(_("Esta solicitud no puede volver a una versión anterior."))
    offer = last.offer
    _move(application, offer.target, offer.source, seen_version)
    _keep(application, offer, Choice.RETURNED, actor=actor, at=at)
    _restore(application, offer, last.said or {}, actor=actor, at=at)
    data = {"from": offer.target.version, "to": offer.source.version}
    Event.record(application, "return_version", actor=actor, at=at, data=data)


def _standing(application: Application, key: int, actor: User) -> MigrationOffer:
    if not is_editor(actor, application):
        raise PermissionDenied
    found = offer_for(application)
    if found is None or found.pk != key:
        raise ActionRefused(_("Ese cambio de versión ya no se ofrece a esta solicitud. Vuelve a cargar la página."))
    return found


def _move(application: Application, source: Standard, target: Standard, seen_version: int) -> None:
    """The first write, so that sending and saving exclude it: whoever saves meanwhile is told, or comes first."""
    if application.version != seen_version:
        raise ActionRefused(str(CHANGED))
    lock(application)
    rows = Application.objects.filter(pk=application.pk, state=State.DRAFT, version=seen_version, standard=source)
    if not rows.update(standard=target, version=F("version") + 1):
        raise ActionRefused(str(CHANGED))


def _keep(application: Application, offer: MigrationOffer, choice: Choice, *, actor: User, at: dt.datetime) -> None:
    """A copy of everything as it was under the version that is left; the object still knows that one.

    Sheets that wait to be confirmed were read under it too, and are let go.
    """
    said = {"said": take(application), "made_at": at, "made_by": actor}
    MigrationChoice.objects.create(application=application, offer=offer, choice=choice, **said)
    close_uploads(application, at=at)
    application.refresh_from_db()


def _restore(application: Application, offer: MigrationOffer, said: Said, *, actor: User, at: dt.datetime) -> None:
    """Claims of sub-items that the newer version did not have, where saving under it dropped them."""
    lost = without_place(offer.source.document, offer.target.document)
    for answer in application.answers.all():
        _put_back(answer, said.get("answers", {}).get(answer.criterion), lost, actor=actor, at=at)
    for own in application.local_answers.all():
        place = said.get("local", {}).get(str(own.workplace_id), {"answers": {}})
        _put_back(own, place["answers"].get(own.criterion), lost, actor=actor, at=at)


def _put_back(row: Answer | LocalAnswer, before: Said | None, lost: set[str], *, actor: User, at: dt.datetime) -> None:
    claims = (before or {}).get("claims", {})
    missing = {code: claim for code, claim in claims.items() if code in lost and code not in row.claims}
    if missing:
        row.claims = {**row.claims, **missing}
        row.version += 1
        row.updated_at, row.updated_by, row.saved_from = at, actor, ""
        row.save(update_fields=["claims", "version", "updated_at", "updated_by", "saved_from"])
