"""The sealed original of a masked copy: opened with a reason, which the employer reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.access.actions import record_original
from certification.evidence.sealing import original_of
from certification.evidence.serving import serve_revision
from certification.review.views.lookup import sent_use, staff_file


@require_POST
def evidence_original(request: HttpRequest, folio: str, pk: int) -> HttpResponseBase:
    """A POST although it shows a file: each opening has a reason of its own, and no link may carry one."""
    application = staff_file(request, folio)
    use = sent_use(application, pk)
    original = original_of(use.revision)
    if original is None:
        raise Http404
    try:
        reason = request.POST.get("reason", "")
        record_original(use, original, reason=reason, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("review_item", application.folio, use.item)
    return serve_revision(original, request=request)
