"""A web page for the library, and the days it was seen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence.links.actions import add_link, see_again
from certification.evidence.links.forms import LinkForm
from certification.evidence.permissions import require_writer
from certification.evidence.views.lookup import own_employer, own_revision


@require_http_methods(["GET", "HEAD", "POST"])
def document_link(request: HttpRequest, employer: int) -> HttpResponse:
    found, user = own_employer(request, employer), person(request)
    require_writer(user, found)
    form = LinkForm(posted_or_kept(request))
    if request.method == "POST" and form.is_valid():
        try:
            revision = add_link(found, **form.cleaned_data, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardamos la dirección y el día en que la viste."))
            return redirect("document_detail", revision.document_id)
    context = {"employer": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "certification/evidence/document_link.html", context, status=status)


@require_POST
def link_seen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    revision, user = own_revision(request, pk, number), person(request)
    require_writer(user, revision.document.employer)
    try:
        see_again(revision, seen_on=timezone.localdate(), actor=user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Guardamos que la viste hoy. Los días anteriores siguen aquí."))
    return redirect("document_detail", pk)
