"""The index of a ZIP: a line for each use of each file, as a table for machines and as a paper for people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from certification.applications.bundle.contents import Bundle, File
from certification.applications.models import EvidenceUse
from certification.papers.render import Paper, picture, render
from certification.papers.tables import csv_lines
from certification.papers.words import in_groups
from certification.standards.canonical import day_text
from certification.standards.languages import words_of


def csv_index(bundle: Bundle) -> bytes:
    """``indice.csv``: a line for each use."""
    names = (
        _("Archivo"), _("Requisito"), _("Nombre del requisito"), _("Documento"), _("Tipo"), _("Emitido el"),
        _("Versión"), _("Nombre original"), _("SHA-256"), _("Bytes"), _("Dónde"), _("Qué demuestra"), _("Sirve para"),
        _("Estado"), pgettext("web address", "Dirección"),
    )  # fmt: skip
    return "".join(csv_lines(names, _rows(bundle))).encode()


def pdf_index(bundle: Bundle) -> bytes:
    """``indice.pdf``: the same for reading and printing, grouped by item."""
    said = [
        {"code": code, "title": _title(bundle, code), "lines": [_line(use, file) for use, file in lines]}
        for code, lines in groupby(bundle.lines, lambda line: line[0].item)
    ]
    context = {
        "application": bundle.application,
        "groups": said,
        "made_at": timezone.now(),
        "count": len([file for file in bundle.contained if not file.is_lost]),
        "language": get_language(),
        "is_sample": settings.DEMO or not settings.IS_HTTPS,
    }
    html = render_to_string("certification/applications/pdf/dossier_index.html", context)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    return render(Paper(html=html, style="papeles", identifier=identifier, drawings={"band.svg": picture("banda")}))


def _rows(bundle: Bundle) -> Iterator[tuple[object, ...]]:
    for use, file in bundle.lines:
        revision, document = file.revision, use.document
        yield (
            "" if file.is_lost else file.path,
            use.item,
            _title(bundle, use.item),
            document.title,
            str(document.get_kind_display()),
            day_text(document.issued_on) or "",
            revision.number,
            revision.original_name,
            revision.sha256,
            revision.size,
            use.pointer,
            use.shows,
            use.workplace.name if use.workplace else _("todos los centros"),
            file.word,
            revision.link,
        )


def _title(bundle: Bundle, code: str) -> str:
    part = bundle.application.standard.document.item(code)
    return str(words_of(part)) if part else ""


def _line(use: EvidenceUse, file: File) -> dict[str, Any]:
    return {"use": use, "file": file, "fingerprint": in_groups(file.revision.sha256)}
