"""Answering criteria, participation requirements and measures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import dossier, hub
from certification.applications.forms import AttachForm, CriterionForm, MeasureForm, RequirementForm
from certification.applications.models import Application
from certification.applications.permissions import is_editor
from certification.applications.saving import (
    EditConflictError,
    can_edit_item,
    save_answer,
    save_measure,
    save_requirement,
)
from certification.applications.views import evidence
from certification.applications.views.lookup import criterion_of, own_application
from certification.standards.document import Measure, Requirement


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_edit(request: HttpRequest, folio: str, code: str) -> HttpResponse:
    application = own_application(request, folio)
    criterion = criterion_of(application, code)
    # What is stored is asked for only where it is shown: saving compares versions in the database.
    answer = None if request.method == "POST" else application.answers.filter(criterion=code).first()
    form = CriterionForm(posted_or_kept(request), criterion=criterion, answer=answer)
    context: dict[str, Any] = {"form": form, "was_kept": form.is_bound and request.method != "POST"}
    if request.method == "POST" and form.is_valid():
        context["conflict"] = _save_criterion(request, application, form)
        context["attach"] = evidence.attach_chosen(request, application, code)
        if not context["conflict"] and not context["attach"] and not form.errors:
            messages.success(request, _("Guardado."))
            return redirect(evidence.after_saving(request, application, _next_page(request, application, code)))
    return _criterion_page(request, application, code, context)


def _save_criterion(request: HttpRequest, application: Application, form: CriterionForm) -> dict[str, Any] | None:
    """Save what was typed; when somebody else saved in between, return both texts."""
    try:
        save_answer(
            application,
            form.criterion.code,
            claims=form.claims(),
            note=form.cleaned_data["note"],
            seen_version=form.cleaned_data["version"] or 0,
            actor=person(request),
            at=timezone.now(),
        )
    except EditConflictError as conflict:
        texts = hub.conflict(form, conflict.stored)
        form.show_after_conflict(conflict.stored.version)
        return texts
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def _next_page(request: HttpRequest, application: Application, code: str) -> str:
    """«Guardar y seguir» goes to the next criterion; plain saving stays."""
    following = hub.next_code(application.standard.document, code)
    wanted = following if request.POST.get("then") == "next" and following else code
    return hub.item_address(application, wanted)


def _criterion_page(request: HttpRequest, application: Application, code: str, context: dict[str, Any]) -> HttpResponse:
    user, loaded = person(request), dossier.load(application, dossier.reference_day(application, timezone.localdate()))
    context |= {
        "application": application,
        "item": hub.item(loaded, code),
        "attach": context.get("attach") or AttachForm(user=user, application=application, item=code),
        "can_edit": can_edit_item(user, application, code),
    }
    status = 409 if context.get("conflict") else 200
    return render(request, "certification/applications/criterion_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_edit(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    records = {record.requirement: record for record in application.requirement_records.all()}
    typed = posted_or_kept(request)
    rows = [
        (one, _requirement_form(typed, one, records.get(one.code)))
        for one in application.standard.document.participation_requirements
    ]
    return _rows_page(request, application, rows, save_requirement, name="participation_edit")


@require_http_methods(["GET", "HEAD", "POST"])
def measures_edit(request: HttpRequest, folio: str) -> HttpResponse:
    application = own_application(request, folio)
    claims = {claim.measure: claim for claim in application.measure_claims.all()}
    typed = posted_or_kept(request)
    rows = [
        (one, _measure_form(typed, one, claims.get(one.code)))
        for one in application.standard.document.measures
        if one.metric.kind == "boolean"
    ]
    return _rows_page(request, application, rows, save_measure, name="measures_edit")


def _requirement_form(typed: QueryDict | None, one: Requirement, record: Any) -> RequirementForm:
    initial = {"present": record is not None}
    if record:
        initial |= {"issued_on": record.issued_on, "reference": record.reference}
    return RequirementForm(typed, prefix=one.code, initial=initial)


def _measure_form(typed: QueryDict | None, one: Measure, claim: Any) -> MeasureForm:
    initial = {"is_claimed": "", "note": ""}
    if claim:
        initial = {"is_claimed": "yes" if claim.is_claimed else "no", "note": claim.note}
    return MeasureForm(typed, prefix=one.code, initial=initial)


def _rows_page(
    request: HttpRequest, application: Application, rows: list[Any], save: Any, *, name: str
) -> HttpResponse:
    """A page of rows with one form: save what is open, attach what was chosen, and show what could not be."""
    faults: dict[str, AttachForm | None] = {}
    if request.method == "POST":
        if not is_editor(person(request), application):
            raise PermissionDenied
        open_rows = [(one, form) for one, form in rows if can_edit_item(person(request), application, one.code)]
        _save_rows(request, application, open_rows or rows, save)
        faults = {one.code: evidence.attach_chosen(request, application, one.code) for one, _form in open_rows}
        if not any(faults.values()) and all(form.is_valid() for _one, form in open_rows):
            return redirect(evidence.after_saving(request, application, request.path))
    return _items_page(request, application, rows, faults, name=name)


def _save_rows(request: HttpRequest, application: Application, rows: list[Any], save: Any) -> None:
    """Save the rows that changed; one with a fault keeps its text and harms no other."""
    at, saved = timezone.now(), False
    for one, form in rows:
        if form.has_changed() and form.is_valid() and form.cleaned_data.get("is_claimed", True) is not None:
            try:
                save(application, one.code, **form.cleaned_data, actor=person(request), at=at)
                saved = True
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
    if saved:
        messages.success(request, _("Guardado."))


def _items_page(
    request: HttpRequest, application: Application, rows: list[Any], faults: dict[str, AttachForm | None], *, name: str
) -> HttpResponse:
    user, loaded = person(request), dossier.load(application, dossier.reference_day(application, timezone.localdate()))
    context = {
        "application": application,
        "hub": hub.build(loaded),
        "rows": [
            {
                "item": hub.item(loaded, one.code),
                "form": form,
                "attach": faults.get(one.code) or AttachForm(user=user, application=application, item=one.code),
                "can_edit": can_edit_item(user, application, one.code),
            }
            for one, form in rows
        ],
        "computed": [result for result in loaded.score.measures if result.target is not None],
        "was_kept": request.method != "POST" and any(form.is_bound for _one, form in rows),
        "can_save": any(can_edit_item(user, application, one.code) for one, _form in rows),
    }
    return render(request, f"certification/applications/{name}.html", context)
