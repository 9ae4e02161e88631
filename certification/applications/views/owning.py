"""Who sees to what: given out on a page of its own, and beside a criterion with the form of its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import dossier, hub
from certification.applications.models import Application
from certification.applications.owners.actions import assign, can_assign
from certification.applications.owners.forms import OwnersForm
from certification.applications.owners.team import team_of
from certification.applications.views.lookup import own_application


def assign_chosen(request: HttpRequest, application: Application, item: str) -> None:
    """Give ``item`` to the person chosen beside it, if that was touched; what was typed is saved already."""
    wanted = request.POST.get("owner", "")
    if "owner" not in request.POST or wanted == request.POST.get("owner-was", ""):
        return
    form = OwnersForm(request.POST, team=team_of(application))
    if not form.is_valid():
        messages.error(request, _("Esa persona ya no puede editar por la empresa. Elige a otra."))
        return
    try:
        assign(application, [item], form.cleaned_data["owner"], actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))


@require_http_methods(["GET", "HEAD", "POST"])
def item_owners(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    team = team_of(application)
    form = OwnersForm(request.POST or None, team=team)
    if form.is_valid():
        items, owner = request.POST.getlist("items"), form.cleaned_data["owner"]
        try:
            number = assign(application, items, owner, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            text = ngettext("Cambiaste quién se encarga de %(n)s.", "Cambiaste quién se encarga de %(n)s.", number)
            messages.success(request, text % {"n": number} if number else _("No marcaste nada: no cambió nada."))
            return redirect("item_owners", application.folio)
    context = {"application": application, "form": form, "can_assign": can_assign(user, application)}
    found = hub.build(dossier.current(application, timezone.localdate()), team).groups
    context["groups"] = hub.only(found, {task.code for group in found for task in group.tasks if task.code})
    return render(request, "certification/applications/item_owners.html", context)
