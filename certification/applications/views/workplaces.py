"""Where the workplaces of an application answer otherwise."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from certification.applications import dossier
from certification.applications.matrix import Matrix
from certification.applications.views.lookup import own_application

CRITERIA = 25  # a page: forty workplaces make a thousand cells of them


@require_safe
def workplace_matrix(request: HttpRequest, folio: str) -> HttpResponse:
    """Criteria by workplaces: what differs, or everything when it is asked for."""
    application = own_application(request, folio)
    loaded = dossier.current(application, timezone.localdate())
    if len(loaded.workplaces) < 2:
        raise Http404
    matrix = Matrix(loaded, is_whole=request.GET.get("ver") == "todo")
    page = Paginator(matrix.criteria, CRITERIA).get_page(request.GET.get("page"))
    context = {"application": application, "matrix": matrix, "page": page, "rows": matrix.rows(page)}
    return render(request, "certification/applications/workplace_matrix.html", context)
