"""Answering criteria, participation requirements and measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.numbers import KEY, number_in
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import differences, dossier, hub, local_answers
from certification.applications.addresses import item_address, local_address
from certification.applications.conflicts import both_texts
from certification.applications.draft_forms import DraftForm
from certification.applications.forms import AttachForm, CriterionForm, LocalAnswerForm, MeasureForm, RequirementForm
from certification.applications.models import Application
from certification.applications.permissions import is_editor
from certification.applications.saving import EditConflictError, can_edit_item
from certification.applications.views import autosave, evidence, owning, renewing
from certification.applications.views.keeping import Kept, keep
from certification.applications.views.lookup import criterion_of, own_application, workplace_of
from employers.models import Workplace

PAGES = {
    RequirementForm: "certification/applications/participation_edit.html",
    MeasureForm: "certification/applications/measures_edit.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_edit(request: HttpRequest, folio: str, code: str) -> HttpResponse:
    application = own_application(request, folio, to_save=request.method == "POST")
    criterion = criterion_of(application, code)
    # What is stored is asked for only where it is shown: saving compares versions in the database.
    answer = None if request.method == "POST" else application.answers.filter(criterion=code).first()
    form = CriterionForm(posted_or_kept(request), criterion=criterion, stored=answer)
    return _answer_page(request, application, form)


@require_http_methods(["GET", "HEAD", "POST"])
def local_answer_edit(request: HttpRequest, folio: str, code: str, workplace: int) -> HttpResponse:
    """The same page for one workplace that answers otherwise."""
    application = own_application(request, folio)
    criterion, place = criterion_of(application, code), workplace_of(application, workplace)
    answer = None if request.method == "POST" else local_answers.offered(application, place, code)
    form = LocalAnswerForm(posted_or_kept(request), criterion=criterion, stored=answer, workplace=place)
    return _answer_page(request, application, form)


def _answer_page(request: HttpRequest, application: Application, form: CriterionForm) -> HttpResponse:
    if request.method != "POST" and autosave.is_asked(request):
        return autosave.beside(request, application, [form.item])
    if request.method != "POST":
        return _criterion_page(request, application, form, {"was_kept": form.is_bound})
    kept = _keep(request, application, [form])
    if autosave.is_asked(request):
        return autosave.answer(request, kept, [form])
    attach = evidence.attach_chosen(request, application, form.item, form.workplace)
    if not kept.conflicts and not attach and not form.errors:
        if request.POST.get("then") == "inherit" and form.workplace:
            return _inherit(request, application, form, form.workplace)
        owning.assign_chosen(request, application, form.item)
        renewing.confirm_chosen(request, application, [form.item], workplace=form.workplace)
        if not kept.saved:  # what was saved is no longer as it was carried
            renewing.confirm_saved(request, application, form.item, workplace=form.workplace)
        _say_what_is_kept(request, application, form, kept)
        return redirect(evidence.after_saving(request, application, _next_page(request, application, form)))
    return _criterion_page(request, application, form, {"attach": attach, "conflicts": kept.conflicts})


def _say_what_is_kept(request: HttpRequest, application: Application, form: CriterionForm, kept: Kept) -> None:
    """A workplace has no answer of its own while nothing of what it inherits was changed."""
    if not kept.saved and evidence.is_about_one(request):
        return  # nothing was typed: what became of the document is told
    if kept.saved or not form.workplace or evidence.is_asked(request, form.item) or _has_own_answer(application, form):
        messages.success(request, _("Guardado."))
        return
    text = _("No cambiaste la respuesta de %(place)s: sigue con lo que respondiste para todos.")
    messages.info(request, text % {"place": form.workplace})


def _has_own_answer(application: Application, form: CriterionForm) -> bool:
    own = application.local_answers.filter(criterion=form.item, workplace=form.workplace, is_in_force=True)
    return own.exists()


def _inherit(request: HttpRequest, application: Application, form: CriterionForm, workplace: Workplace) -> HttpResponse:
    """Back to what the others answer; what was typed has just been kept with the row that goes out of force."""
    said: dict[str, Any] = {"seen_version": form.seen_version, "actor": person(request), "at": timezone.now()}
    try:
        local_answers.return_to_general(application, workplace, form.item, **said)
    except EditConflictError as conflict:
        return _criterion_page(request, application, form, {"conflicts": [both_texts(form, conflict.stored)]})
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _criterion_page(request, application, form, {})
    messages.success(request, _("Este centro vuelve a lo general."))
    return redirect(item_address(application, form.item))


def _keep(request: HttpRequest, application: Application, forms: list[DraftForm]) -> Kept:
    if not is_editor(person(request), application):
        raise PermissionDenied
    return keep(request, application, forms)


def _next_page(request: HttpRequest, application: Application, form: CriterionForm) -> str:
    """«Guardar y seguir» goes to the next criterion, others to a workplace or back to all; plain saving stays."""
    verb, _colon, key = request.POST.get("then", "").partition(":")
    following = hub.next_code(application.standard.document, form.item)
    if verb in {"next", "still"} and following:
        return item_address(application, following)
    if verb == "workplace" and (place := number_in(key, KEY)):
        return local_address(application, form.item, workplace_of(application, place))
    return item_address(application, form.item) if verb == "general" else request.path


def _criterion_page(
    request: HttpRequest, application: Application, form: CriterionForm, context: dict[str, Any]
) -> HttpResponse:
    user, loaded = person(request), dossier.current(application, timezone.localdate())
    known: dict[str, Any] = {"user": user, "application": application, "item": form.item, "workplace": form.workplace}
    context |= {
        "application": application,
        "form": form,
        "item": hub.item(loaded, form.item),
        "panel": hub.panel_of(loaded),
        "attach": context.get("attach") or AttachForm(**known),
        "can_edit": can_edit_item(user, application, form.item),
        "workplace": form.workplace,
        "places": (places := differences.places(loaded, form.item)),
        "own_places": [place for place in places if place.own],
    }
    if form.workplace:
        context |= differences.of_workplace(loaded, context["item"], form.workplace)
    name = "local_answer_edit" if form.workplace else "criterion_edit"
    status = 409 if context.get("conflicts") else 200
    return render(request, f"certification/applications/{name}.html", context, status=status)


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
    if request.method != "POST" and autosave.is_asked(request):
        return autosave.beside(request, application, forms)
    if request.method != "POST":
        return _items_page(request, application, forms, template=PAGES[row_form])
    open_forms = {code: form for code, form in forms.items() if can_edit_item(person(request), application, code)}
    kept = _keep(request, application, list((open_forms or forms).values()))
    if autosave.is_asked(request):
        return autosave.answer(request, kept, list(open_forms.values()))
    faults = {code: evidence.attach_chosen(request, application, code) for code in open_forms}
    is_whole = not any(faults.values()) and not kept.conflicts and all(form.is_valid() for form in open_forms.values())
    if kept.saved or (is_whole and _only_saves(request, open_forms)):
        messages.success(request, _("Guardado."))
    if is_whole:
        renewing.confirm_chosen(request, application, open_forms)
        return redirect(evidence.after_saving(request, application, request.path))
    told = {"faults": faults, "conflicts": kept.conflicts}
    return _items_page(request, application, forms, template=PAGES[row_form], **told)


def _only_saves(request: HttpRequest, codes: Iterable[str]) -> bool:
    """Whether «Guardar» was pressed and nothing else: it is answered also where all had saved itself before."""
    return not request.POST.get("then") and not any(evidence.is_asked(request, code) for code in codes)


def _items_page(
    request: HttpRequest,
    application: Application,
    forms: Mapping[str, RequirementForm | MeasureForm],
    *,
    template: str,
    **context: Any,
) -> HttpResponse:
    user, loaded = person(request), dossier.current(application, timezone.localdate())
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
        "panel": hub.panel_of(loaded),
        "rows": rows,
        "computed": [result for result in loaded.score.measures if result.target is not None],
        "was_kept": request.method != "POST" and any(form.is_bound for form in forms.values()),
        "can_save": any(row["can_edit"] for row in rows),
    }
    return render(request, template, context, status=409 if context.get("conflicts") else 200)
