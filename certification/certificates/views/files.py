"""Files of the register: the signed PDF, the seal, and the whole register as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certification.applications.folios import normalise
from certification.certificates.filters import CertificateFilter
from certification.certificates.models import Certificate
from certification.certificates.registry import PUBLIC_FIELDS, public_rows
from certification.papers.seal import rosette
from certification.papers.storing import StoreUnavailable, pdf_response
from certification.papers.tables import csv_lines


@login_not_required
@require_safe
def certificate_pdf(_request: HttpRequest, folio: str) -> FileResponse:
    """The signed PDF, as it was issued."""
    certificate = get_object_or_404(Certificate.objects.only("folio", "pdf"), folio=normalise(folio))
    try:
        return pdf_response(certificate.pdf, filename=f"{certificate.folio}.pdf")
    except StoreUnavailable as error:
        raise Http404(_("El archivo del certificado no está disponible en este momento.")) from error


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def seal(_request: HttpRequest, folio: str) -> HttpResponse:
    """The rosette of the certified data, which never change."""
    certificate = get_object_or_404(Certificate.objects.only("digest"), folio=normalise(folio))
    response = HttpResponse(rosette(certificate.digest), content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def certificate_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The register, or what the filters leave of it, as CSV in UTF-8; sites are names joined by «; »."""
    found = CertificateFilter(request.GET, queryset=Certificate.objects.all()).qs
    rows = (_cells(row) for row in public_rows(found))
    return _download(csv_lines(PUBLIC_FIELDS, rows), "text/csv; charset=utf-8", "padron.csv")


@login_not_required
@require_safe
def certificate_json(request: HttpRequest) -> StreamingHttpResponse:
    """The register, or what the filters leave of it, as one JSON list."""
    found = CertificateFilter(request.GET, queryset=Certificate.objects.all()).qs

    def pieces() -> Iterator[str]:
        yield "["
        for place, row in enumerate(public_rows(found)):
            yield (",\n" if place else "\n") + json.dumps(row, ensure_ascii=False)
        yield "\n]\n"

    return _download(pieces(), "application/json", "padron.json")


def _cells(row: Mapping[str, Any]) -> list[object]:
    said = {**row, "sites": "; ".join(site["name"] for site in row["sites"])}
    return [said[name] for name in PUBLIC_FIELDS]


def _download(pieces: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
