"""More days for the employer to answer: granted or refused, with the reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.extensions import actions
from certification.applications.extensions.forms import DecideForm
from certification.applications.extensions.models import Outcome
from certification.applications.extensions.permissions import may_decide
from certification.review.views.lookup import REFUSED, staff_file


@require_http_methods(["GET", "HEAD", "POST"])
def extension_decide(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = staff_file(request, folio), person(request)
    extension = actions.extension_of(application)
    if extension is None:
        raise Http404
    if not may_decide(user, application):
        raise PermissionDenied
    extension.application = application
    form = DecideForm(posted_or_kept(request), extension=extension)
    if request.method == "POST" and form.is_valid():
        said = {"answer": form.cleaned_data["answer"], "actor": user, "at": timezone.now()}
        try:
            if form.cleaned_data["outcome"] == Outcome.GRANTED:
                actions.grant(extension, days=form.cleaned_data["days"], **said)
            else:
                actions.refuse(extension, **said)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Resuelta. La empresa ya tiene el correo."))
            return redirect("review_detail", application.folio)
    context = {"application": application, "extension": extension, "form": form}
    status = REFUSED if form.errors and request.method == "POST" else 200
    return render(request, "certification/review/extension_decide.html", context, status=status)
