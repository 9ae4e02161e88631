"""Asking the scanner again about files that passed: its signatures learn, and what was clean may be known since."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F, Q

from audit.models import Event
from certification.evidence.checking import MOST, require_harmless
from certification.evidence.checks import UnfitError
from certification.evidence.enums import RevisionState
from certification.evidence.models import Revision
from certification.evidence.scanning import ScannerUnavailable
from certification.evidence.store import STORE_ERRORS, at_hand

log = logging.getLogger(__name__)


def rescan(*, days: int, at: dt.datetime) -> tuple[int, int]:
    """Scan clean files that nobody scanned for so many days; return how many were, and how many are refused now.

    At most ``checking.MOST`` a run, first those that were not tried for longest. A scanner or a store that does not
    answer leaves a file as it was.
    """
    old = Q(scanned_at=None) | Q(scanned_at__lt=at - dt.timedelta(days=days))
    due = Revision.objects.filter(old, state=RevisionState.CLEAN, link="").select_related("document")
    due = due.order_by(F("tried_at").asc(nulls_first=True), F("scanned_at").asc(nulls_first=True), "pk")
    found = [is_clean for revision in due[:MOST] if (is_clean := _scan_again(revision, at=at)) is not None]
    return len(found), found.count(False)


def _scan_again(revision: Revision, *, at: dt.datetime) -> bool | None:
    """Whether it is clean still; None where nobody can say."""
    clean = Revision.objects.filter(pk=revision.pk, state=RevisionState.CLEAN)
    try:
        with at_hand(revision.file) as content:
            scanner = require_harmless(content)
    except UnfitError as unfit:
        _refuse(revision, unfit, at=at)
        return False
    except (ScannerUnavailable, *STORE_ERRORS) as fault:
        log.warning("Revision %s was not scanned again: %s", revision.pk, type(fault).__name__)
        clean.update(tried_at=at)
        return None
    clean.update(scanner=scanner, scanned_at=at, tried_at=None)
    return True


@transaction.atomic
def _refuse(revision: Revision, unfit: UnfitError, *, at: dt.datetime) -> None:
    """Nobody reads it any more. Where it is used it stays, and is marked: what was sent does not change."""
    said = {"state": RevisionState.REJECTED, "checked_at": at, "reason": unfit.reason[:300], "remedy": unfit.remedy}
    clean = Revision.objects.filter(pk=revision.pk, state=RevisionState.CLEAN)
    if clean.update(**said, scanner="", scanned_at=None):
        data = {"number": revision.number, "sha256": revision.sha256, "passed_before": True}
        Event.record(revision.document, "revision_refused", actor=None, at=at, reason=unfit.reason, data=data)
