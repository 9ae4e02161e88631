"""Plain text, tables of text, and the container of a video."""

from __future__ import annotations

import codecs
import os
from typing import IO

from django.utils.translation import gettext as _

from certification.evidence.checks.refusal import UnfitError, UnreadableError

BLOCK = 2**20
CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f")
MAX_BOXES = 10_000


def check_text(file: IO[bytes]) -> None:
    """Raise UnfitError unless all of the file is UTF-8 without control characters."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while block := file.read(BLOCK):
            _refuse_controls(decoder.decode(block))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnfitError(
            _("El texto no está en UTF-8."), _("En Excel elige «CSV UTF-8»; en el Bloc de notas, codificación «UTF-8».")
        ) from None


def _refuse_controls(text: str) -> None:
    if not CONTROLS.isdisjoint(text):
        raise UnfitError(_("El archivo no es texto."), _("Súbelo con la terminación que le corresponde."))


def check_video(file: IO[bytes]) -> None:
    """Raise UnfitError unless the boxes of the MP4 fill the file exactly and hold the index and the data."""
    file.seek(0, os.SEEK_END)
    end = file.tell()
    position = 0
    kinds: list[bytes] = []
    while position < end and len(kinds) < MAX_BOXES:
        file.seek(position)
        length, kind = _box(file, end - position)
        kinds.append(kind)
        position += length
    if position != end or kinds[0] != b"ftyp" or not {b"moov", b"mdat"} <= set(kinds):
        raise _broken_video()


def _box(file: IO[bytes], left: int) -> tuple[int, bytes]:
    """Return length and kind of the box at the cursor (ISO/IEC 14496-12, 4.2)."""
    head = file.read(16)
    length, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
    if length == 1:
        length, header = int.from_bytes(head[8:16], "big"), 16
    elif length == 0:
        length = left
    if not header <= length <= left:
        raise _broken_video()
    return length, kind


def _broken_video() -> UnreadableError:
    return UnreadableError(_("El video está dañado o incompleto."), _("Expórtalo otra vez como MP4 y súbelo."))
