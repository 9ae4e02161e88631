"""What is looked at before a file is kept: its name, its size, its type and what it carries inside."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass, replace
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from certification.evidence.checks.formats import (
    ACCEPT,
    ALLOWED,
    BY_EXTENSION,
    BY_MEDIA_TYPE,
    KNOWN_EXTENSIONS,
    Format,
    signature_of,
)
from certification.evidence.checks.names import clean_name, split_name
from certification.evidence.checks.refusal import ActingError, TryAgain, UnfitError, UnreadableError, UploadRefused

__all__ = [
    "ACCEPT",
    "ALLOWED",
    "BY_MEDIA_TYPE",
    "ActingError",
    "Checked",
    "TryAgain",
    "UnfitError",
    "UnreadableError",
    "UploadRefused",
    "check_content",
    "check_declared",
    "check_upload",
    "clean_name",
    "recognise",
    "split_name",
]

HEAD = 1024  # readers look for %PDF- this far into a file
OLD_OFFICE = {".doc": ".docx", ".xls": ".xlsx", ".ppt": ".pptx", ".docm": ".docx", ".xlsm": ".xlsx", ".pptm": ".pptx"}


@dataclass(frozen=True)
class Checked:
    """What is known of a file that may be kept. ``size`` is in bytes, ``sha256`` in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None


def check_upload(file: IO[bytes], name: str) -> Checked:
    """Look a file through before it is kept; ``file`` is seekable and is left at its start.

    Raises UploadRefused, whose text says the file's name, what is wrong and the remedy.
    """
    known = recognise(file, name)
    try:
        return replace(known, pages=check_content(file, known.media_type))
    except UnfitError as unfit:
        raise UploadRefused(known.name, unfit.reason, unfit.remedy) from unfit


def check_declared(name: str, size: int) -> str:
    """Return the media type that a file of that name must have, before a byte of it came.

    Raises UploadRefused for what would be refused by its name or length alone.
    """
    name = clean_name(name)
    try:
        kind = _format_of(name)
        _refuse_size(size)
    except UnfitError as unfit:
        raise UploadRefused(name, unfit.reason, unfit.remedy) from unfit
    return kind.media_type


def recognise(file: IO[bytes], name: str, *, sha256: str = "") -> Checked:
    """Say what a file is by its name, length, first bytes and hash, without opening it: ``pages`` is not known yet.

    ``sha256`` is given where we computed it while the file was written. Raises like ``check_upload``.
    """
    name = clean_name(name)
    try:
        kind, size = _format_of(name), _size(file)
        _refuse_disguise(file, kind)
        return Checked(name, kind.media_type, size, sha256 or _sha256(file), None)
    except UnfitError as unfit:
        raise UploadRefused(name, unfit.reason, unfit.remedy) from unfit
    finally:
        file.seek(0)


def check_content(file: IO[bytes], media_type: str) -> int | None:
    """Open a content of that type and look it through; return its number of pages, where there are any.

    Raises UnfitError: UnreadableError where it does not open.
    """
    file.seek(0)
    try:
        return BY_MEDIA_TYPE[media_type].check(file)
    finally:
        file.seek(0)


def _format_of(name: str) -> Format:
    extension = split_name(name)[1].lower()
    if kind := BY_EXTENSION.get(extension):
        return kind
    if extension in OLD_OFFICE:
        remedy = _("Guárdalo como %(extension)s o como PDF y súbelo otra vez.") % {"extension": OLD_OFFICE[extension]}
    elif extension in {".heic", ".heif", ".bmp", ".gif", ".tif", ".tiff"}:
        remedy = _("Guarda la imagen como JPEG o PNG y súbela otra vez.")
    else:
        remedy = _("Recibimos: %(extensions)s.") % {"extensions": KNOWN_EXTENSIONS}
    raise UnfitError(_("No recibimos archivos de este tipo."), remedy)


def _size(file: IO[bytes]) -> int:
    """Return the length in bytes, measured and not believed; refuse nothing and too much."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    _refuse_size(size)
    return size


def _refuse_size(size: int) -> None:
    if size == 0:
        raise UnfitError(_("El archivo está vacío."), _("Revisa que se haya guardado bien y súbelo otra vez."))
    if size > settings.MAX_UPLOAD_MB * 2**20:
        raise UnfitError(
            _("El archivo pesa %(size).1f MB y el máximo es %(most)d MB.")
            % {"size": size / 2**20, "most": settings.MAX_UPLOAD_MB},
            _("Divídelo o guárdalo con menos calidad."),
        )


def _refuse_disguise(file: IO[bytes], kind: Format) -> None:
    """Refuse a content that is not what the extension says, or that is two things at once."""
    file.seek(0)
    head = file.read(HEAD)
    found = signature_of(head)
    if found == "ole" and kind.signature == "zip":
        raise UnfitError(
            _("El archivo pide contraseña o es de una versión antigua de Office."),
            _("Guárdalo sin contraseña en el formato actual y súbelo otra vez."),
        )
    is_double = (found != "pdf" and b"%PDF-" in head) or (found != "zip" and _holds_archive(file))
    if found != kind.signature or is_double:
        raise UnfitError(
            _("El contenido no corresponde a la terminación del nombre."),
            _("Ábrelo en tu programa, guárdalo en su formato y súbelo otra vez."),
        )


def _holds_archive(file: IO[bytes]) -> bool:
    """Whether a ZIP hangs at the end of the file: such a file is one thing to us and another to who opens it."""
    try:
        with zipfile.ZipFile(file) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return False


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
