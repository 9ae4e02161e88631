"""The closed list of what may be uploaded, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.evidence.checks.images import check_image
from certification.evidence.checks.office import check_office
from certification.evidence.checks.pdf import check_pdf
from certification.evidence.checks.plain import check_text, check_video

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OASIS = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Format:
    """A kind of file. ``check`` returns the number of pages, where there are any, or raises UnfitError."""

    name: str | Promise
    media_type: str
    extensions: tuple[str, ...]
    signature: str  # what ``signature_of`` says of its first bytes
    check: Callable[[IO[bytes]], int | None]


def _office(name: str, extension: str, kind: str, main_part: str) -> Format:
    main_type = f"{OPEN_XML}{kind}.main+xml"
    media_type = f"{OPEN_XML}{kind}"
    check = partial(check_office, main_part=main_part, content_type=main_type)
    return Format(name, media_type, (extension,), "zip", check)


def _oasis(name: str, extension: str, kind: str) -> Format:
    media_type = f"{OASIS}{kind}"
    check = partial(check_office, main_part="content.xml", content_type=media_type)
    return Format(name, media_type, (extension,), "zip", check)


def _image(name: str, extensions: tuple[str, ...]) -> Format:
    kind = name.lower()
    return Format(name, f"image/{kind}", extensions, kind, partial(check_image, pillow_format=name))


ALLOWED = (
    Format("PDF", "application/pdf", (".pdf",), "pdf", check_pdf),
    _office("Word", ".docx", "wordprocessingml.document", "word/document.xml"),
    _office("Excel", ".xlsx", "spreadsheetml.sheet", "xl/workbook.xml"),
    _office("PowerPoint", ".pptx", "presentationml.presentation", "ppt/presentation.xml"),
    _oasis("OpenDocument", ".odt", "text"),
    _oasis("OpenDocument", ".ods", "spreadsheet"),
    _image("JPEG", (".jpg", ".jpeg")),
    _image("PNG", (".png",)),
    _image("WEBP", (".webp",)),
    Format(_("Texto"), "text/plain", (".txt",), "text", check_text),
    Format("CSV", "text/csv", (".csv",), "text", check_text),
    Format("MP4", "video/mp4", (".mp4",), "mp4", check_video),
)
BY_EXTENSION = {extension: kind for kind in ALLOWED for extension in kind.extensions}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in ALLOWED}
ACCEPT = ",".join(BY_EXTENSION)  # for the attribute of the control
KNOWN_EXTENSIONS = ", ".join(extension[1:] for extension in BY_EXTENSION)


def signature_of(head: bytes) -> str:
    """Name what the first bytes are. What is nothing known may still be text."""
    known = (
        (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"MZ", "program"), (b"\x7fELF", "program"),
    )  # fmt: skip
    for start, name in known:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "mp4" if head[4:8] == b"ftyp" else "text"
