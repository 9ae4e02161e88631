"""«Quién vio mis documentos»: of one document, and of all of an employer."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certification.applications.access.rows import all_rows, looks_at, page_of_rows
from certification.evidence.models import Document
from certification.evidence.serving import SAFE
from certification.evidence.views.lookup import own_document, own_employer
from certification.papers.tables import csv_lines
from employers.models import Employer

ROWS = 50


@require_safe
def document_looks(request: HttpRequest, pk: int) -> HttpResponse:
    document = own_document(request, pk)
    return _page(request, document.employer, document)


@require_safe
def document_looks_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    document = own_document(request, pk)
    return _table(document.employer, document)


@require_safe
def employer_looks(request: HttpRequest, employer: int) -> HttpResponse:
    return _page(request, own_employer(request, employer))


@require_safe
def employer_looks_csv(request: HttpRequest, employer: int) -> StreamingHttpResponse:
    return _table(own_employer(request, employer))


def _page(request: HttpRequest, employer: Employer, document: Document | None = None) -> HttpResponse:
    page = Paginator(looks_at(employer, document), ROWS).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "document": document,
        "page_obj": page,
        "rows": page_of_rows(page.object_list, document),
    }
    return render(request, "certification/applications/access/looks.html", context)


def _table(employer: Employer, document: Document | None = None) -> StreamingHttpResponse:
    headers = {**SAFE, "Content-Disposition": 'attachment; filename="accesos.csv"'}
    lines = csv_lines(_names(), _lines(employer, document, get_language() or "es-mx"))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _names() -> tuple[str, ...]:
    return (
        _("Cuándo"), _("Quién"), _("Cómo"), _("Documento"), _("Versión"), _("Requisito"), _("Solicitud"), _("Motivo"),
    )  # fmt: skip


def _lines(employer: Employer, document: Document | None, language: str) -> Iterator[tuple[str, ...]]:
    with override(language):  # the request is over when the lines are asked for
        for row in all_rows(employer, document):
            at = timezone.localtime(row.at).isoformat(timespec="seconds")
            yield (at, row.who, row.how, row.what, row.versions, row.item, row.folio, row.reason)
