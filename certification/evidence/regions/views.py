"""Marking by hand what a masked copy must cover, on the picture of a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence import masking
from certification.evidence.models import Revision
from certification.evidence.permissions import require_writer
from certification.evidence.previews import NoPreviewError, page_count, page_sizes
from certification.evidence.regions import actions
from certification.evidence.regions.forms import RegionForm
from certification.evidence.regions.models import Region
from certification.evidence.sealing import original_of
from certification.evidence.viewer.shown import asked
from certification.evidence.views.lookup import own_revision


@require_http_methods(["GET", "HEAD", "POST"])
def document_regions(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    revision, user = own_revision(request, pk, number), person(request)
    require_writer(user, revision.document.employer)
    if original := original_of(revision):
        return redirect("document_regions", pk, original.number)
    if sentence := actions.why_not_marked(revision):
        messages.error(request, sentence)
        return redirect("document_detail", pk)
    page = min(asked(request.GET).page, page_count(revision))
    form = RegionForm(request.POST or None, initial={"page": page})
    if request.method == "POST" and form.is_valid():
        try:
            region = actions.mark_region(revision, **form.cleaned_data, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_address(revision, region.page))
    context = {"document": revision.document, "revision": revision, "form": form, **_shown(revision, page)}
    return render(
        request, "certification/evidence/document_regions.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def region_remove(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Region.objects.visible_to(person(request)).select_related("revision__document__employer")
    region = get_object_or_404(visible, pk=pk)
    try:
        actions.unmark_region(region, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(region.revision, region.page))


def _address(revision: Revision, page: int) -> str:
    return f"{reverse('document_regions', args=[revision.document_id, revision.number])}?pag={page}#marcas"


def _shown(revision: Revision, page: int) -> dict[str, Any]:
    """The page with its marks, those of the other pages, and whether all of them are in the copy there is."""
    regions = list(revision.regions.all())
    try:
        size = page_sizes(revision)[page - 1]
    except (NoPreviewError, IndexError):
        size = None
    return {
        "page": page,
        "pages": page_count(revision),
        "size": size,
        "regions": [(number, region) for number, region in enumerate(regions, 1)],
        "being_masked": masking.is_being_masked(revision, at=timezone.now()),
        "is_covered": masking.is_covered(revision),
    }
