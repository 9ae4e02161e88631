"""A dossier as a ZIP, made while it is sent: nothing of it lies on the disk, and no more than a block in memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import connection
from django.utils.translation import override
from zipstream import ZipStream

from certification.applications.bundle.contents import Bundle
from certification.applications.bundle.index import csv_index, pdf_index
from certification.evidence.blocks import LostError, blocks_of

log = logging.getLogger(__name__)


def zip_of(bundle: Bundle, *, language: str) -> Iterator[bytes]:
    """Yield the ZIP: the files as they are, then the index, which so can tell what turned out to be lost.

    The whole length is not told beforehand: the paper of the index would have to be drawn before the first byte.
    """
    if not connection.in_atomic_block:
        connection.close()  # sending takes minutes and asks the database nothing: let others have it
    packed = ZipStream()
    for file in bundle.contained:
        try:
            blocks = blocks_of(file.revision)
        except LostError as fault:
            log.error("The content of revision %s is lost: %s", file.revision.pk, fault)
            file.is_lost = True
            continue
        packed.add(blocks, file.path, size=file.revision.size)
        yield from packed.all_files()
    with override(language):
        index = {"indice.csv": csv_index(bundle), "indice.pdf": pdf_index(bundle)}
    for name, content in index.items():
        packed.add(content, name)
    yield from packed.finalize()
