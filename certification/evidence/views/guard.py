"""What the employer does about personal data in a file: a copy without them, or a reason why they must be seen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence import masking
from certification.evidence.models import Document, Revision
from certification.evidence.regions.actions import why_not_marked
from certification.evidence.sealing import original_of
from certification.evidence.views.lookup import own_revision


def guard_context(document: Document, *, can_edit: bool, at: dt.datetime) -> dict[str, Any]:
    """What the page of a document says of personal data in its newest file, and where more is covered by hand."""
    newest = document.newest
    if newest is None:
        return {}
    source = original_of(newest) or newest
    return {
        "being_masked": masking.is_being_masked(source, at=at),
        "why_not_masked": masking.why_not_masked(newest) if newest.personal_data else "",
        "bare_marks": Revision.objects.with_bare_marks().filter(pk=source.pk).exists(),
        "source": source,
        "can_mark": can_edit and not why_not_marked(source),
        "marking": reverse("document_regions", args=[document.pk, source.number]),
    }


@require_POST
def revision_mask(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    revision = own_revision(request, pk, number)
    try:
        masking.mask_soon(revision, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("document_detail", pk)
    revision.refresh_from_db()
    if revision.masked:
        messages.success(request, _("Guardamos la copia con los datos tapados. El original queda sellado."))
    elif not revision.mask_fault:
        messages.success(request, _("Estamos haciendo la copia con los datos tapados. En unos minutos estará aquí."))
    return redirect("document_detail", pk)


@require_POST
def revision_needed(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    revision, reason = own_revision(request, pk, number), request.POST.get("reason", "")
    try:
        masking.say_needed(revision, reason=reason, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Guardado. Quien revisa leerá el motivo junto al archivo."))
    return redirect("document_detail", pk)
