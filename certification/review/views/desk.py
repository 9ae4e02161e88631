"""«Mi mesa»: what waits for the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import person
from certification.review.desk import desks_of, files_of, read_page
from certification.review.enums import Desk
from certification.review.filters import DeskFilter


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    desks = desks_of(user)
    if not desks:
        raise PermissionDenied
    wanted = request.GET.get("mesa", "")
    desk = Desk(wanted) if wanted in desks else desks[0]
    filters = DeskFilter(request.GET, queryset=files_of(user, desk), desk=desk)
    page = read_page(filters.qs, request.GET.get("despues", ""), state=filters.state)
    context = {
        "desks": desks,
        "desk": desk,
        "filter": filters,
        "page": page,
        "is_filtered": any(request.GET.get(name) for name in filters.filters),
    }
    return render(request, "certification/review/review_list.html", context)
