"""The hub of a file, and who reviews it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.enums import Holder, State
from certification.applications.hub import gate_views, history
from certification.applications.models import Application
from certification.applications.status import status_of
from certification.applications.workflow import available_actions
from certification.review import actions
from certification.review import casefile as casefiles
from certification.review.desk import next_file
from certification.review.enums import ItemKind
from certification.review.forms import AssignForm, ReassignForm
from certification.review.views.lookup import REFUSED, require, staff_file
from certification.review.wording import NEXT_STEPS, NOTES


@require_safe
def review_detail(request: HttpRequest, folio: str) -> HttpResponse:
    return _detail(request, staff_file(request, folio))


@require_POST
def review_assign(request: HttpRequest, folio: str) -> HttpResponse:
    """Assign a sent file, or give one in review to another person, with the reason."""
    application = staff_file(request, folio)
    is_first = application.state == State.SUBMITTED
    require(request, application, "assign" if is_first else "reassign")
    form = (AssignForm if is_first else ReassignForm)(request.POST, application=application)
    if form.is_valid():
        try:
            write = actions.assign if is_first else actions.reassign
            write(application, **form.cleaned_data, actor=person(request), at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asignado. Le escribimos a quien lo revisará."))
            return redirect("review_detail", application.folio)
    return _detail(request, application, form, status=REFUSED)


def _detail(
    request: HttpRequest, application: Application, form: AssignForm | None = None, status: int = 200
) -> HttpResponse:
    user, casefile = person(request), casefiles.load(application)
    allowed = available_actions(application, user)
    context: dict[str, Any] = {
        "application": casefile.application,
        "casefile": casefile,
        "holder": _holder(casefile.application),
        "staff_next": NEXT_STEPS.get(State(application.state), ""),
        "staff_note": NOTES.get(State(application.state), ""),
        "groups": _groups(casefile),
        "claimed_gates": gate_views(casefile.claimed),
        "verified_gates": gate_views(casefile.verified),
        "history": history(application, for_staff=True),
        "actions": allowed,
        "is_mine": "observe" in allowed,
        "assign_form": form or _assign_form(application, allowed),
        "first": casefile.next_pending(""),
        "next_file": next_file(user, application),
        "today": timezone.localdate(),
    }
    return render(request, "certification/review/review_detail.html", context, status=status)


def _holder(application: Application) -> str:
    """Who has it, for the programme: the employer by its name, which is nobody's «your company» here."""
    holder = status_of(application.state).holder
    return application.employer.name if holder == Holder.EMPLOYER else str(holder.label)


def _assign_form(application: Application, allowed: list[str]) -> AssignForm | None:
    if "assign" in allowed:
        return AssignForm(application=application)
    return ReassignForm(application=application) if "reassign" in allowed else None


def _groups(casefile: casefiles.CaseFile) -> list[tuple[ItemKind, list[casefiles.Line]]]:
    """Lines by gate; a gate without items is left out."""
    found = [(kind, [line for line in casefile.lines if line.item.kind == kind]) for kind in ItemKind]
    return [(kind, lines) for kind, lines in found if lines]
