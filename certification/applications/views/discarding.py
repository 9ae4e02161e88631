"""Deleting a draft: a page that says what goes and what stays, and one button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import discarding
from certification.applications.views.lookup import own_application


@require_http_methods(["GET", "HEAD", "POST"])
def application_discard(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    if request.method == "POST":
        try:
            discarding.discard(application, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("application_detail", application.folio)
        said = {"folio": application.folio}
        messages.success(request, _("Borraste la solicitud %(folio)s. Tus documentos siguen en tu empresa.") % said)
        return redirect("workspace")
    context = {
        "application": application,
        "can_discard": discarding.can_discard(user, application),
        "was_sent": not discarding.was_never_sent(application),
        "contents": discarding.contents(application),
    }
    return render(request, "certification/applications/application_discard.html", context)
