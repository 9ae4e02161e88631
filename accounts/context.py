"""What every page needs to know of the site."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.kept_posts import take_kept_texts


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "DEMO": settings.DEMO,
        "REQUIRE_STAFF_MFA": settings.REQUIRE_STAFF_MFA,
        "kept_texts": partial(_kept_texts, request),  # asked by the page, after its view had the first chance
    }


def _kept_texts(request: HttpRequest) -> list[str]:
    return take_kept_texts(request) if request.user.is_authenticated else []
