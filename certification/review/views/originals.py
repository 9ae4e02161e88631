"""The sealed original of a masked copy: opened with a reason, which the employer reads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.access.actions import record_original
from certification.evidence.sealing import original_of
from certification.evidence.serving import serve_revision
from certification.review.views.items import page_refusing_original
from certification.review.views.lookup import sent_use, staff_file


@require_POST
def evidence_original(request: HttpRequest, folio: str, pk: int) -> HttpResponseBase:
    """A POST although it shows a file: each opening has a reason of its own, and no link may carry one."""
    application = staff_file(request, folio)
    use = sent_use(application, pk)
    original = original_of(use.revision)
    if original is None:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        record_original(use, original, reason=reason, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        return page_refusing_original(request, application, use, reason=reason, fault=str(refusal))
    return serve_revision(original, request=request)
