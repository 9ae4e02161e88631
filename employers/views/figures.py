"""The figures of the staff of a workplace in a year. The page saves itself, and has its button."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.conflicts import ChangedMeanwhile
from accounts.open_pages import open_page
from accounts.people import person
from accounts.refusals import ActionRefused
from employers import actions
from employers.figures import STAFF
from employers.forms.figures import EXPLAINS, FiguresForm
from employers.models import WorkforceFigures, Workplace
from employers.permissions import can_edit
from employers.views.lookup import HtmxRequest, find_workplace, typed

FIRST_YEAR = 2015  # of the Mexican standard of 2015: no application asks for older figures


@require_http_methods(["GET", "HEAD", "POST"])
def figures_edit(request: HtmxRequest, pk: int, workplace_pk: int, year: int) -> HttpResponse:
    workplace = find_workplace(request, pk, workplace_pk, can_edit)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    saved = workplace.figures.filter(year=year).first()
    form = FiguresForm(typed(request), instance=saved or WorkforceFigures(workplace=workplace, year=year))
    if request.method == "POST" and request.htmx:
        return _autosave(request, workplace, form)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _after_figures(request, _save_figures(request, workplace, form))
        except ChangedMeanwhile as conflict:
            form = form.over(conflict.current)
            if not form.differences and not form.strays:  # the same was saved, perhaps by pressing twice
                return _after_figures(request, conflict.current)
            status = 409
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"employer": workplace.employer, "workplace": workplace, "year": year, "form": form}
    return render(request, "employers/figures_edit.html", context, status=status)


def _save_figures(request: HttpRequest, workplace: Workplace, form: FiguresForm) -> WorkforceFigures:
    return actions.save_figures(
        workplace=workplace,
        year=form.instance.year,
        version=form.cleaned_data.get("version") or 0,
        figures=form.counts,
        explanations=form.explanations,
        page=open_page(request),
        actor=person(request),
        at=timezone.now(),
    )


def _after_figures(request: HttpRequest, kept: WorkforceFigures) -> HttpResponse:
    place = (kept.workplace.employer_id, kept.workplace_id)
    if kept.is_in_doubt:
        messages.warning(request, _("Guardamos tus cifras. Hay algo que no esperábamos: explícalo o corrígelo."))
        return redirect("figures_edit", *place, kept.year)
    messages.success(request, _("Guardaste las cifras de %(year)s.") % {"year": kept.year})
    return redirect("workplace_detail", *place)


def _autosave(request: HttpRequest, workplace: Workplace, form: FiguresForm) -> HttpResponse:
    """Keep what has no fault, and answer static/js/autosave.js: 409 somebody else saved, 423 it is held.

    A year begins with women and men: before both are there, nothing is kept, and the page says what it waits for.
    """
    form.full_clean()
    faults = [field for field in form if field.errors]
    status, told = HTTPStatus.OK, {"form": form, "at": timezone.now(), "faults": faults}
    if not form.instance.pk and not all(name in form.cleaned_data for name in STAFF.fields):
        told["faults"] = [field for field in faults if field.data]  # what is not there yet is no fault
        return _told(told, status)
    try:
        told |= _page_of(form, _save_figures(request, workplace, form))
    except ChangedMeanwhile as conflict:
        again = form.over(conflict.current)
        if again.differences or again.strays:
            status = HTTPStatus.CONFLICT
        else:
            told |= _page_of(form, conflict.current)
    except ActionRefused as refusal:
        status, told["refusal"] = HTTPStatus.LOCKED, str(refusal)
    return _told(told, status)


def _told(told: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    # No context processors: what they add is for whole pages, and costs queries.
    told["is_conflict"] = status == HTTPStatus.CONFLICT
    return HttpResponse(render_to_string("employers/_figures_autosaved.html", told), status=status)


def _page_of(form: FiguresForm, kept: WorkforceFigures) -> dict[str, Any]:
    """What changes on the open page: the version, what counts as untouched, and what is asked about the numbers."""
    fresh = FiguresForm(instance=kept)
    changed = [name for name in form.changed_data if name in form.cleaned_data and name in fresh.written]
    rows = [fresh.staff, *(row for section in fresh.sections for row in section.rows)]
    return {
        "kept": fresh,
        "rows": [row for row in rows if row.questions],
        "untouched": [_hidden(fresh[name]) for name in changed],
        "gone": [name for name in form.data if name.startswith(EXPLAINS) and name not in fresh.fields],
    }


def _hidden(field: BoundField) -> str:
    """The field beside the visible one that says what is stored; htmx puts it in its place."""
    return field.as_hidden({"hx-swap-oob": "true"}, only_initial=True)
