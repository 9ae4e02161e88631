"""PDF files: they open, ask for no password, and carry nothing that acts. Another process opens them, within limits."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from certification.evidence.checks.refusal import ActingError, UnfitError, UnreadableError
from certification.evidence.drawing import DrawingError, draw

MAX_PAGES = 2_000
SECONDS = 60


def check_pdf(file: IO[bytes]) -> int:
    """Return the number of pages, or raise UnfitError; OSError where no process can be started."""
    try:
        with _on_disk(file) as there:
            said = json.loads(draw(there, "structure", seconds=SECONDS, media_type="application/pdf"))
    except DrawingError:
        raise _unfit("heavy") from None
    if said["fault"]:
        raise _unfit(said["fault"])
    pages: int = said["pages"]
    if pages == 0:
        raise UnfitError(_("El PDF no tiene páginas."), _("Revisa que sea el archivo correcto."))
    if pages > MAX_PAGES:
        raise UnfitError(
            _("El PDF tiene %(pages)d páginas y el máximo es %(most)d.") % {"pages": pages, "most": MAX_PAGES},
            _("Divídelo y sube sólo las partes que lo demuestran."),
        )
    return pages


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The content as a file that another process can open."""
    try:
        file.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile(prefix="check-") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy
    else:
        file.flush()
        yield file


def _unfit(fault: str) -> UnfitError:
    """What ``apart.structure`` found, in words for the employer."""
    printed = _("Imprímelo a un PDF nuevo y sube ése.")
    whole = _("Ábrelo en tu equipo, guárdalo otra vez como PDF y súbelo.")
    apart = _("Súbelos por separado, y este PDF sin adjuntos.")
    known = {
        "password": (
            UnreadableError,
            _("El archivo pide contraseña o está cifrado."),
            _("Guárdalo sin ella y súbelo otra vez."),
        ),
        "broken": (UnreadableError, _("El PDF está dañado o incompleto."), whole),
        "heavy": (UnreadableError, _("El archivo ocuparía demasiado al abrirlo."), printed),
        "complex": (UnfitError, _("El PDF es demasiado complejo."), printed),
        "acts": (ActingError, _("El PDF contiene programas o acciones que se ejecutan al abrirlo."), printed),
        "form": (ActingError, _("El PDF es un formulario dinámico (XFA)."), printed),
        "holds": (ActingError, _("El PDF lleva otros archivos adentro."), apart),
    }
    kind, reason, remedy = known[fault]
    return kind(reason, remedy)
