"""Photographs and drawings: they open, are whole, and unpack to a size that can be shown."""

from __future__ import annotations

import os
import struct
import warnings
from typing import IO, cast

from django.utils.translation import gettext as _
from PIL import Image

from certification.evidence.checks.refusal import UnfitError, UnreadableError

MAX_PIXELS = 50_000_000

# Set once for the process: catch_warnings() is not safe among threads.
warnings.simplefilter("error", Image.DecompressionBombWarning)


def check_image(file: IO[bytes], pillow_format: str) -> None:
    """Raise UnfitError unless the file is a whole image of that Pillow format and of at most 50 million pixels."""
    try:
        watched = _Watched(file)
        with Image.open(cast("IO[bytes]", watched), formats=[pillow_format]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels()
            _read_through(image, watched)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, struct.error, EOFError, MemoryError):
        raise _broken() from None
    if pillow_format == "WEBP" and not _is_whole_webp(file):
        raise _broken()


class _Watched:
    """A file that notes when more was asked of it than it has.

    Pillow raises on cut files only while ``ImageFile.LOAD_TRUNCATED_IMAGES`` is off, and WeasyPrint turns it on for
    the whole process.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.ran_out = file, False
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.ran_out |= not block
        return block


def _read_through(image: Image.Image, watched: _Watched) -> None:
    if image.format == "JPEG":
        # Decodes all of the data, but to an eighth of the width: a cut file shows at little memory.
        image.draft("RGB", (max(image.width // 8, 1), max(image.height // 8, 1)))
        watched.ran_out = False
        image.load()
        if watched.ran_out:
            raise EOFError
    else:
        image.verify()


def _is_whole_webp(file: IO[bytes]) -> bool:
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(4)
    return int.from_bytes(file.read(4), "little") + 8 <= size


def _too_many_pixels() -> UnfitError:
    return UnfitError(
        _("La imagen mide más de 50 millones de puntos."), _("Guárdala con menos resolución y súbela otra vez.")
    )


def _broken() -> UnreadableError:
    return UnreadableError(
        _("La imagen está dañada o incompleta."), _("Ábrela en tu equipo, guárdala otra vez y súbela.")
    )
