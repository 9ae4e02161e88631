"""Asking for more days: the employer's side. The programme's is in review/views/extensions.py."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.extensions import actions
from certification.applications.extensions.forms import AskForm
from certification.applications.extensions.permissions import may_ask
from certification.applications.views.lookup import own_application


@require_http_methods(["GET", "HEAD", "POST"])
def extension_ask(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    if not may_ask(user, application):
        raise PermissionDenied
    clock = actions.clock_of(application)
    form = AskForm(posted_or_kept(request), most=clock.extension or 1, unit=str(clock.unit.label))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(application, **form.cleaned_data, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pedida. Mientras te responden, tu solicitud no vence."))
            return redirect("application_detail", application.folio)
    context = {
        "application": application,
        "form": form,
        "clock": clock,
        "why_not": actions.why_not(application, timezone.localdate()),
    }
    return render(request, "certification/applications/extension_ask.html", context)
