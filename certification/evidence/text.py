"""The words of a revision, page by page, kept beside its content: to look for personal data, and to find and show.

A page is one of a PDF, a slide, a sheet of a workbook, or all of a text or Word file.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import subprocess
from dataclasses import dataclass

from django.core.files.storage import default_storage

from certification.evidence.models import Revision
from certification.evidence.programs import run
from certification.evidence.store import STORE_ERRORS, at_hand, drop_unneeded, keep_beside

FOLDER = "texts"
SECONDS = 60
OFFICE = "application/vnd."
log = logging.getLogger(__name__)


class NoTextError(Exception):
    """The text cannot be read: the file broke the reader, or took too long."""


@dataclass(frozen=True)
class Text:
    """The text of each page. ``is_whole``: nothing was left out for being too long."""

    pages: list[str]
    is_whole: bool = True

    @property
    def is_empty(self) -> bool:
        """A photograph, or a scan: what it says is in the picture only."""
        return not any(page.strip() for page in self.pages)


def has_text(revision: Revision) -> bool:
    """Whether files of its type hold text that can be read."""
    media_type = revision.media_type
    return media_type == "application/pdf" or (media_type.startswith(("text/", OFFICE)) and not revision.link)


def page_texts(revision: Revision) -> list[str]:
    """The text of each page, as far as it was read; nothing where it was not read yet, or cannot be."""
    kept = kept_text(revision)
    return kept.pages if kept else []


def kept_text(revision: Revision) -> Text | None:
    """The text that was read before. A store that does not answer, or holds something else, has none."""
    try:
        with default_storage.open(text_name(revision)) as file:
            return _parse(file.read())
    except (*STORE_ERRORS, ValueError, KeyError, TypeError):
        return None


def read_text(revision: Revision) -> Text:
    """Read the text in a process with limits, and keep it for the next reader.

    Raises NoTextError where the file defeats the reader, or an error of the store.
    """
    if not has_text(revision):
        return Text([])
    if kept := kept_text(revision):
        return kept
    with at_hand(revision.file) as file:
        said = _extracted(file.name, revision.media_type)
    keep_beside(text_name(revision), said)
    return _parse(said)


def sweep_texts(*, at: dt.datetime) -> int:
    """Remove the texts whose content no revision needs and that are older than a day before ``at``; return how many."""
    content = len(FOLDER) + 1
    return drop_unneeded(
        FOLDER, lambda name: Revision.objects.filter(file=name[content:]).exists(), at - dt.timedelta(days=1)
    )


def text_name(revision: Revision) -> str:
    return f"{FOLDER}/{revision.file}"


def _parse(said: bytes) -> Text:
    stored = json.loads(said)
    return Text(stored["texts"], is_whole=stored["is_whole"])


def _extracted(path: str, media_type: str) -> bytes:
    try:
        return run("extract", path, media_type, seconds=SECONDS)
    except subprocess.SubprocessError as fault:
        raise NoTextError(type(fault).__name__) from fault
