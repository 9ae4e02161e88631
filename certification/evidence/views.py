"""An employer's library: its documents, their revisions and their files."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.conflicts import differences, over_version
from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.filters import DocumentFilter
from certification.evidence.forms import DocumentForm, RevisionForm, UploadForm
from certification.evidence.holds import why_held
from certification.evidence.models import Document, Revision
from certification.evidence.permissions import can_edit_documents
from certification.evidence.previews import page_count
from certification.evidence.serving import serve_page, serve_revision
from employers.models import Employer

ROWS = 25
PICTURES = 3  # the pages shown beside what is said of a document


@require_safe
def document_list(request: HttpRequest, employer: int) -> HttpResponse:
    found = _employer(request, employer)
    return _library(request, found, UploadForm())


@require_POST
def document_upload(request: HttpRequest, employer: int) -> HttpResponse:
    found, user = _employer(request, employer), person(request)
    if not can_edit_documents(user, found):
        raise PermissionDenied
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


@require_safe
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page_of_document(request, _document(request, pk), RevisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def document_update(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = _document(request, pk), person(request)
    if not can_edit_documents(user, document.employer):
        raise PermissionDenied
    form = DocumentForm(posted_or_kept(request), instance=document)
    theirs: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_document(document, **form.cleaned_data, actor=user, at=timezone.now())
        except actions.DocumentChanged as conflict:
            theirs = differences(form, conflict.current)
            form = over_version(form, conflict.current.version)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardado."))
            return redirect("document_detail", document.pk)
    stored = _document(request, pk)  # a refused form has written on the first one
    context = {"document": stored, "form": form, "theirs": theirs}
    if request.method != "POST":
        context["held"] = why_held(stored)  # a refusal says it itself
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "certification/evidence/document_update.html", context, status=status)


@require_POST
def revision_add(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = _document(request, pk), person(request)
    if not can_edit_documents(user, document.employer):
        raise PermissionDenied
    form = RevisionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_revision(document, form.cleaned_data["file"], actor=user, at=timezone.now())
        except UploadRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Guardamos la versión nueva. Las anteriores siguen aquí."))
            return redirect("document_detail", document.pk)
    return _page_of_document(request, document, form, status=422)


@require_safe
def document_download(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    return serve_revision(_revision(request, pk, number), request=request)


@require_safe
def document_page(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    return serve_page(_revision(request, pk, number), page)


def _employer(request: HttpRequest, pk: int) -> Employer:
    return get_object_or_404(Employer.objects.visible_to(person(request)), pk=pk)


def _document(request: HttpRequest, pk: int) -> Document:
    visible = Document.objects.visible_to(person(request)).with_uses()
    return get_object_or_404(visible.select_related("employer").prefetch_related("revisions__created_by"), pk=pk)


def _revision(request: HttpRequest, pk: int, number: int) -> Revision:
    visible = Document.objects.visible_to(person(request))
    return get_object_or_404(Revision, document__in=visible, document_id=pk, number=number)


def _library(
    request: HttpRequest, employer: Employer, form: UploadForm, *, fates: Sequence[actions.Fate] = (), status: int = 200
) -> HttpResponse:
    visible = Document.objects.visible_to(person(request)).filter(employer=employer)
    found = DocumentFilter(request.GET, visible)
    rows = found.qs.with_uses().prefetch_related("revisions")
    context = {
        "employer": employer,
        "form": form,
        "refused": [fate for fate in fates if fate.refusal],
        "kept": [fate for fate in fates if fate.revision],
        "filter": found,
        "page_obj": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "can_edit": can_edit_documents(person(request), employer),
    }
    return render(request, "certification/evidence/document_list.html", context, status=status)


def _page_of_document(request: HttpRequest, document: Document, form: RevisionForm, status: int = 200) -> HttpResponse:
    newest = document.newest
    context = {
        "document": document,
        "held": why_held(document),
        "form": form,
        "pages": range(1, min(page_count(newest), PICTURES) + 1) if newest else (),
        "can_edit": can_edit_documents(person(request), document.employer),
    }
    return render(request, "certification/evidence/document_detail.html", context, status=status)
