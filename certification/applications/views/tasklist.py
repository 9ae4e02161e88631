"""The hub of an application: its task list, its points opened to their arithmetic, and who sees to what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import dossier, hub
from certification.applications.discarding import can_discard
from certification.applications.dossier import Dossier
from certification.applications.models import Application
from certification.applications.owners.actions import assign, can_assign
from certification.applications.owners.forms import OwnersForm
from certification.applications.owners.team import team_of
from certification.applications.views.lookup import own_application
from certification.applications.workflow import available_actions


def _load(application: Application) -> Dossier:
    return dossier.load(application, dossier.reference_day(application, timezone.localdate()))


@require_safe
def application_detail(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    team = team_of(application)
    built, mine = hub.build(_load(application), team), team.items_of(user.pk)
    only_mine = request.GET.get("mio") == "1"
    context = {
        "application": application,
        "hub": built,
        "panel": built.panel,
        "groups": hub.only(built.groups, mine) if only_mine else built.groups,
        "mine": len(mine),
        "only_mine": only_mine,
        "can_assign": can_assign(user, application),
        "can_discard": can_discard(user, application),
        "actions": available_actions(application, user),
        "history": hub.history(application),
    }
    return render(request, "certification/applications/application_detail.html", context)


@require_safe
def application_points(request: HttpRequest, folio: str) -> HttpResponse:
    """Every number of the score, opened to how it came about."""
    application = own_application(request, folio)
    loaded = _load(application)
    context = {"application": application, "score": loaded.score, "profile": hub.profile(loaded)}
    return render(request, "certification/applications/application_points.html", context)


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
    context["groups"] = hub.build(_load(application), team).groups
    return render(request, "certification/applications/item_owners.html", context)
