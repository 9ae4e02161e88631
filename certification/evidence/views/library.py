"""The library of an employer: what it has, and putting more into it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person
from certification.evidence import actions
from certification.evidence.filters import library_filter
from certification.evidence.forms import UploadForm
from certification.evidence.models import Document
from certification.evidence.permissions import can_edit_documents, require_writer
from certification.evidence.uploads.models import PendingUpload
from certification.evidence.views.lookup import own_employer
from employers.models import Employer

ROWS = 25
UNFINISHED = 50


@require_safe
def document_list(request: HttpRequest, employer: int) -> HttpResponse:
    found = own_employer(request, employer)
    return _library(request, found, UploadForm())


@require_POST
def document_upload(request: HttpRequest, employer: int) -> HttpResponse:
    found, user = own_employer(request, employer), person(request)
    require_writer(user, found)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _library(request, found, form, status=422)
    said = form.cleaned_data
    fates = actions.add_documents(
        found, said["files"], kind=said["kind"], issued_on=said["issued_on"], actor=user, at=timezone.now()
    )
    if any(fate.refusal for fate in fates):
        return _library(request, found, UploadForm(), fates=fates, status=422)
    text = ngettext("Guardamos %(n)d archivo.", "Guardamos %(n)d archivos.", len(fates)) % {"n": len(fates)}
    messages.success(request, text)
    return redirect("document_list", found.pk)


def _library(
    request: HttpRequest, employer: Employer, form: UploadForm, *, fates: Sequence[actions.Fate] = (), status: int = 200
) -> HttpResponse:
    visible = Document.objects.visible_to(person(request)).filter(employer=employer)
    found = library_filter(request.GET, visible, employer)
    rows = found.qs.prefetch_related("revisions")
    can_edit = can_edit_documents(person(request), employer)
    unfinished = PendingUpload.objects.visible_to(person(request)).unfinished().filter(employer=employer)
    context = {
        "employer": employer,
        "form": form,
        "refused": [fate for fate in fates if fate.refusal],
        "kept": [fate for fate in fates if fate.revision],
        "filter": found,
        "page_obj": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "can_edit": can_edit,
        "unfinished": unfinished.select_related("begun_by", "document")[:UNFINISHED] if can_edit else (),
    }
    return render(request, "certification/evidence/document_list.html", context, status=status)
