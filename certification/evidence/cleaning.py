"""Taking what acts out of a PDF, when the employer asks for it: programs, dynamic forms and the files inside.

What comes here was opened before within limits (apart.structure), to its last object: it opens within them again.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _

from certification.evidence.apart.acting import embedded_in, is_action, is_rich, watched_nodes
from certification.evidence.checks import UnfitError

MAX_UNPACKED = 100 * 2**20  # bytes of the files inside, all together


def clean_pdf(source: IO[bytes], target: IO[bytes]) -> None:
    """Write a copy without what acts. The pages stay as they are; an electronic signature no longer holds.

    Raises pikepdf.PdfError or ValueError for what cannot be opened.
    """
    source.seek(0)
    with pikepdf.open(cast("BinaryIO", source), suppress_warnings=True) as pdf:
        for page in pdf.pages:
            _drop_rich_notes(page)
        for node in list(watched_nodes(pdf)):
            _disarm(node)
        for key in ("/OpenAction", "/AA"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.save(cast("BinaryIO", target), deterministic_id=True)


def _drop_rich_notes(page: pikepdf.Page) -> None:
    notes = page.obj.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        kept = [note for note in notes if not (isinstance(note, pikepdf.Dictionary) and is_rich(note))]
        page.obj["/Annots"] = pikepdf.Array(kept)


def _disarm(node: Any) -> None:
    """Empty an action and a note with a film; take only the harmful entry out of anything else."""
    doomed = list(node.keys()) if is_action(node) or is_rich(node) else ["/XFA", "/EmbeddedFiles", "/EF"]
    for key in doomed:
        if key in node:
            del node[key]


def files_inside(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the files that a PDF carries, to be scanned: a scanner that reads the PDF may miss them.

    Raises UnfitError for those that cannot be unpacked within bounds.
    """
    source.seek(0)
    left = MAX_UNPACKED
    with pikepdf.open(cast("BinaryIO", source), suppress_warnings=True) as pdf:
        for node in watched_nodes(pdf):
            for stream in embedded_in(node):
                content = _unpacked(stream, left)
                left -= len(content)
                yield io.BytesIO(content)


def _unpacked(stream: Any, most: int) -> bytes:
    """The content of a stream, at most so many bytes; pikepdf itself would unpack without end."""
    packed, packing = stream.read_raw_bytes(), stream.get("/Filter")
    filters = [str(one) for one in packing] if isinstance(packing, pikepdf.Array) else [str(packing)] if packing else []
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, most) if filters == ["/FlateDecode"] else bytes(packed)
    except zlib.error:
        raise _hidden() from None
    if filters not in ([], ["/FlateDecode"]) or len(content) > most or unpacker.unconsumed_tail:
        raise _hidden()
    return content


def _hidden() -> UnfitError:
    return UnfitError(_("El PDF lleva otros archivos adentro."), _("Súbelos por separado, y este PDF sin adjuntos."))
