"""A page that asks by htmx is told that the session ended where it stands: a redirect would bring it the login page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.people import person


class EndedSessionMiddleware:
    """Answer 401 with a form for the password, in place of the redirect to the login page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> HttpResponse | None:
        by_htmx = request.headers.get("HX-Request") == "true"
        if not by_htmx or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return render(request, "accounts/_session_ended.html", status=HTTPStatus.UNAUTHORIZED)


@never_cache
@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """Whose session it is, and the token its forms must carry: logging in again gives a new one."""
    return JsonResponse({"person": person(request).email, "token": get_token(request)})
