"""Pictures of the pages of a revision, safe to show inside a page of ours."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certification.evidence.models import Revision
from certification.evidence.store import STORE_ERRORS

FOLDER = "previews"
RENDERER = Path(__file__).with_name("render.py")
SECONDS = 20
BLOCK = 2**20
FORGET_FAILURE = 60 * 60 * 24
MOST_PAGES = 200  # further pages are read in the file itself
_desks = threading.BoundedSemaphore(2)  # drawing takes a core each: a long dossier must not take them all
log = logging.getLogger(__name__)


class NoPreviewError(Exception):
    """The page cannot be shown: say «sin vista previa» and offer the file."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str


def picture_type(revision: Revision) -> str | None:
    """Media type of the pictures of a revision; None where there are none."""
    if revision.media_type == "application/pdf":
        return "image/png"
    return "image/jpeg" if revision.media_type.startswith("image/") else None


def page_count(revision: Revision) -> int:
    """How many pictures a revision has."""
    if picture_type(revision) is None:
        return 0
    return min(revision.pages or 1, MOST_PAGES)


def page_picture(revision: Revision, page: int) -> Picture:
    """Return the picture of a page, counted from 1, at most 1,600 pixels long and without metadata.

    Drawn in a process of its own with limits of time and memory, and kept in the store for the next reader.
    Raises NoPreviewError where there is none, whatever the cause: the file then is still there to be read.
    """
    media_type = picture_type(revision)
    if media_type is None or not 1 <= page <= page_count(revision):
        raise NoPreviewError
    name = f"{FOLDER}/{revision.file}/{page}"
    if cache.get(f"no-{name}"):
        raise NoPreviewError
    try:
        return Picture(_kept(name) or _drawn(revision, page, name), media_type)
    except (*STORE_ERRORS, subprocess.SubprocessError) as error:
        log.warning("No preview of revision %s, page %s: %s", revision.pk, page, type(error).__name__)
        if isinstance(error, subprocess.SubprocessError):  # a store that is down for a moment is asked again
            cache.set(f"no-{name}", value=True, timeout=FORGET_FAILURE)
        raise NoPreviewError from error


def _kept(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def _drawn(revision: Revision, page: int, name: str) -> bytes:
    with tempfile.NamedTemporaryFile(prefix="page-") as copy:
        with default_storage.open(revision.file) as file:
            for block in file.chunks(BLOCK):
                copy.write(block)
        copy.flush()
        content = _draw(copy.name, revision.media_type, page)
    default_storage.save(name, ContentFile(content))
    return content


def _draw(path: str, media_type: str, page: int) -> bytes:
    command = [sys.executable, "-I", str(RENDERER), path, media_type, str(page)]
    with _desks:
        done = subprocess.run(  # noqa: S603 - our own program; none of the words comes from a user
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True, env={}
        )
    return done.stdout
