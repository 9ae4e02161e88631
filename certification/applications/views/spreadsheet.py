"""The self-assessment as a spreadsheet: out, back in, and what it would change, to say yes or no to."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirming import count_try
from accounts.numbers import number_in
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.models import Application
from certification.applications.permissions import is_editor
from certification.applications.spreadsheet import export
from certification.applications.spreadsheet.actions import (
    SHOWN,
    Outcome,
    apply_changes,
    cancel_upload,
    changes_of,
    keep_upload,
)
from certification.applications.spreadsheet.changes import lines
from certification.applications.spreadsheet.forms import SheetForm
from certification.applications.spreadsheet.models import SheetUpload
from certification.applications.spreadsheet.opening import XLSX
from certification.applications.spreadsheet.reading import SheetRefused, read
from certification.applications.views.lookup import own_application

IN_MEMORY = 2**20  # bytes of a sheet before it goes to disk


def _edited(request: HttpRequest, folio: str) -> Application:
    application = own_application(request, folio)
    if not is_editor(person(request), application):
        raise PermissionDenied
    return application


@require_safe
def sheet_file(request: HttpRequest, folio: str) -> FileResponse:
    """What is stored, as it is now."""
    application = _edited(request, folio)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    export.write(application, file, at=timezone.now())
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{application.folio}.xlsx", content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, folio: str) -> HttpResponse:
    """Where the sheet is got, and where it comes back to."""
    application, user = _edited(request, folio), person(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context: dict[str, Any] = {"application": application, "form": form}
    if application.is_with_employer and form.is_bound and form.is_valid():
        try:
            return _take(request, application, form)
        except SheetRefused as refused:
            context |= {"faults": refused.faults, "more": refused.more}
        except ActionRefused as refusal:
            form.add_error("sheet", str(refusal))
    context["waiting"] = SheetUpload.objects.visible_to(user).open().filter(application=application).first()
    return render(request, "certification/applications/sheet.html", context)


def _take(request: HttpRequest, application: Application, form: SheetForm) -> HttpResponse:
    count_try(request, "upload_sheet")  # reading one takes seconds
    file = form.cleaned_data["sheet"]
    found = read(file, file.name, application)
    for title in found.unread:
        messages.info(request, _("La hoja «%s» no salió de aquí y no se leyó.") % title)
    if not lines(application, found.changes):
        messages.info(request, _("La hoja dice lo mismo que el portal: no hay nada que aplicar."))
        return redirect("sheet", application.folio)
    upload = keep_upload(application, file.name, found, actor=person(request), at=timezone.now())
    return redirect("sheet_changes", application.folio, upload.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_changes(request: HttpRequest, folio: str, pk: int) -> HttpResponse:
    """Each change with both texts; only what is ticked is applied."""
    application, user = _edited(request, folio), person(request)
    upload = get_object_or_404(SheetUpload.objects.visible_to(user), application=application, pk=pk)
    if request.method == "POST":
        try:
            outcome = apply_changes(upload, application, **_ticked(request), actor=user, at=timezone.now())
        except ActionRefused as refusal:
            messages.info(request, str(refusal))
        else:
            _tell(request, outcome)
        return redirect("sheet_changes", application.folio, upload.pk)
    if upload.closed_at is not None:
        return redirect("sheet", application.folio)
    changes = changes_of(upload)
    shown = lines(application, changes[:SHOWN])
    context = {
        "application": application,
        "upload": upload,
        "lines": shown,
        "moved": sum(line.moved for line in shown),
        "later": len(changes[SHOWN:]),
    }
    return render(request, "certification/applications/sheet_changes.html", context)


def _ticked(request: HttpRequest) -> dict[str, Any]:
    """What was ticked, as «number-version»; anything else was not written by our page and counts for nothing."""
    pairs = [[number_in(one) for one in pair.split("-")] for pair in request.POST.getlist("apply")]
    numbers = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and None not in pair}
    return {"ticked": numbers, "version": number_in(request.POST.get("version", "")) or 0}


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    done = outcome.applied
    if done:
        told = ngettext("Se aplicó %(n)d cambio.", "Se aplicaron %(n)d cambios.", done) % {"n": done}
        messages.success(request, told)
    elif not outcome.conflicts and not outcome.refusals:
        messages.info(request, _("No se cambió nada: no marcaste ningún cambio."))
    if outcome.conflicts:
        told = ngettext(
            "%(n)d cambio no se aplicó: alguien guardó lo mismo mientras lo leías. Aquí están los dos textos.",
            "%(n)d cambios no se aplicaron: alguien guardó lo mismo mientras los leías. Aquí están los dos textos.",
            outcome.conflicts,
        )
        messages.warning(request, told % {"n": outcome.conflicts})
    for refusal in outcome.refusals:
        messages.error(request, refusal)


@require_POST
def sheet_cancel(request: HttpRequest, folio: str, pk: int) -> HttpResponse:
    application, user = _edited(request, folio), person(request)
    upload = get_object_or_404(SheetUpload.objects.visible_to(user), application=application, pk=pk)
    cancel_upload(upload, at=timezone.now())
    messages.success(request, _("Descartaste la hoja. En el portal no cambió nada."))
    return redirect("sheet", application.folio)
