"""One document: what is said of it, and its revisions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.conflicts import ChangedMeanwhile, differences, over_version
from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.deleting import why_kept
from certification.evidence.forms import DocumentForm, RevisionForm
from certification.evidence.holds import why_held
from certification.evidence.models import Document, Revision
from certification.evidence.permissions import can_edit_documents, require_writer
from certification.evidence.previews import has_tables, kept_sizes, page_count
from certification.evidence.text import has_text
from certification.evidence.views.guard import guard_context
from certification.evidence.views.lookup import own_document

PICTURES = 3  # the pages shown beside what is said of a document


@require_safe
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page_of_document(request, own_document(request, pk), RevisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def document_update(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = own_document(request, pk), person(request)
    require_writer(user, document.employer)
    form = DocumentForm(posted_or_kept(request), instance=document)
    theirs: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_document(document, **form.cleaned_data, actor=user, at=timezone.now())
        except ChangedMeanwhile as conflict:
            theirs = differences(form, conflict.current)
            form = over_version(form, conflict.current.version)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardado."))
            return redirect("document_detail", document.pk)
    stored = own_document(request, pk) if form.is_bound else document  # a refused form has written on the first one
    context = {"document": stored, "form": form, "theirs": theirs}
    if request.method != "POST":
        context["held"] = why_held(stored)  # a refusal says it itself
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "certification/evidence/document_update.html", context, status=status)


@require_POST
def revision_add(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = own_document(request, pk), person(request)
    require_writer(user, document.employer)
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


def _page_of_document(request: HttpRequest, document: Document, form: RevisionForm, status: int = 200) -> HttpResponse:
    newest, can_edit = document.newest, can_edit_documents(person(request), document.employer)
    context = {
        "document": document,
        "held": why_held(document),
        "form": form,
        "pages": _first_pages(newest) if newest and newest.is_clean else (),
        "is_read": newest is not None and (has_tables(newest) or has_text(newest)),
        "can_edit": can_edit,
        "today": timezone.localdate(),
        "can_delete": can_edit and document.usable is None and not why_kept(document),
        **guard_context(document, can_edit=can_edit, at=timezone.now()),
    }
    return render(request, "certification/evidence/document_detail.html", context, status=status)


def _first_pages(revision: Revision) -> list[tuple[int, tuple[int, int] | None]]:
    """Number and size of the pages that are shown; no size where none was drawn yet."""
    count, sizes = min(page_count(revision), PICTURES), kept_sizes(revision)
    return [(number, sizes[number - 1] if number <= len(sizes) else None) for number in range(1, count + 1)]
