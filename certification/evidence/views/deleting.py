"""Deleting a document that was not accepted: a page that says what goes, and one button."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence.deleting import delete_document, why_kept
from certification.evidence.permissions import can_edit_documents
from certification.evidence.views.lookup import own_document


@require_http_methods(["GET", "HEAD", "POST"])
def document_delete(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = own_document(request, pk), person(request)
    if not can_edit_documents(user, document.employer):
        raise PermissionDenied
    if request.method == "POST":
        try:
            delete_document(document, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("document_detail", pk)
        messages.success(request, _("Borraste «%(title)s».") % {"title": document.title})
        return redirect("document_list", document.employer_id)
    context = {"document": document, "kept": why_kept(document)}
    return render(request, "certification/evidence/document_delete.html", context)
