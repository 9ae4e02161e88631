from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from certification.standards.enums import SchemeKind
from certification.standards.models import Standard
from certification.standards.overview import Overview
from certification.standards.pdf import map_tag, render_map


@login_not_required
@require_safe
def standard_list(request: HttpRequest) -> HttpResponse:
    standards = list(Standard.objects.in_force())
    groups = [
        (kind, [Overview(standard.document) for standard in standards if standard.kind == kind])
        for kind in (SchemeKind.NORM, SchemeKind.AWARD)
    ]
    return render(request, "certification/standards/standard_list.html", {"groups": groups, "total": len(standards)})


@login_not_required
@require_safe
def standard_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The one-page map: everything that will be asked, before signing up."""
    standard = get_object_or_404(Standard.objects.in_force(), slug=slug)
    context = {"standard": standard, "document": standard.document, "overview": Overview(standard.document)}
    return render(request, "certification/standards/standard_detail.html", context)


def _tag_of(_request: HttpRequest, slug: str) -> str | None:
    standard = Standard.objects.in_force().filter(slug=slug).defer("content").first()
    return map_tag(standard, get_language() or "") if standard else None


@login_not_required
@require_safe
@condition(etag_func=_tag_of)
def standard_map(_request: HttpRequest, slug: str) -> HttpResponse:
    """The map on paper, in the reader's language. Whoever has it already is told so, and nothing is drawn."""
    standard = get_object_or_404(Standard.objects.in_force().defer("content"), slug=slug)
    response = HttpResponse(render_map(standard, get_language() or ""), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="mapa-{standard.slug}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"  # kept, and asked about each time: the standard may have a new version
    return response
