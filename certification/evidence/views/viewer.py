"""Reading a file of one's own employer inside a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from certification.evidence import drawing
from certification.evidence.viewer.shown import asked, jump, shown
from certification.evidence.views.lookup import own_revision


@require_safe
def document_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    revision = own_revision(request, pk, number)
    if not revision.is_clean or revision.link:
        raise Http404
    if onward := jump(request.GET):
        return redirect(request.path + onward)
    drawing.get_ready()
    view = shown(revision, asked(request.GET), lambda page: reverse("document_page", args=[pk, number, page]))
    return render(request, "certification/evidence/document_view.html", {"document": revision.document, "view": view})
