"""The hub of an application: its task list, and its points opened to their arithmetic."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.people import person
from certification.applications import dossier, hub
from certification.applications.discarding import can_discard
from certification.applications.enums import State
from certification.applications.owners.actions import can_assign
from certification.applications.owners.team import team_of
from certification.applications.views.lookup import own_application
from certification.applications.workflow import available_actions


@require_safe
def application_detail(request: HttpRequest, folio: str) -> HttpResponse:
    application, user = own_application(request, folio), person(request)
    team = team_of(application)
    built, mine = hub.build(dossier.current(application, timezone.localdate()), team), team.items_of(user.pk)
    only_mine, has_result = request.GET.get("mio") == "1", application.state in (State.AWARDED, State.DECLINED)
    groups = hub.declared(built.groups) if has_result else built.groups
    context = {
        "application": application,
        "hub": built,
        "panel": built.panel,
        "groups": hub.only(groups, mine) if only_mine else groups,
        "mine": len(mine),
        "only_mine": only_mine,
        "has_result": has_result,
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
    loaded = dossier.current(application, timezone.localdate())
    context = {"application": application, "score": loaded.score, "profile": hub.profile(loaded)}
    return render(request, "certification/applications/application_points.html", context)
