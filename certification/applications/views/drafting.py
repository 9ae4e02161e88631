"""Answering criteria, participation requirements and measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from certification.applications import dossier, hub
from certification.applications.draft_forms import DraftForm
from certification.applications.forms import AttachForm, CriterionForm, MeasureForm, RequirementForm
from certification.applications.models import Application
from certification.applications.permissions import is_editor
from certification.applications.saving import can_edit_item
from certification.applications.views import autosave, evidence
from certification.applications.views.keeping import Kept, keep
from certification.applications.views.lookup import criterion_of, own_application

PAGES = {
    RequirementForm: "certification/applications/participation_edit.html",
    MeasureForm: "certification/applications/measures_edit.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_edit(request: HttpRequest, folio: str, code: str) -> HttpResponse:
    application = own_application(request, folio)
    criterion = criterion_of(application, code)
    # What is stored is asked for only where it is shown: saving compares versions in the database.
    answer = None if request.method == "POST" else application.answers.filter(criterion=code).first()
    form = CriterionForm(posted_or_kept(request), criterion=criterion, stored=answer)
    if request.method != "POST":
        return _criterion_page(request, application, form, {"was_kept": form.is_bound})
    kept = _keep(request, application, [form])
    if autosave.is_asked(request):
        return autosave.answer(request, application, kept, [form])
    attach = evidence.attach_chosen(request, application, code)
    if not kept.conflicts and not attach and not form.errors:
        messages.success(request, _("Guardado."))
        return redirect(evidence.after_saving(request, application, _next_page(request, application, code)))
    return _criterion_page(request, application, form, {"attach": attach, "conflicts": kept.conflicts})


def _keep(request: HttpRequest, application: Application, forms: list[DraftForm]) -> Kept:
    if not is_editor(person(request), application):
        raise PermissionDenied
    return keep(request, application, forms)


def _next_page(request: HttpRequest, application: Application, code: str) -> str:
    """«Guardar y seguir» goes to the next criterion; plain saving stays."""
    following = hub.next_code(application.standard.document, code)
    wanted = following if request.POST.get("then") == "next" and following else code
    return hub.item_address(application, wanted)


def _criterion_page(
    request: HttpRequest, application: Application, form: CriterionForm, context: dict[str, Any]
) -> HttpResponse:
    user, loaded = person(request), dossier.load(application, dossier.reference_day(application, timezone.localdate()))
    context |= {
        "application": application,
        "form": form,
        "item": hub.item(loaded, form.item),
        "attach": context.get("attach") or AttachForm(user=user, application=application, item=form.item),
        "can_edit": can_edit_item(user, application, form.item),
    }
    status = 409 if context.get("conflicts") else 200
    return render(request, "certification/applications/criterion_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_edit(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    records = {record.requirement: record for record in application.requirement_records.all()}
    codes = [one.code for one in application.standard.document.participation_requirements]
    return _rows_page(request, application, RequirementForm, {code: records.get(code) for code in codes})


@require_http_methods(["GET", "HEAD", "POST"])
def measures_edit(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    claims = {claim.measure: claim for claim in application.measure_claims.all()}
    codes = [one.code for one in application.standard.document.measures if one.metric.kind == "boolean"]
    return _rows_page(request, application, MeasureForm, {code: claims.get(code) for code in codes})


def _rows_page(
    request: HttpRequest,
    application: Application,
    row_form: type[RequirementForm | MeasureForm],
    rows: Mapping[str, Any],
) -> HttpResponse:
    """A page of rows with one form: save what is open, attach what was chosen, and show what could not be."""
    typed = posted_or_kept(request)
    forms = {code: row_form(typed, item=code, stored=stored) for code, stored in rows.items()}
    if request.method != "POST":
        return _items_page(request, application, forms, template=PAGES[row_form])
    open_forms = {code: form for code, form in forms.items() if can_edit_item(person(request), application, code)}
    kept = _keep(request, application, list((open_forms or forms).values()))
    if autosave.is_asked(request):
        return autosave.answer(request, application, kept, list(open_forms.values()))
    faults = {code: evidence.attach_chosen(request, application, code) for code in open_forms}
    if kept.saved:
        messages.success(request, _("Guardado."))
    if not any(faults.values()) and not kept.conflicts and all(form.is_valid() for form in open_forms.values()):
        return redirect(evidence.after_saving(request, application, request.path))
    told = {"faults": faults, "conflicts": kept.conflicts}
    return _items_page(request, application, forms, template=PAGES[row_form], **told)


def _items_page(
    request: HttpRequest,
    application: Application,
    forms: Mapping[str, RequirementForm | MeasureForm],
    *,
    template: str,
    **context: Any,
) -> HttpResponse:
    user, loaded = person(request), dossier.load(application, dossier.reference_day(application, timezone.localdate()))
    faults = context.get("faults", {})
    rows = [
        {
            "item": hub.item(loaded, code),
            "form": form,
            "attach": faults.get(code) or AttachForm(user=user, application=application, item=code),
            "can_edit": can_edit_item(user, application, code),
        }
        for code, form in forms.items()
    ]
    context |= {
        "application": application,
        "hub": hub.build(loaded),
        "rows": rows,
        "computed": [result for result in loaded.score.measures if result.target is not None],
        "was_kept": request.method != "POST" and any(form.is_bound for form in forms.values()),
        "can_save": any(row["can_edit"] for row in rows),
    }
    return render(request, template, context, status=409 if context.get("conflicts") else 200)
