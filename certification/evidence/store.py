"""Blobs in the default storage, named by their content, once per employer."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from storages.backends.s3 import S3File, S3Storage

from certification.evidence.checks import Checked, TryAgain
from certification.evidence.models import Revision
from employers.models import Employer

FOLDER = "evidence"
BLOCK = 2**20
STORE_ERRORS = (OSError, BotoCoreError, ClientError, Boto3Error)
log = logging.getLogger(__name__)


def is_remote() -> bool:
    """Whether the store is an object store, and not a disk of this machine."""
    return isinstance(default_storage, S3Storage)


def known_blob(employer: Employer, checked: Checked) -> str | None:
    """Return the name of the blob that holds the same content for the employer already."""
    revisions = Revision.objects.filter(document__employer=employer, sha256=checked.sha256, size=checked.size)
    return revisions.order_by("pk").values_list("file", flat=True).first()


def keep_blob(employer: Employer, file: IO[bytes], checked: Checked) -> str:
    """Write the content unless the employer has it already; return its name in the store.

    A file that has a name on the disk, or in the object store, is moved or copied there and does not pass through us
    again. Raises TryAgain where the store does not answer or refuses to write.
    """
    try:
        name = known_blob(employer, checked)
        if name and default_storage.exists(name):
            return name
        # An unfinished write of before may hold the plain name: the storage then gives another one.
        wanted = f"{FOLDER}/{employer.pk}/{checked.sha256[:2]}/{checked.sha256}"
        name = _write(wanted, file)
        if default_storage.size(name) != checked.size:
            raise OSError(f"The store holds {default_storage.size(name)} bytes of {checked.size} in {name}.")
        return name
    except STORE_ERRORS as error:
        raise our_fault(checked.name, error) from error


def is_kept(name: str, checked: Checked) -> bool:
    """Whether the store still has a blob that was to hold this content. Raises TryAgain as ``keep_blob``."""
    try:
        return default_storage.exists(name)
    except STORE_ERRORS as error:
        raise our_fault(checked.name, error) from error


def our_fault(name: str, fault: BaseException) -> TryAgain:
    """Log a fault of the store, and say it of a file, in words for who sent it."""
    log.error("The store refused a file: %s", type(fault).__name__, exc_info=fault)
    text = _("No pudimos guardar el archivo por una falla nuestra.")
    return TryAgain(name, text, _("Lo demás está a salvo. Inténtalo otra vez en unos minutos."))


def _write(wanted: str, file: IO[bytes]) -> str:
    if isinstance(file, S3File):
        name = default_storage.get_available_name(wanted)
        source = {"Bucket": file.obj.bucket_name, "Key": file.obj.key}
        # The address for sending is still good for a while: what was looked at is copied, and nothing sent since.
        file.obj.Bucket().Object(name).copy_from(CopySource=source, CopySourceIfMatch=file.obj.e_tag)
        return name
    has_path = hasattr(file, "temporary_file_path")  # Django moves such a file
    return default_storage.save(wanted, file if has_path else File(file, name=wanted))


@contextmanager
def at_hand(name: str) -> Iterator[IO[bytes]]:
    """A content as an open file of this machine, whose name is its path: copied where the store is somewhere else.

    Gone afterwards where it is a copy. Raises an error of the store.
    """
    if not is_remote():
        with Path(default_storage.path(name)).open("rb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(prefix="content-") as copy:
        default_storage.bucket.Object(name).download_fileobj(copy)  # type: ignore[attr-defined]
        copy.seek(0)
        yield cast("IO[bytes]", copy)


def keep_beside(name: str, content: bytes) -> None:
    """Keep what was made of a content for the next reader. Whoever was faster made the same. Raises as the store."""
    written = default_storage.save(name, ContentFile(content))
    if written != name:
        default_storage.delete(written)


def drop_blob(name: str) -> None:
    """Remove a blob that turned out not to be needed. A store that refuses leaves it to ``sweep_files``."""
    try:
        default_storage.delete(name)
    except STORE_ERRORS:
        log.warning("A blob without use could not be removed: %s", name)


def drop_unneeded(folder: str, is_needed: Callable[[str], bool], before: dt.datetime) -> int:
    """Remove the files of a folder that nothing needs and that were written before that moment; return how many."""
    count = 0
    for name in list(names_under(folder)):
        # Asked one by one and not once for all: an upload may have come while the sweep walks.
        if default_storage.get_modified_time(name) < before and not is_needed(name):
            drop_blob(name)
            count += 1
    return count


def names_under(folder: str) -> Iterator[str]:
    """Yield every file of a folder of the store and of the folders in it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for child in folders:
        yield from names_under(f"{folder}/{child}")
