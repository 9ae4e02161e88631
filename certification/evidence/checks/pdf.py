"""PDF files: they open, ask for no password, and carry nothing that acts."""

from __future__ import annotations

from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _

from certification.evidence.checks.acting import carries_files, is_action, is_rich, watched_nodes
from certification.evidence.checks.refusal import ActingError, UnfitError, UnreadableError

MAX_PAGES = 2_000


def check_pdf(file: IO[bytes]) -> int:
    """Return the number of pages, or raise UnfitError."""
    try:
        with pikepdf.open(cast("BinaryIO", file), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise _with_password()
            pages = len(pdf.pages)
            for node in watched_nodes(pdf):
                _refuse_what_acts(node)
    except pikepdf.PasswordError:
        raise _with_password() from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        raise UnreadableError(
            _("El PDF está dañado o incompleto."), _("Ábrelo en tu equipo, guárdalo otra vez como PDF y súbelo.")
        ) from None
    if pages == 0:
        raise UnfitError(_("El PDF no tiene páginas."), _("Revisa que sea el archivo correcto."))
    if pages > MAX_PAGES:
        raise UnfitError(
            _("El PDF tiene %(pages)d páginas y el máximo es %(most)d.") % {"pages": pages, "most": MAX_PAGES},
            _("Divídelo y sube sólo las partes que lo demuestran."),
        )
    return pages


def _with_password() -> UnreadableError:
    return UnreadableError(_("El archivo pide contraseña o está cifrado."), _("Guárdalo sin ella y súbelo otra vez."))


def _refuse_what_acts(node: Any) -> None:
    if is_action(node):
        raise ActingError(
            _("El PDF contiene programas o acciones que se ejecutan al abrirlo."),
            _("Imprímelo a un PDF nuevo y sube ése."),
        )
    if "/XFA" in node.keys():  # noqa: SIM118 - a PDF object, no dict
        raise ActingError(_("El PDF es un formulario dinámico (XFA)."), _("Imprímelo a un PDF nuevo y sube ése."))
    if is_rich(node) or carries_files(node):
        raise ActingError(
            _("El PDF lleva otros archivos adentro."),
            _("Súbelos por separado, y este PDF sin adjuntos."),
        )
