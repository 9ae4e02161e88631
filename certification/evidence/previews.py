"""Pictures of the pages of a revision, safe to show inside a page of ours, kept beside its content."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.storage import default_storage
from django_tasks import task

from accounts.queueing import enqueue
from certification.evidence.drawing import DrawingError, draw
from certification.evidence.models import Revision
from certification.evidence.store import STORE_ERRORS, at_hand, drop_unneeded, keep_beside

FOLDER = "previews"
MEDIA_TYPE = "image/jpeg"
SIZES = "sizes"
FORGET_FAILURE = 60 * 60 * 24
MOST_PAGES = 200  # further pages are read in the file itself
FIRST_PAGES = 5  # drawn before anybody asks
LONGEST, LONGEST_LARGE = 1_600, 3_200  # pixels
TABLES = {
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
log = logging.getLogger(__name__)


class NoPreviewError(Exception):
    """The page cannot be shown: say «sin vista previa» and offer the file."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str = MEDIA_TYPE


@dataclass(frozen=True)
class Sheet:
    """A text is a paragraph, a list the rows of a table. ``is_whole``: nothing was left out for being too much."""

    title: str
    blocks: list[str | list[list[str]]]
    is_whole: bool


def has_pictures(revision: Revision) -> bool:
    """Whether files of its type can be drawn."""
    media_type = revision.media_type
    return not revision.link and (media_type == "application/pdf" or media_type.startswith("image/"))


def page_count(revision: Revision) -> int:
    """How many pictures a revision has."""
    return min(revision.pages or 1, MOST_PAGES) if has_pictures(revision) else 0


def page_picture(revision: Revision, page: int, *, is_large: bool = False) -> Picture:
    """Return the picture of a page, counted from 1, at most 1,600 pixels long (large: 3,200) and without metadata.

    Drawn in a process of its own with limits of time and memory, and kept in the store for the next reader.
    Raises NoPreviewError where there is none, whatever the cause: the file then is still there to be read.
    """
    if not 1 <= page <= page_count(revision):
        raise NoPreviewError
    longest = LONGEST_LARGE if is_large else LONGEST
    name = f"{page}-{longest}" if is_large else str(page)
    return Picture(_made(revision, name, "picture", page=page, longest=longest))


def page_sizes(revision: Revision) -> list[tuple[int, int]]:
    """Width and height of each picture, so that a page of ours keeps its place. Raises NoPreviewError as above."""
    if not has_pictures(revision):
        raise NoPreviewError
    said = json.loads(_made(revision, SIZES, "sizes", most=MOST_PAGES, longest=LONGEST))
    return [(width, height) for width, height in said]


def kept_sizes(revision: Revision) -> list[tuple[int, int]]:
    """The same where it is known already; nothing is drawn, for a page that only shows the first pictures beside."""
    try:
        said = _kept(_name(revision, SIZES)) if has_pictures(revision) else None
    except STORE_ERRORS:
        return []
    return [(width, height) for width, height in json.loads(said or b"[]")]


def has_tables(revision: Revision) -> bool:
    """Whether files of its type are read as paragraphs and tables."""
    return revision.media_type in TABLES


def sheets_of(revision: Revision) -> list[Sheet]:
    """The sheets of a workbook, or the one text of a Word or CSV file. Raises NoPreviewError as above."""
    if not has_tables(revision):
        raise NoPreviewError
    return [Sheet(**said) for said in json.loads(_made(revision, "tables", "tables"))]


def pages_without(revision: Revision, pages: Iterable[int]) -> set[int]:
    """Those of the pages that could not be drawn when somebody asked for them: all, where the file does not open."""
    marks = {_mark(_name(revision, str(page))): page for page in pages}
    whole = _mark(_name(revision, SIZES))
    found = cache.get_many([whole, *marks])
    return set(marks.values()) if whole in found else {marks[mark] for mark in found}


@task()
def draw_task(revision_id: int) -> None:
    draw_first(Revision.objects.get(pk=revision_id))


def draw_soon(revision: Revision) -> None:
    """Queue the first pages. Whatever fails is drawn when somebody looks."""
    if has_pictures(revision):
        enqueue(draw_task, revision.pk)


def draw_first(revision: Revision) -> int:
    """Draw the first pages that are not kept yet, until one fails; return how many there are."""
    done = 0
    try:
        page_sizes(revision)
        for page in range(1, min(page_count(revision), FIRST_PAGES) + 1):
            page_picture(revision, page)
            done += 1
    except NoPreviewError:  # it is marked, and said where the file is shown
        log.info("Revision %s has %s of its first pictures", revision.pk, done)
    return done


def sweep_previews(*, at: dt.datetime) -> int:
    """Remove the pictures whose content no revision needs and that are older than a day before ``at``."""

    def is_needed(name: str) -> bool:
        return Revision.objects.filter(file=name[len(FOLDER) + 1 : name.rindex("/")]).exists()

    return drop_unneeded(FOLDER, is_needed, at - dt.timedelta(days=1))


def _made(revision: Revision, what: str, work: str, **order: int) -> bytes:
    """What is kept of a revision under a name, or else is drawn now; a failure is remembered for a day."""
    name = _name(revision, what)
    if cache.get(_mark(name)):
        raise NoPreviewError
    try:
        return _kept(name) or _drawn(revision, name, work, order)
    except (*STORE_ERRORS, DrawingError) as error:
        log.warning("No preview of revision %s, %s: %s", revision.pk, what, type(error).__name__)
        if isinstance(error, DrawingError):  # a store that is down for a moment is asked again
            cache.set(_mark(name), value=True, timeout=FORGET_FAILURE)
        raise NoPreviewError from error


def _name(revision: Revision, what: str) -> str:
    return f"{FOLDER}/{revision.file}/{what}"


def _mark(name: str) -> str:
    return f"no-{name}"


def _kept(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def _drawn(revision: Revision, name: str, work: str, order: dict[str, int]) -> bytes:
    with at_hand(revision.file) as file:
        content = draw(file, work, media_type=revision.media_type, **order)
    keep_beside(name, content)
    return content
