"""Reading a file of an application inside a page: every opening is recorded, and the employer reads who it was."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.people import person
from certification.applications.access.actions import LEAST_REASON, record_look, record_rest
from certification.applications.access.enums import Look
from certification.evidence import drawing
from certification.evidence.previews import page_count
from certification.evidence.viewer.pointers import pages_of
from certification.evidence.viewer.shown import asked, jump, shown
from certification.review.views.lookup import sent_use, staff_file


@require_safe
def evidence_view(request: HttpRequest, folio: str, pk: int) -> HttpResponse:
    application = staff_file(request, folio)
    use = sent_use(application, pk)
    if not use.revision.is_clean or use.revision.link:
        raise Http404
    if onward := jump(request.GET):
        return redirect(request.path + onward)
    drawing.get_ready()
    pointed = pages_of(use.pointer, page_count(use.revision))
    what = asked(request.GET, first=pointed[0] if pointed else 1)
    view = shown(use.revision, what, lambda page: reverse("evidence_page", args=[application.folio, pk, page]))
    if request.method == "GET":
        note = record_rest if request.GET else record_look  # turning pages goes on with what was opened
        note(use, how=Look.VIEW, actor=person(request), at=timezone.now())
    context = {"application": application, "use": use, "view": view, "pointed": pointed, "pointer": use.pointer}
    return render(request, "certification/review/evidence_view.html", context | {"least_reason": LEAST_REASON})
