"""What a document shows where it is used, and on which pages. The page saves itself, and has its button."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.conflicts import ChangedMeanwhile, differences, over_version
from accounts.kept_posts import posted_or_kept
from accounts.open_pages import open_page
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import attachments
from certification.applications.addresses import Addresses
from certification.applications.forms import UseForm
from certification.applications.saving import can_edit_item
from certification.applications.views import autosave
from certification.applications.views.lookup import own_application

SAID = ("pointer", "shows", "workplace")
PAGE = "certification/applications/evidence_use_edit.html"
SAVED = "certification/applications/_use_autosaved.html"


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_use_edit(request: HttpRequest, folio: str, pk: int) -> HttpResponse:
    application = own_application(request, folio)
    use = get_object_or_404(application.evidence_uses.select_related("document", "revision", "workplace"), pk=pk)
    back = Addresses.of(application).use(use)  # before the form writes on the use
    form = UseForm(posted_or_kept(request), instance=use)
    if request.method == "POST" and autosave.is_asked(request):
        return _autosave(request, form)
    context: dict[str, Any] = {"application": application, "use": use, "back": back, "theirs": []}
    if request.method == "POST" and form.is_valid():
        try:
            _describe(request, form)
        except ChangedMeanwhile as conflict:
            context["theirs"] = differences(form, conflict.current)
            form = over_version(form, conflict.current.version)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardado."))
            return redirect(Addresses.of(application).use(form.instance))
    context |= {"form": form, "can_edit": can_edit_item(person(request), application, use.item)}
    return render(request, PAGE, context, status=409 if context["theirs"] else 200)


def _describe(request: HttpRequest, form: UseForm) -> int:
    """Save what was typed; a field with a fault stays as it is stored. Returns the new version."""
    said = {name: getattr(form.instance, name) for name in SAID}
    version, page = form.cleaned_data.get("version") or 0, open_page(request)
    return attachments.describe_use(
        form.instance, **said, version=version, page=page, actor=person(request), at=timezone.now()
    )


def _describe_but_its_place(request: HttpRequest, form: UseForm) -> int:
    """The same; a workplace that another use serves already is a fault of that field, and harms nothing else."""
    try:
        return _describe(request, form)
    except attachments.UsedAlready as refusal:
        form.add_error("workplace" if "workplace" in form.fields else "shows", str(refusal))
        form.instance.refresh_from_db(fields=["workplace"])
        return _describe(request, form)


def _autosave(request: HttpRequest, form: UseForm) -> HttpResponse:
    """Answer static/js/autosave.js: 200 all is kept but what has a fault, 409 somebody else said otherwise, 423 it is
    no longer open, or gone.
    """
    form.full_clean()
    status = HTTPStatus.OK
    told: dict[str, Any] = {"at": timezone.now(), "version": None}
    try:
        told["version"] = _describe_but_its_place(request, form)
    except ChangedMeanwhile:
        status = HTTPStatus.CONFLICT
    except ActionRefused as refusal:
        status, told["refusal"] = HTTPStatus.LOCKED, str(refusal)
    told |= {"is_conflict": status == HTTPStatus.CONFLICT, "faults": [field for field in form if field.errors]}
    # No context processors: what they add is for whole pages, and costs queries.
    return HttpResponse(render_to_string(SAVED, told), status=status)
