"""The files of an employer, for its own people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from certification.evidence.serving import is_large, serve_page, serve_revision
from certification.evidence.views.lookup import own_revision


@require_safe
def document_download(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    return serve_revision(own_revision(request, pk, number), request=request)


@require_safe
def document_page(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    return serve_page(own_revision(request, pk, number), page, is_large=is_large(request))
