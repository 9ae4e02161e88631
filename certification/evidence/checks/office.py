"""Word, Excel, PowerPoint and OpenDocument files: ZIP archives of XML, looked at before anything unpacks them."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.sax import parse
from django.utils.translation import gettext as _

from certification.evidence.checks.refusal import UnfitError, UnreadableError

MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * 2**20
MAX_RATIO = 150
RATIO_FROM = 2**20  # a small part may be packed as tightly as it likes
MAX_TYPES_PART = 2**20
OLE_FOLDER = "/oleobjects/"
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
TABLES = (".xlsx", ".rels")
MACRO_PARTS = ("vbaproject.bin", "/macrosheets/", "basic/script", "scripts/", "/activex/")


def check_office(file: IO[bytes], main_part: str, content_type: str) -> None:
    """Raise UnfitError unless the archive holds ``main_part`` of that content type, no macro, and is no bomb."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive)
            _refuse_macros(archive)
            _require_type(archive, main_part, content_type)
            _refuse_embedded(archive)
            _refuse_outside(archive)
            if archive.testzip() is not None:
                raise _broken()
            with archive.open(main_part) as part:
                parse(part, ContentHandler(), forbid_dtd=False)
    except (zipfile.BadZipFile, zlib.error, SAXException, DefusedXmlException, ValueError):
        raise _broken() from None
    except (KeyError, EOFError, OSError, RuntimeError, NotImplementedError, UnicodeError, SyntaxError):
        raise _broken() from None


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError(
            _("El archivo pide contraseña o está cifrado."), _("Guárdalo sin ella y súbelo otra vez.")
        )
    is_bomb = len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED
    for entry in entries:
        is_bomb |= entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    if is_bomb:
        raise UnfitError(
            _("El archivo ocuparía demasiado al abrirlo."), _("Guárdalo como PDF, o divídelo, y súbelo otra vez.")
        )


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    names = [f"/{name.lower()}" for name in archive.namelist()]
    if any(part in name for name in names for part in MACRO_PARTS):
        raise UnfitError(
            _("El archivo contiene macros o controles que se ejecutan."),
            _("Guárdalo sin macros (.docx, .xlsx, .pptx) o como PDF."),
        )
    if any(".." in name.split("/") or "\\" in name for name in names):
        raise _broken()


def _refuse_embedded(archive: zipfile.ZipFile) -> None:
    names = [f"/{name.lower()}" for name in archive.namelist()]
    # A chart keeps its table as a workbook in «embeddings»: that is content, an OLE object is not.
    is_object = [OLE_FOLDER in name or ("/embeddings/" in name and not name.endswith(("/", *TABLES))) for name in names]
    if any(is_object) or any(_is_foreign(archive, name) for name in archive.namelist()):
        raise UnfitError(_("El archivo lleva otros archivos adentro."), _("Súbelos por separado, y éste sin ellos."))


def _is_foreign(archive: zipfile.ZipFile, name: str) -> bool:
    """OpenDocument keeps OLE objects as «Object 1», without an extension: the content tells."""
    foreign = (OLE,) if "/embeddings/" in f"/{name.lower()}" else (OLE, ZIP)
    with archive.open(name) as part:
        return part.read(len(OLE)).startswith(foreign)


def _refuse_outside(archive: zipfile.ZipFile) -> None:
    """Refuse what is fetched from elsewhere when the file opens: templates, pictures, data. A link is only clicked."""
    for name in archive.namelist():
        if not name.lower().endswith(".rels"):
            continue
        with archive.open(name) as part:
            parse(part, Relationships(), forbid_dtd=True)


class Relationships(ContentHandler):
    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name is xml.sax's
        is_outside = attrs.get("TargetMode", "").strip().lower() == "external"
        if (
            name.rpartition(":")[2] == "Relationship"
            and is_outside
            and not attrs.get("Type", "").endswith("/hyperlink")
        ):
            raise UnfitError(
                _("El archivo trae partes de otro lugar al abrirse (una plantilla, una imagen o datos enlazados)."),
                _("Guárdalo como PDF, o quita los vínculos, y súbelo otra vez."),
            )


def _require_type(archive: zipfile.ZipFile, main_part: str, content_type: str) -> None:
    """Compare the type that the archive states of itself; the name of the file proves nothing."""
    if content_type.startswith("application/vnd.oasis"):
        stated = archive.read("mimetype").decode("ascii") if archive.getinfo("mimetype").file_size < 200 else ""
        is_right = stated.strip() == content_type
    else:
        if archive.getinfo("[Content_Types].xml").file_size > MAX_TYPES_PART:
            raise _broken()
        parts = fromstring(archive.read("[Content_Types].xml"), forbid_dtd=True)
        stated_types = {part.get("PartName"): part.get("ContentType") for part in parts}
        is_right = stated_types.get(f"/{main_part}") == content_type
    if not is_right:
        raise UnfitError(
            _("El contenido no corresponde a la terminación del nombre."),
            _("Ábrelo en tu programa, guárdalo en su formato y súbelo otra vez."),
        )


def _broken() -> UnreadableError:
    return UnreadableError(
        _("El archivo está dañado o incompleto."), _("Ábrelo en tu programa, guárdalo otra vez y súbelo.")
    )
