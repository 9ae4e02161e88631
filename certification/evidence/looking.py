"""The personal-data guard: what was found in a clean file, by kind and page. The data themselves are never stored."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter

from django_tasks import task

from accounts.queueing import enqueue
from certification.evidence.enums import TextState
from certification.evidence.models import Revision
from certification.evidence.search.index import index_document
from certification.evidence.sightings import sightings
from certification.evidence.store import STORE_ERRORS
from certification.evidence.text import NoTextError, Text, read_text

WITH_WORDS = (TextState.WHOLE, TextState.PART)
PATIENCE = dt.timedelta(minutes=10)  # what came just now is in the hands of a worker
log = logging.getLogger(__name__)


def look_soon(revision: Revision) -> None:
    """Queue the reading of a clean file (the immediate backend reads at once). ``check_files`` reads what is left."""
    enqueue(look_task, revision.pk)


@task()
def look_task(revision_id: int) -> None:
    look_through(Revision.objects.get(pk=revision_id))


def look_waiting(*, at: dt.datetime) -> int:
    """Read what a dead worker or a store that was down left unread; return how many are read now."""
    unread = Revision.objects.unread().filter(checked_at__lt=at - PATIENCE).order_by("checked_at", "pk")
    return sum(look_through(revision) for revision in unread.iterator())


def look_through(revision: Revision) -> bool:
    """Read a clean file and note what kinds of personal data are on which pages; return whether that is done.

    A store that does not answer leaves it for later. Twice is as once.
    """
    if not revision.is_clean or revision.text_state:
        return bool(revision.text_state)
    try:
        text = read_text(revision)
    except NoTextError as fault:
        log.warning("The text of revision %s cannot be read: %s", revision.pk, fault)
        return _note(revision, TextState.UNREAD, [])
    except STORE_ERRORS as fault:
        log.warning("The text of revision %s was not read: %s", revision.pk, type(fault).__name__)
        return False
    return _note(revision, _state_of(text), tally(text.pages))


def tally(pages: list[str]) -> list[dict[str, str | int]]:
    """How many of each kind are on each page, counted from 1; pages without any are left out."""
    counts = Counter((number, one.kind) for number, page in enumerate(pages, 1) for one in sightings(page))
    return [{"kind": kind.value, "page": page, "count": count} for (page, kind), count in sorted(counts.items())]


def _state_of(text: Text) -> TextState:
    if not text.is_whole:
        return TextState.PART
    return TextState.NONE if text.is_empty else TextState.WHOLE


def _note(revision: Revision, state: TextState, found: list[dict[str, str | int]]) -> bool:
    Revision.objects.unread().filter(pk=revision.pk).update(text_state=state, personal_data=found)
    revision.refresh_from_db(fields=["text_state", "personal_data"])
    if state in WITH_WORDS:
        index_document(revision.document)
    return True
