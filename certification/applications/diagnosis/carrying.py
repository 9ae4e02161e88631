"""Answers of a diagnosis on their way into an application: they wait in the person's own browser, signed.

The server keeps nothing of a diagnosis. Whoever asks to carry it over gets a cookie that only the pages of an
application receive; opening the application takes the answers from it, and the cookie goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from certification.standards.models import Standard

COOKIE, SALT, PATH = "diagnosis", "certification.applications.diagnosis", "/empresa/"
MARK = "diagnostico=1"  # in the address that an account is asked for: templates/account tells then that answers wait
SECONDS = 60 * 60 * 24 * 7


def give(response: HttpResponse, standard: Standard, answers: Mapping[str, str]) -> None:
    """Let the browser keep the answers for a week."""
    value = signing.dumps({"standard": standard.fingerprint, "answers": dict(answers)}, salt=SALT, compress=True)
    response.set_cookie(
        COOKIE,
        value,
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def carried(request: HttpRequest, standard: Standard) -> dict[str, str]:
    """The answers that the browser brings for this version of the standard: {code: value of Claim}, or nothing."""
    kept = _kept(request)
    return dict(kept["answers"]) if kept.get("standard") == standard.fingerprint else {}


def waiting(request: HttpRequest) -> Standard | None:
    """The standard in force that the browser brings answers for: one query, and none without the cookie."""
    kept = _kept(request)
    return Standard.objects.in_force().filter(fingerprint=kept["standard"]).first() if kept else None


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return {}
    return kept


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
