"""The offer of a newer version, as the employer sees it: what changes, then move, stay or go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.numbers import number_in
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications.addresses import item_address
from certification.applications.migrating import actions
from certification.applications.migrating.preview import kept_by, preview, to_review
from certification.applications.models import Application
from certification.applications.permissions import is_editor
from certification.applications.views.lookup import own_application


@require_safe
def version_detail(request: HttpRequest, folio: str) -> HttpResponse:
    """What the newer version changes; after moving, what is kept of before. 404 where neither is there."""
    application = own_application(request, folio)
    offer, move = actions.offer_for(application), actions.move_of(application)
    if offer is None and move is None:
        raise Http404
    context: dict[str, Any] = {
        "application": application,
        "can_edit": is_editor(person(request), application),
        "preview": preview(application, offer, timezone.localdate()) if offer else None,
        "move": move,
        "kept": kept_by(application) if move else [],
        "to_review": [(code, item_address(application, code)) for code in sorted(to_review(application))],
        "can_go_back": move is not None and application.state == "draft",
    }
    return render(request, "certification/applications/version_detail.html", context)


@require_POST
def version_choose(request: HttpRequest, folio: str, verb: str) -> HttpResponse:
    """«pasar», «conservar» or «volver»."""
    application = own_application(request, folio)
    if not is_editor(person(request), application):
        raise PermissionDenied
    if verb not in CHOICES:
        raise Http404
    choose, done = CHOICES[verb]
    try:
        choose(request, application)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
    return redirect("application_detail", application.folio)


def _move(request: HttpRequest, application: Application) -> None:
    offer, seen = _number(request, "offer"), _number(request, "version")
    actions.accept(application, offer=offer, seen_version=seen, actor=person(request), at=timezone.now())


def _keep(request: HttpRequest, application: Application) -> None:
    actions.keep(application, offer=_number(request, "offer"), actor=person(request), at=timezone.now())


def _go_back(request: HttpRequest, application: Application) -> None:
    seen = _number(request, "version")
    actions.go_back(application, seen_version=seen, actor=person(request), at=timezone.now())


CHOICES: dict[str, tuple[Callable[[HttpRequest, Application], None], Promise]] = {
    "pasar": (_move, gettext_lazy("La solicitud sigue ya la versión nueva. No se borró nada.")),
    "conservar": (_keep, gettext_lazy("Sigues en tu versión. Si cambias de idea, aquí está la otra.")),
    "volver": (_go_back, gettext_lazy("La solicitud sigue otra vez la versión anterior. No se borró nada.")),
}


def _number(request: HttpRequest, name: str) -> int:
    """What the page showed; -1, which is nothing's, where it is no number."""
    found = number_in(request.POST.get(name, ""))
    return -1 if found is None else found
