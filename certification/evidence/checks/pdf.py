"""PDF files: they open, ask for no password, and carry nothing that acts."""

from __future__ import annotations

from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _

from certification.evidence.checks.refusal import UnfitError, UnreadableError

MAX_PAGES = 2_000
MAX_NODES = 1_000_000  # arrays and dictionaries; a scanned book of 2,000 pages has a tenth
ACTING = {"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/GoToR", "/SubmitForm"}
RICH = {"/RichMedia", "/FileAttachment", "/3D", "/Movie"}
WATCHED = {"/S", "/JS", "/XFA", "/Subtype", "/EmbeddedFiles", "/EF"}


def check_pdf(file: IO[bytes]) -> int:
    """Return the number of pages, or raise UnfitError."""
    try:
        with pikepdf.open(cast("BinaryIO", file), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise _with_password()
            pages = len(pdf.pages)
            _look_through(pdf)
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


def _look_through(pdf: pikepdf.Pdf) -> None:
    """Walk every object. Searching the bytes would miss what sits in compressed object streams."""
    left = MAX_NODES
    for indirect in pdf.objects:
        stack: list[Any] = [indirect]
        while stack:
            node = stack.pop()
            left -= 1
            if left == 0:
                raise UnfitError(_("El PDF es demasiado complejo."), _("Imprímelo a un PDF nuevo y sube ése."))
            if isinstance(node, pikepdf.Array):
                stack.extend(child for child in node if _is_inside(child))
            elif isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
                if keys := WATCHED & node.keys():
                    _refuse_what_acts(node, keys)
                stack.extend(child for _key, child in node.items() if _is_inside(child))


def _is_inside(child: Any) -> bool:
    """Whether the child is written inside its parent. Other objects come by themselves, so rings do no harm."""
    # In this order for speed: most children are numbers, and telling a name from an array is the slowest.
    return (
        isinstance(child, pikepdf.Object)
        and not child.is_indirect
        and isinstance(child, (pikepdf.Array, pikepdf.Dictionary))
    )


def _refuse_what_acts(node: Any, keys: set[str]) -> None:
    if _name(node, "/S") in ACTING or "/JS" in keys:
        raise UnfitError(
            _("El PDF contiene programas o acciones que se ejecutan al abrirlo."),
            _("Imprímelo a un PDF nuevo y sube ése."),
        )
    if "/XFA" in keys:
        raise UnfitError(_("El PDF es un formulario dinámico (XFA)."), _("Imprímelo a un PDF nuevo y sube ése."))
    if _name(node, "/Subtype") in RICH or "/EmbeddedFiles" in keys or _is_attachment(node):
        raise UnfitError(
            _("El PDF lleva otros archivos adentro."),
            _("Súbelos por separado, y este PDF sin adjuntos."),
        )


def _name(node: Any, key: str) -> str:
    value = node.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _is_attachment(node: Any) -> bool:
    embedded = node.get("/EF")
    return isinstance(embedded, pikepdf.Dictionary) and len(embedded.keys()) > 0
