"""New revisions made from an older one, because the employer asks for it; the older one stays as it came."""

from __future__ import annotations

import datetime as dt
import io
import struct
import tempfile
from collections.abc import Callable
from typing import IO, cast

import pikepdf
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.evidence.actions import add_derived
from certification.evidence.checks import UnfitError
from certification.evidence.cleaning import clean_pdf
from certification.evidence.enums import Derivation
from certification.evidence.models import Revision
from certification.evidence.permissions import require_writer
from certification.evidence.places import without_place
from certification.evidence.store import STORE_ERRORS, at_hand

IN_MEMORY = 2**20  # bytes of a copy; a larger one is made on the disk


def save_cleaned(revision: Revision, *, actor: User, at: dt.datetime) -> Revision:
    """Make the revision without programs, dynamic forms and files inside; return it.

    Raises ActionRefused where there is nothing to clean, a later version, or a fault of the store; UploadRefused where
    the copy does not pass the checks either; PermissionDenied.
    """
    return _derive(revision, Derivation.CLEANED, clean_pdf, is_possible=revision.can_be_cleaned, actor=actor, at=at)


def save_without_place(revision: Revision, *, actor: User, at: dt.datetime) -> Revision:
    """Make the revision of a photograph without the place where it was taken; return it. Raises as above."""

    def make(source: IO[bytes], target: IO[bytes]) -> None:
        target.write(without_place(source, revision.media_type))

    possible = revision.is_clean and revision.has_place
    return _derive(revision, Derivation.WITHOUT_PLACE, make, is_possible=possible, actor=actor, at=at)


def _derive(
    revision: Revision,
    derivation: Derivation,
    make: Callable[[IO[bytes], IO[bytes]], None],
    *,
    is_possible: bool,
    actor: User,
    at: dt.datetime,
) -> Revision:
    require_writer(actor, revision.document.employer)
    if made := revision.derived.usable().filter(derivation=derivation).first():
        return made  # sent twice
    if not is_possible or revision.document.revisions.filter(number__gt=revision.number).exists():
        raise ActionRefused(_("Ya no hace falta: este documento cambió. Vuelve a cargar la página."))
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, prefix="derived-") as spool:
        target = cast("IO[bytes]", spool)
        try:
            with at_hand(revision.file) as source:
                make(source, target)
        except STORE_ERRORS as fault:
            raise ActionRefused(_("No pudimos leer el archivo por una falla nuestra. Inténtalo más tarde.")) from fault
        except (UnfitError, pikepdf.PdfError, ValueError, struct.error) as fault:
            raise ActionRefused(_("No pudimos hacer la copia de este archivo. Sube otro en su lugar.")) from fault
        target.seek(0, io.SEEK_SET)
        return add_derived(revision, target, derivation, actor=actor, at=at)
