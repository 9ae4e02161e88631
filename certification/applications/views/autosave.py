"""What a page that saves itself is told: when it was saved, what could not be, and what that changed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from certification.applications import dossier, hub
from certification.applications.draft_forms import DraftForm
from certification.applications.models import Application
from certification.applications.views.keeping import Kept

TEMPLATE = "certification/applications/_autosaved.html"


def is_asked(request: HttpRequest) -> bool:
    """Whether the page saves itself (by htmx), and nobody pressed a button."""
    return request.headers.get("HX-Request") == "true"


def answer(request: HttpRequest, application: Application, kept: Kept, forms: Sequence[DraftForm]) -> HttpResponse:
    """The fragment for static/js/autosave.js: 200 all is kept but what has a fault, 409 somebody else wrote the same,
    423 it is no longer open. Nothing is asked of the database but where points moved.
    """
    context: dict[str, Any] = {
        "application": application,
        "at": timezone.now(),
        "kept": kept,
        "faults": [(field, errors) for form in forms for field, errors in _faults(form)],
    }
    if kept.moves_points:
        context |= _moved(application, kept) | {"request": request}
    status = HTTPStatus.OK
    if kept.refused:
        status = HTTPStatus.LOCKED
    elif kept.conflicts:
        status = HTTPStatus.CONFLICT
        context["request"] = request
    # No context processors: what they add is for whole pages, and costs queries.
    return HttpResponse(render_to_string(TEMPLATE, context), status=status)


def _faults(form: DraftForm) -> list[tuple[Any, Any]]:
    return [(form[name], errors) for name, errors in form.errors.items() if name != "__all__"]


def _moved(application: Application, kept: Kept) -> dict[str, Any]:
    """The items whose result changed, and the panel beside the work."""
    loaded = dossier.load(application, dossier.reference_day(application, timezone.localdate()))
    return {"moved": [hub.item(loaded, form.item) for form in kept.saved], "panel": hub.panel_of(loaded)}
