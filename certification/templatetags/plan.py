"""The improvement plan beside other pages: {% load plan %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from certification.applications.models import Application
from certification.applications.permissions import is_editor, is_member
from certification.applications.plan import lookup
from certification.standards.models import Standard
from employers.models import Employer

register = template.Library()


@register.inclusion_tag("certification/applications/plan/_beside.html", takes_context=True)
def plan_beside(context: Context, application: Application, code: str, *, has_form: bool = False) -> dict[str, Any]:
    """Open actions for an item of an application, and the button that adds one.

    With ``has_form`` the button sends the form of the page, which saves what was typed first. To whoever is not of
    the employer nothing is shown.
    """
    user = context["request"].user
    if not is_member(user, application):
        return {"hidden": True}
    return {
        "actions": lookup.beside(application, code, user),
        "code": code,
        "has_form": has_form,
        "can_edit": is_editor(user, application),
        "new": lookup.new_address(application, code),
        "employer_id": application.employer_id,
        "today": timezone.localdate(),
    }


@register.inclusion_tag("certification/applications/plan/_link.html", takes_context=True)
def plan_link(context: Context, application: Application, code: str, *, has_form: bool = False) -> dict[str, Any]:
    """«Hacer un plan para esto», beside a gap that is named already; for whoever may edit. No query of its own."""
    can_edit = bool(code) and is_editor(context["request"].user, application)
    new = lookup.new_address(application, code) if can_edit else ""
    return {"can_edit": can_edit, "code": code, "new": new, "has_form": has_form}


@register.inclusion_tag("certification/applications/plan/_row.html", takes_context=True)
def plan_row(
    context: Context, application: Application, code: str, *, is_gap: bool, has_form: bool = False
) -> dict[str, Any]:
    """The same beside a letter or a measure: open actions, and the button where ``is_gap``. One query a page."""
    beside = plan_beside(context, application, code, has_form=has_form)
    return beside | {"can_add": is_gap and beside.get("can_edit", False)}


@register.inclusion_tag("certification/applications/plan/_summary.html", takes_context=True)
def plan_summary(context: Context, application: Application) -> dict[str, Any]:
    """How many actions of the application's standard are open, and how many are late: one query."""
    found = lookup.waiting([application.employer], context["request"].user, timezone.localdate())
    said = found.get((application.employer_id, application.standard.code), lookup.Waiting())
    return {
        "open": said.open,
        "overdue": said.overdue,
        "employer_id": application.employer_id,
        "standard_code": application.standard.code,
    }


@register.inclusion_tag("certification/applications/plan/_waiting.html", takes_context=True)
def plan_waiting(context: Context, employer: Employer, standard: Standard) -> dict[str, Any]:
    """Told where a cycle begins again: open actions of the standard, which stand beside their criteria. One query."""
    plan = lookup.plan_of(employer, context["request"].user).open()
    return {"open": plan.filter(standard_code=standard.code).count(), "employer": employer, "standard": standard}
