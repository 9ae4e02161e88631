"""The pages of an employer's improvement plan. They are the employer's alone: the programme finds nothing here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.addresses import item_address
from certification.applications.folios import normalise
from certification.applications.models import Application
from certification.applications.plan import actions
from certification.applications.plan.enums import ActionState
from certification.applications.plan.filters import PlanFilter, owner_choices
from certification.applications.plan.forms import ActionForm, StandardForm
from certification.applications.plan.lookup import plan_of, row_of, rows_of, standards_by_code
from certification.applications.plan.models import ImprovementAction
from certification.standards.languages import words_of
from certification.standards.models import Standard
from employers.models import Employer
from employers.permissions import can_edit
from employers.views.lookup import find_employer, typed

PAGE_SIZE = 25


@require_safe
def improvement_plan(request: HttpRequest, pk: int) -> HttpResponse:
    employer, user, today = find_employer(request, pk), person(request), timezone.localdate()
    plan = plan_of(employer, user)
    standards = standards_by_code(plan.order_by().values_list("standard_code", flat=True).distinct())
    titles = {code: str(words_of(standard.document, "short_title")) for code, standard in standards.items()}
    filtered = PlanFilter(request.GET, plan, standards=titles, owners=owner_choices(plan), today=today)
    page = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "filter": filtered,
        "page": page,
        "rows": [row_of(action, standards.get(action.standard_code)) for action in page],
        "has_any": bool(standards),
        "overdue": plan.overdue(today).count(),
        "today": today,
        "can_edit": can_edit(user, employer),
    }
    return render(request, "certification/applications/plan/improvement_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def improvement_create(request: HttpRequest, pk: int) -> HttpResponse:
    employer, standards = find_employer(request, pk, can_edit), standards_by_code()
    standard = standards.get(request.GET.get("norma", ""))
    code = _known_code(standard, request.GET.get("requisito", ""))
    form = ActionForm(typed(request), employer=employer, instance=ImprovementAction(employer=employer))
    titles = {key: str(words_of(one.document, "short_title")) for key, one in standards.items()}
    choice = None if standard else StandardForm(typed(request), standards=titles)
    if request.method == "POST" and form.is_valid() and (choice is None or choice.is_valid()):
        chosen = standard.code if standard else choice.cleaned_data["standard"] if choice else ""
        if _open(request, employer, form, standard=chosen, code=code):
            return redirect(_back(request, employer, code))
    row = row_of(ImprovementAction(criterion=code), standard) if standard else None
    context = _form_context(employer, form, row) | {"choice": choice}
    return render(request, "certification/applications/plan/improvement_form.html", context)


def _open(request: HttpRequest, employer: Employer, form: ActionForm, *, standard: str, code: str) -> bool:
    """Add what was typed to the plan and say so; or say in the form why not."""
    at = timezone.now()
    try:
        actions.open_action(
            employer=employer, standard_code=standard, criterion=code, fields=form.values, actor=person(request), at=at
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Ya está en el plan de mejora."))
    _warn_of_the_past(request, form)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def improvement_edit(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    action = _find(request, pk, action_pk)
    form = ActionForm(typed(request), employer=action.employer, instance=_copy(action))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_action(
                action=action, fields=form.values, version=version, actor=person(request), at=timezone.now()
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Guardado."))
            _warn_of_the_past(request, form)
            return redirect("improvement_plan", pk)
    context = _form_context(action.employer, form, rows_of([action])[0])
    return render(request, "certification/applications/plan/improvement_form.html", context | {"action": action})


@require_POST
def improvement_close(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    action, dropped = _find(request, pk, action_pk), request.POST.get("state") == ActionState.DROPPED
    state = ActionState.DROPPED if dropped else ActionState.DONE
    said = {"state": state, "reason": request.POST.get("reason", "")[:2000], "version": _version(request)}
    return _do(request, action, actions.close_action, _("La acción queda en el plan como cerrada."), **said)


@require_POST
def improvement_reopen(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    action = _find(request, pk, action_pk)
    return _do(request, action, actions.reopen_action, _("La acción está abierta otra vez."), version=_version(request))


def _do(request: HttpRequest, action: ImprovementAction, verb: Any, done: str, **said: Any) -> HttpResponse:
    try:
        verb(action=action, actor=person(request), at=timezone.now(), **said)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("improvement_edit", action.employer_id, action.pk)
    messages.success(request, done)
    return redirect("improvement_plan", action.employer_id)


def _find(request: HttpRequest, pk: int, action_pk: int) -> ImprovementAction:
    employer = find_employer(request, pk, can_edit)
    mine = ImprovementAction.objects.visible_to(person(request)).select_related("employer", "owner", "closed_by")
    return get_object_or_404(mine, employer=employer, pk=action_pk)


def _copy(action: ImprovementAction) -> ImprovementAction:
    """A form writes what was typed into its object before it is saved; the page still needs the stored one."""
    return ImprovementAction.objects.get(pk=action.pk)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _known_code(standard: Standard | None, code: str) -> str:
    return code if standard and standard.document.item(code) else ""


def _form_context(employer: Employer, form: ActionForm, row: Any) -> dict[str, Any]:
    plan = reverse("improvement_plan", args=[employer.pk])
    is_past = _is_past(form.instance.due_on)
    return {"employer": employer, "form": form, "row": row, "plan": plan, "is_past": is_past}


def _is_past(day: dt.date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _warn_of_the_past(request: HttpRequest, form: ActionForm) -> None:
    """It is no fault: what is overdue may be written down, too."""
    if _is_past(form.cleaned_data["due_on"]):
        messages.warning(request, _("La fecha que pusiste ya pasó: la acción sale como vencida."))


def _back(request: HttpRequest, employer: Employer, code: str) -> str:
    """To the criterion of the application where the person pressed the button, or to the plan."""
    own = Application.objects.of_member(person(request)).filter(employer=employer)
    folio = normalise(request.GET.get("solicitud", ""))
    application = own.select_related("standard").filter(folio=folio).first() if folio else None
    if application is not None and code and application.standard.document.item(code):
        return item_address(application, code)
    return reverse("improvement_plan", args=[employer.pk])
