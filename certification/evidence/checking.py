"""What happens to a file in quarantine. Each step may run twice and be killed at any moment: the state changes once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.queueing import enqueue
from audit.models import Event
from certification.evidence.checks import ActingError, UnfitError, UnreadableError, check_content
from certification.evidence.cleaning import files_inside
from certification.evidence.enums import RevisionState
from certification.evidence.looking import look_soon
from certification.evidence.models import Revision
from certification.evidence.places import tells_place
from certification.evidence.previews import draw_soon
from certification.evidence.scanning import Infected, ScannerUnavailable, scan
from certification.evidence.store import STORE_ERRORS, at_hand

PATIENCE = dt.timedelta(minutes=10)  # what came just now is in the hands of a worker
MOST = 500  # files a run: the next one goes on
log = logging.getLogger(__name__)
_is_for_later: ContextVar[bool] = ContextVar("is_for_later", default=False)


@contextmanager
def reading_later() -> Iterator[None]:
    """Within it, what is checked is not read and drawn at once: ``check_files`` does it, or whoever looks first.

    For many files at a time, such as those of the demonstration.
    """
    token = _is_for_later.set(True)
    try:
        yield
    finally:
        _is_for_later.reset(token)


@dataclass(frozen=True)
class Judgement:
    """What the checks say of a content. ``scanner`` is empty where no scanner is configured."""

    state: RevisionState
    reason: str = ""
    remedy: str = ""
    pages: int | None = None
    scanner: str = ""
    can_be_cleaned: bool = False
    has_place: bool = False


def check_soon(revision: Revision) -> None:
    """Queue the checks (the immediate backend makes them at once). Whatever fails, the file waits in quarantine."""
    enqueue(check_revision_task, revision.pk)


@task()
def check_revision_task(revision_id: int) -> None:
    check_revision(Revision.objects.get(pk=revision_id), at=timezone.now())


def check_waiting(*, at: dt.datetime) -> int:
    """Check what a dead worker or a scanner that was down left in quarantine; return how many are settled now.

    Those that were never tried come first, so that some that never succeed do not hold up the others.
    """
    waiting = Revision.objects.waiting().filter(created_at__lt=at - PATIENCE)
    waiting = waiting.order_by(F("tried_at").asc(nulls_first=True), "created_at", "pk")
    return sum(check_revision(revision, at=at) for revision in waiting[:MOST])


def check_revision(revision: Revision, *, at: dt.datetime) -> bool:
    """Look a file in quarantine through and settle its state; return whether it is settled.

    A store or a scanner that does not answer leaves it in quarantine: nothing is lost, and nothing passes.
    """
    if revision.state != RevisionState.QUARANTINED:
        return True
    try:
        judgement = judge(revision)
    except (ScannerUnavailable, *STORE_ERRORS) as fault:
        log.warning("Revision %s stays in quarantine: %s", revision.pk, type(fault).__name__)
        Revision.objects.waiting().filter(pk=revision.pk).update(tried_at=at)
        return False
    settle(revision, judgement, at=at)
    if revision.is_clean and not _is_for_later.get():
        look_soon(revision)
        draw_soon(revision)
    return True


def judge(revision: Revision) -> Judgement:
    """Open the content and ask the scanner. Raises ScannerUnavailable or an error of the store."""
    with at_hand(revision.file) as content:
        try:
            return _judge(content, revision.media_type)
        except UnfitError as unfit:
            bad = RevisionState.UNREADABLE if isinstance(unfit, UnreadableError) else RevisionState.REJECTED
            return Judgement(bad, unfit.reason[:300], unfit.remedy[:300], can_be_cleaned=isinstance(unfit, ActingError))
        except (ScannerUnavailable, *STORE_ERRORS):
            raise
        except Exception as fault:  # noqa: BLE001 - a content that breaks its reader must not hold up the others
            log.error("The checks of revision %s broke: %s", revision.pk, type(fault).__name__)
            remedy = _("Guárdalo otra vez, o imprímelo a un PDF nuevo, y súbelo.")
            return Judgement(RevisionState.UNREADABLE, _("No pudimos abrir el archivo."), remedy)


def _judge(content: IO[bytes], media_type: str) -> Judgement:
    scanner = require_harmless(content)  # first: what follows opens the content
    try:
        pages = check_content(content, media_type)
    except ActingError:
        for inside in files_inside(content):
            require_harmless(inside)
        raise
    has_place = media_type.startswith("image/") and tells_place(content)
    return Judgement(RevisionState.CLEAN, pages=pages, scanner=scanner, has_place=has_place)


def require_harmless(content: IO[bytes]) -> str:
    """Return what looked the content through, as ``scan``; raise UnfitError for a virus, in words for the employer."""
    try:
        return scan(content)
    except Infected as infected:
        reason = _("El antivirus encontró algo dañino: %(name)s.") % {"name": infected.name}
        raise UnfitError(reason, _("No lo abras. Revisa el equipo del que vino y súbelo desde uno sano.")) from None


@transaction.atomic
def settle(revision: Revision, judgement: Judgement, *, at: dt.datetime) -> None:
    """Write the judgement, unless another worker was faster; ``revision`` says afterwards what is stored."""
    said = {
        "state": judgement.state,
        "checked_at": at,
        "tried_at": None,
        "reason": judgement.reason,
        "remedy": judgement.remedy,
        "pages": judgement.pages,
        "scanner": judgement.scanner,
        "scanned_at": at if judgement.scanner else None,
        "can_be_cleaned": judgement.can_be_cleaned,
        "has_place": judgement.has_place,
    }
    is_first = Revision.objects.waiting().filter(pk=revision.pk).update(**said)
    revision.refresh_from_db(fields=list(said))
    if is_first and revision.is_refused:
        data = {"number": revision.number, "sha256": revision.sha256, "state": revision.state}
        Event.record(revision.document, "revision_refused", actor=None, at=at, reason=revision.reason, data=data)
