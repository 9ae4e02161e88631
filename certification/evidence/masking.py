"""Copies in which personal data, and what was marked, are covered; and the reason where they must be seen."""

from __future__ import annotations

import datetime as dt
import json
import logging
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from accounts.queueing import enqueue
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.evidence.actions import add_derived
from certification.evidence.enums import Derivation
from certification.evidence.models import Revision
from certification.evidence.permissions import require_writer
from certification.evidence.previews import has_pictures
from certification.evidence.programs import run
from certification.evidence.store import STORE_ERRORS, at_hand

SECONDS = 300
MOST_PAGES = 200
PATIENCE = dt.timedelta(minutes=15)  # a worker that took longer is dead
log = logging.getLogger(__name__)


class NothingToMask(ActionRefused):
    """Nothing was found or marked: a copy that covers nothing would seal the original for nothing."""

    def __init__(self) -> None:
        super().__init__(_("En este archivo no hay datos que tapar. Marca primero lo que no deba verse."))


def why_not_masked(revision: Revision) -> str:
    """Say why no copy can be made of a file with personal data, and what to do; "" where one can."""
    if not has_pictures(revision):
        return _("De este tipo de archivo no podemos hacer la copia. Imprímelo a un PDF, o tápalos en él, y súbelo.")
    if (revision.pages or 0) > MOST_PAGES:
        return _("Hacemos la copia de hasta %(most)d páginas. Divide el PDF y sube las partes.") % {"most": MOST_PAGES}
    return ""


def is_being_masked(revision: Revision, *, at: dt.datetime) -> bool:
    """Whether a copy that was asked for is on its way."""
    asked, copy = revision.mask_asked_at, revision.masked
    is_asked = bool(asked and asked > at - PATIENCE and not revision.mask_fault)
    return is_asked and not (asked and copy and copy.created_at >= asked)


def is_covered(revision: Revision) -> bool:
    """Whether there is a copy with all that is marked now, and with nothing that was taken away."""
    return bool(revision.masked and revision.masked.covered == revision.regions.all().as_told())


def has_later(revision: Revision) -> bool:
    """Whether a later version than the revision and its own masked copies was uploaded or made."""
    later = revision.document.revisions.filter(number__gt=revision.number)
    return later.exclude(derived_from=revision, derivation=Derivation.MASKED).exists()


def mask_soon(revision: Revision, *, actor: User, at: dt.datetime) -> None:
    """Have a copy made with what was found or marked covered; it becomes the next revision. Asked twice is as once.

    Raises ActionRefused where nothing was, no copy can be made, or the queue takes no work; PermissionDenied.
    """
    require_writer(actor, revision.document.employer)
    if not (revision.is_clean and (revision.personal_data or revision.regions.exists())):
        raise NothingToMask
    if sentence := why_not_masked(revision):
        raise ActionRefused(sentence)
    if is_covered(revision) or is_being_masked(revision, at=at):
        return
    if has_later(revision):
        raise ActionRefused(_("Este documento ya tiene una versión posterior. Vuelve a cargar la página."))
    # What was read in the WHERE clause makes one of two presses at one moment lose: a copy is made once.
    as_read = Revision.objects.filter(pk=revision.pk, mask_asked_at=revision.mask_asked_at)
    if as_read.update(mask_asked_at=at, mask_fault="") and not enqueue(mask_task, revision.pk, actor.pk):
        # Without a worker to wait for, what was said before holds again, and asking again is possible at once.
        before = {"mask_asked_at": revision.mask_asked_at, "mask_fault": revision.mask_fault}
        Revision.objects.filter(pk=revision.pk, mask_asked_at=at).update(**before)
        raise ActionRefused(_("No pudimos empezar la copia por una falla nuestra. Inténtalo otra vez en unos minutos."))


@task()
def mask_task(revision_id: int, actor_id: int) -> None:
    revision, actor = Revision.objects.get(pk=revision_id), User.objects.get(pk=actor_id)
    try:
        mask(revision, actor=actor, at=timezone.now())
    except NothingToMask:
        Revision.objects.filter(pk=revision.pk).update(mask_asked_at=None)
    except (subprocess.SubprocessError, ActionRefused, PermissionDenied, *STORE_ERRORS) as fault:
        log.warning("No masked copy of revision %s: %s", revision.pk, type(fault).__name__)
        sentence = _("No pudimos hacer la copia. Tapa los datos en tu programa, imprímelo a un PDF y súbelo.")
        Revision.objects.filter(pk=revision.pk).update(mask_fault=sentence)


def mask(revision: Revision, *, actor: User, at: dt.datetime) -> Revision:
    """Make the copy in a process with limits and keep it as the next revision, to be checked like any other.

    Raises SubprocessError where the file defeats the program, NothingToMask where the marks were taken away meanwhile,
    UploadRefused, or an error of the store.
    """
    if revision.masked and is_covered(revision):
        return revision.masked
    marked = revision.regions.all().as_told()
    if not (marked or revision.personal_data):
        raise NothingToMask
    order = {"most_bytes": settings.MAX_UPLOAD_MB * 2**20, "media_type": revision.media_type, "marked": marked}
    with tempfile.TemporaryDirectory(prefix="mask-") as folder:
        masked = Path(folder, "masked")
        with at_hand(revision.file) as original:
            run("mask", original.name, str(masked), json.dumps(order), seconds=SECONDS)
        with masked.open("rb") as made:
            copy = add_derived(revision, made, Derivation.MASKED, actor=actor, at=at, covered=marked)
    if copy.covered != marked:
        _cover_by_the_same(revision, copy, marked)
    return copy


@transaction.atomic
def _cover_by_the_same(revision: Revision, copy: Revision, marked: list[list[int]]) -> None:
    """What was marked since changes no pixel of the copy there is: it covers that too, and no other is on its way."""
    copy.covered = marked
    copy.save(update_fields=["covered"])
    Revision.objects.filter(pk=revision.pk, mask_asked_at=revision.mask_asked_at).update(mask_asked_at=None)


@transaction.atomic
def say_needed(revision: Revision, *, reason: str, actor: User, at: dt.datetime) -> None:
    """Keep why the personal data of a file must be seen as they are. The same said twice changes nothing.

    Raises ActionRefused without a reason, or where nothing was found; PermissionDenied.
    """
    require_writer(actor, revision.document.employer)
    reason = " ".join(reason.split())[:300]
    if not revision.personal_data:
        raise ActionRefused(_("En este archivo no encontramos datos personales."))
    if not reason:
        raise ActionRefused(_("Escribe por qué hace falta que se vean: quien revisa lo leerá."))
    if Revision.objects.filter(pk=revision.pk).exclude(needed_whole=reason).update(needed_whole=reason):
        data = {"number": revision.number, "sha256": revision.sha256}
        Event.record(revision.document, "personal_data_needed", actor=actor, at=at, reason=reason, data=data)
