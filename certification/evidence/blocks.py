"""The content of a revision, block by block: however large it is, no more than a block is held."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError
from django.core.files.storage import default_storage

from certification.evidence.models import Revision
from certification.evidence.store import is_remote

BLOCK = 2**18


class LostError(Exception):
    """The store does not have the content, or not the whole of it."""


def blocks_of(revision: Revision) -> Iterator[bytes]:
    """Look the content up and return its blocks. Raises LostError at once, and what a store raises that is down."""
    return _remote(revision) if is_remote() else _local(revision)


def _local(revision: Revision) -> Iterator[bytes]:
    try:
        _require_whole(revision, default_storage.size(revision.file))
    except FileNotFoundError as fault:
        raise LostError(str(fault)) from fault
    return _read(revision.file)


def _read(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        while block := file.read(BLOCK):
            yield block


def _remote(revision: Revision) -> Iterator[bytes]:
    """Straight from the object store: its storage would first copy the whole to the disk."""
    try:
        sent = default_storage.bucket.Object(revision.file).get()  # type: ignore[attr-defined]
    except ClientError as fault:
        if fault.response["Error"]["Code"] in {"NoSuchKey", "404"}:
            raise LostError(str(fault)) from fault
        raise
    _require_whole(revision, sent["ContentLength"])
    blocks: Iterator[bytes] = sent["Body"].iter_chunks(BLOCK)
    return blocks


def _require_whole(revision: Revision, size: int) -> None:
    if size != revision.size:
        raise LostError(f"{revision.file} has {size} bytes of {revision.size}.")
