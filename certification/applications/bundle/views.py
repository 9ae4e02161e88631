"""All files of an application at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.people import person
from certification.applications.access.actions import record_dossier
from certification.applications.bundle.contents import bundle_of
from certification.applications.bundle.stream import zip_of
from certification.applications.permissions import is_member
from certification.applications.views.lookup import visible_application
from certification.evidence.serving import SAFE


@require_safe
def dossier_zip(request: HttpRequest, folio: str) -> HttpResponseBase:
    """The whole dossier: of a draft as it stands, later as it was sent. Staff who take it are told to the employer."""
    application, user = visible_application(request, folio), person(request)
    is_staff = not is_member(user, application)
    headers = {**SAFE, "Content-Disposition": f'attachment; filename="{application.folio}.zip"'}
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    bundle = bundle_of(application, for_staff=is_staff)
    if is_staff:
        taken = [file.revision for file in bundle.contained]
        record_dossier(application, taken, actor=user, at=timezone.now())
    pieces = zip_of(bundle, language=get_language() or "es-mx")
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
