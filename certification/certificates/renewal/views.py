"""«Preparar la renovación»."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.views.lookup import own_application
from certification.certificates.models import Certificate
from certification.certificates.renewal import actions


@require_POST
def renewal_prepare(request: HttpRequest, folio: str) -> HttpResponse:
    """Of an awarded application: to the draft that renews it, the same one whenever it is pressed."""
    application = own_application(request, folio)
    certificate = get_object_or_404(Certificate, application=application)
    try:
        opened, is_new = actions.prepare(certificate, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("application_detail", application.folio)
    if is_new:
        text = _("Abriste la solicitud %(folio)s con lo que ya habías respondido. Confirma qué sigue igual.")
        messages.success(request, text % {"folio": opened.folio})
    return redirect("application_detail", opened.folio)
