from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from certification.standards.enums import SchemeKind
from certification.standards.models import Standard
from certification.standards.overview import Overview


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
