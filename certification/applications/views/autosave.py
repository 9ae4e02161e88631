"""What a page that saves itself is told: when it was saved, what could not be, and what that changed beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from certification.applications import dossier, hub
from certification.applications.draft_forms import DraftForm
from certification.applications.models import Application
from certification.applications.views.keeping import Kept

SAVED = "certification/applications/_autosaved.html"
BESIDE = "certification/applications/_autosaved_beside.html"


def is_asked(request: HttpRequest) -> bool:
    """Whether the page saves itself (by htmx), and nobody pressed a button."""
    return request.headers.get("HX-Request") == "true"


def answer(request: HttpRequest, kept: Kept, forms: Sequence[DraftForm]) -> HttpResponse:
    """The fragment for static/js/autosave.js: 200 all is kept but what has a fault, 409 somebody else wrote the same,
    423 it is no longer open.

    Nothing is asked of the database. Where points moved, the page asks for them with ``beside``: once, after the last
    of several choices.
    """
    context: dict[str, Any] = {
        "at": timezone.now(),
        "kept": kept,
        "faults": [(field, errors) for form in forms for field, errors in _faults(form)],
    }
    status = HTTPStatus.OK
    if kept.refused:
        status = HTTPStatus.LOCKED
    elif kept.conflicts:
        status = HTTPStatus.CONFLICT
        context["request"] = request
    # No context processors: what they add is for whole pages, and costs queries.
    response = HttpResponse(render_to_string(SAVED, context), status=status)
    if kept.moves_points:
        response.headers["HX-Trigger"] = "points-moved"
    return response


def _faults(form: DraftForm) -> list[tuple[Any, Any]]:
    return [(form[name], errors) for name, errors in form.errors.items() if name != "__all__"]


def beside(request: HttpRequest, application: Application, codes: Iterable[str]) -> HttpResponse:
    """What the saved claims come to, for the places beside the items of a page that is open."""
    loaded = dossier.current(application, timezone.localdate())
    context = {
        "application": application,
        "items": [hub.item(loaded, code) for code in codes],
        "panel": hub.panel_of(loaded),
        "request": request,
    }
    response = HttpResponse(render_to_string(BESIDE, context))
    add_never_cache_headers(response)  # the page itself has this address
    return response
