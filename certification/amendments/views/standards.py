"""The standards with their versions, as managers see them: upload a text, offer a version, download one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.permissions import require_manager
from accounts.refusals import ActionRefused
from certification.amendments import actions
from certification.amendments.forms import OfferForm, TextForm
from certification.amendments.models import StandardDraft
from certification.amendments.versions import programmes
from certification.applications.migrating import offering
from certification.applications.migrating.models import MigrationOffer
from certification.standards.models import Standard
from certification.standards.writing import as_yaml

OLD_DRAFTS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def programme_standards(request: HttpRequest) -> HttpResponse:
    require_manager(request.user)
    form = TextForm(posted_or_kept(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = {"file_name": form.cleaned_data["file_name"], "actor": person(request), "at": timezone.now()}
        draft = actions.upload(form.cleaned_data["text"], **said)
        messages.success(request, _("El texto quedó guardado. Éste es su informe."))
        return redirect("draft_detail", draft.pk)
    drafts = StandardDraft.objects.visible_to(person(request)).select_related("uploaded_by").defer("text", "trial")
    context = {
        "form": form,
        "programmes": programmes(),
        "open_drafts": drafts.open(),
        "closed_drafts": drafts.exclude(pk__in=drafts.open().values("pk"))[:OLD_DRAFTS],
    }
    return render(request, "certification/amendments/programme_standards.html", context)


@require_safe
def standard_yaml(request: HttpRequest, pk: int) -> HttpResponse:
    """A published version as YAML: what a new version is written from."""
    require_manager(request.user)
    standard = get_object_or_404(Standard, pk=pk)
    response = HttpResponse(as_yaml(standard.document), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{standard.slug}-{standard.version}.yaml"'
    return response


@require_POST
def offer_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the version in force to the drafts of an older one."""
    require_manager(request.user)
    source, form = get_object_or_404(Standard, pk=pk), OfferForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else form.data.get("note", "")[:2000]
    try:
        offering.offer(source, note=note, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La ofreciste. Cada empresa la ve en su solicitud y decide."))
    return redirect("programme_standards")


@require_POST
def offer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    require_manager(request.user)
    offer = get_object_or_404(MigrationOffer, pk=pk)
    try:
        offering.withdraw(offer, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ya no se ofrece. Quienes pasaron se quedan en la versión nueva."))
    return redirect("programme_standards")
