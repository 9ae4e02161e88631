"""The public register."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from certification.applications.folios import normalise
from certification.certificates import charts, registry
from certification.certificates.filters import CertificateFilter
from certification.certificates.history import history_of
from certification.certificates.models import Certificate
from certification.certificates.workflow import available_moves


@login_not_required
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Search the register; pages go by key («antes», «despues»)."""
    today = timezone.localdate()
    search = CertificateFilter(request.GET, queryset=Certificate.objects.all())
    rows = registry.rows_of(search.qs)
    page = registry.page_of(rows, before=request.GET.get("antes", ""), after=request.GET.get("despues", ""))
    overview = registry.overview()
    count = registry.count_up_to(search.qs) if search.chosen else overview.total
    context = {
        "search": search,
        "rows": registry.listed(page.rows, today),
        "page": page,
        "count": count,
        "is_more": bool(search.chosen) and count > registry.MOST,
        "most": registry.MOST,
        "overview": overview,
        "map": charts.state_map(overview.by_state),
        "bars": charts.year_bars(overview.by_year, today.year),
        "today": today,
    }
    return render(request, "certification/certificates/certificate_list.html", context)


@login_not_required
@require_safe
def certificate_detail(request: HttpRequest, folio: str) -> HttpResponse:
    """All that the register says of one certificate."""
    certificates = Certificate.objects.select_related("standard", "body").prefetch_related("sites", "status_changes")
    certificate = get_object_or_404(certificates, folio=normalise(folio))
    today = timezone.localdate()
    last = certificate.status_changes.last()
    context = {
        "certificate": certificate,
        "since": last.on if last else certificate.issued_on,
        "status": certificate.public_status(today),
        "history": history_of(certificate, today),
        "moves": available_moves(certificate, request.user) if request.user.is_authenticated else [],
    }
    return render(request, "certification/certificates/certificate_detail.html", context)
