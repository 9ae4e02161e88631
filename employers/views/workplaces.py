"""Workplaces."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person
from accounts.refusals import ActionRefused
from employers import actions, catalogues
from employers.forms.workplaces import NewWorkplaceForm, StateForm, WorkplaceForm
from employers.history import figure_groups, joined, year_rows
from employers.models import Workplace
from employers.permissions import can_edit
from employers.views.lookup import HtmxRequest, find_employer, find_workplace, typed

YEARS_OFFERED = 3
COLUMNS = 5  # years of the table of everything: more do not fit a page


@require_http_methods(["GET", "HEAD", "POST"])
def workplace_create(request: HtmxRequest, pk: int) -> HttpResponse:
    employer = find_employer(request, pk, can_edit)
    state = _chosen_state(request)
    if request.method != "POST" and not state:
        return render(request, "employers/workplace_state.html", {"employer": employer, "form": StateForm()})
    form = NewWorkplaceForm(typed(request), instance=Workplace(employer=employer), state=state)
    if request.htmx:
        return render(request, "employers/_municipality.html", {"form": form})
    if request.method == "POST" and form.is_valid():
        added = actions.create_workplace(employer=employer, actor=person(request), at=timezone.now(), **form.values)
        return _after_adding(request, added)
    return render(request, "employers/workplace_create.html", {"employer": employer, "form": form})


def _after_adding(request: HttpRequest, workplace: Workplace) -> HttpResponse:
    """Lead on, or to what is asked about its first figures."""
    figures = workplace.figures.get()
    if figures.is_in_doubt:
        sentence = _(
            "Agregaste el centro de trabajo. Hay algo que no esperábamos en sus cifras: explícalo o corrígelo."
        )
        messages.warning(request, sentence)
        return redirect("figures_edit", workplace.employer_id, workplace.pk, figures.year)
    messages.success(request, _("Agregaste el centro de trabajo."))
    return redirect("employer_detail", workplace.employer_id)


@require_safe
def workplace_detail(request: HttpRequest, pk: int, workplace_pk: int) -> HttpResponse:
    workplace = find_workplace(request, pk, workplace_pk)
    this_year = timezone.localdate().year
    known = joined(list(workplace.figures.prefetch_related("explanations")))
    context = {
        "employer": workplace.employer,
        "workplace": workplace,
        "rows": year_rows(known, range(this_year - YEARS_OFFERED + 1, this_year + 1)),
        "columns": known[:COLUMNS],
        "groups": figure_groups(known[:COLUMNS]),
        "can_edit": can_edit(person(request), workplace.employer) and workplace.closed_at is None,
    }
    return render(request, "employers/workplace_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workplace_edit(request: HtmxRequest, pk: int, workplace_pk: int) -> HttpResponse:
    workplace = find_workplace(request, pk, workplace_pk, can_edit)
    form = WorkplaceForm(typed(request), instance=workplace, state=_chosen_state(request))
    if request.htmx:
        return render(request, "employers/_municipality.html", {"form": form})
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_workplace(workplace=workplace, actor=person(request), at=timezone.now(), **form.values)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardaste los datos del centro de trabajo."))
            return redirect("workplace_detail", pk, workplace_pk)
    context = {"employer": workplace.employer, "workplace": workplace, "form": form}
    return render(request, "employers/workplace_edit.html", context)


@require_POST
def workplace_close(request: HttpRequest, pk: int, workplace_pk: int) -> HttpResponse:
    workplace = find_workplace(request, pk, workplace_pk, can_edit)
    try:
        actions.close_workplace(workplace=workplace, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("workplace_detail", pk, workplace_pk)
    messages.success(request, _("Cerraste el centro de trabajo. Sus datos y certificados se conservan."))
    return redirect("employer_detail", pk)


def _chosen_state(request: HttpRequest) -> str:
    """State of the first step; empty when none, or none that exists, was chosen."""
    state = request.GET.get("state", "") if request.method != "POST" else ""
    return state if state in catalogues.states() else ""
