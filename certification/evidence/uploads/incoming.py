"""Where files arrive: straight in the object store, or, with the local store, through us onto its disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Protocol

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import UnreadablePostError
from django.urls import reverse

from certification.evidence.store import BLOCK, is_remote
from certification.evidence.uploads.models import PendingUpload

ADDRESS_SECONDS = 15 * 60  # to begin sending; what is under way then goes on
PART = 8 * 2**20  # what broke off goes on in parts: a proxy may hold a request back, and lose it, until it is whole


class OutOfStepError(Exception):
    """The part does not follow on what is there. ``arrived`` says how many bytes are."""

    def __init__(self, arrived: int) -> None:
        super().__init__(arrived)
        self.arrived = arrived


class Stream(Protocol):
    """What a request is: read from front to back."""

    def read(self, most: int, /) -> bytes: ...


class ArrivedFile(File):  # type: ignore[type-arg]
    """A file that lies where the local store can move it from."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def address_for(pending: PendingUpload) -> tuple[str, dict[str, str]]:
    """Return where to PUT the content, and the headers it must carry.

    An object store takes it once, with just this type and length: both are signed.
    """
    if not is_remote():
        return reverse("upload_content", args=[pending.pk]), {}
    what = {
        "Bucket": default_storage.bucket_name,  # type: ignore[attr-defined]
        "Key": pending.key,
        "ContentType": pending.media_type,
        "ContentLength": pending.size,
    }
    client = default_storage.connection.meta.client  # type: ignore[attr-defined]
    address = client.generate_presigned_url("put_object", Params=what, ExpiresIn=ADDRESS_SECONDS)
    return address, {"Content-Type": pending.media_type}


def arrived(pending: PendingUpload) -> int:
    """How many bytes are there; of the object store, all or none."""
    try:
        return default_storage.size(pending.key)
    except FileNotFoundError:
        return 0


def receive(pending: PendingUpload, stream: Stream, offset: int) -> str:
    """Write what comes after the first ``offset`` bytes; return the SHA-256 where that is the whole file, or "".

    Who hangs up leaves what came, to be gone on with. Raises OutOfStepError, also while somebody else sends the same.
    """
    path = Path(default_storage.path(pending.key))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutOfStepError(file.seek(0, os.SEEK_END)) from None
        if (there := file.seek(0, os.SEEK_END)) != offset:
            raise OutOfStepError(there)
        return _write(file, stream, pending.size - offset, is_whole=offset == 0)


def _write(file: IO[bytes], stream: Stream, left: int, *, is_whole: bool) -> str:
    digest, hashed = hashlib.sha256(), None
    # Hashing takes as long as all the rest: a block is hashed beside the writing of the next.
    with ThreadPoolExecutor(1) as beside:
        while left > 0 and (block := _next(stream, min(BLOCK, left))):
            file.write(block)
            left -= len(block)
            if is_whole:
                if hashed:
                    hashed.result()
                hashed = beside.submit(digest.update, block)
    return digest.hexdigest() if is_whole and left == 0 else ""


def _next(stream: Stream, most: int) -> bytes:
    try:
        return stream.read(most)
    except UnreadablePostError:
        return b""


def open_arrived(pending: PendingUpload) -> IO[bytes]:
    """Open what came. Raises FileNotFoundError where nothing did, or where it was finished meanwhile."""
    if is_remote():
        return default_storage.open(pending.key)
    path = Path(default_storage.path(pending.key))
    os.utime(path)  # it keeps its date when it is moved, and the sweep takes what is old
    return ArrivedFile(path.open("rb"), name=str(path))
