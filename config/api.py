"""The public read API: the rooms' routers under one OpenAPI document. ConditionalGetMiddleware adds the ETags."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from certification.certificates.api import router as certificates
from certification.standards.api import router as standards
from good_practices.api import router as practices

MAX_AGE_SECONDS = 60


class PublicAPI(NinjaAPI):
    """Everything here is public and may be kept a minute; afterwards the ETag says whether it changed."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"} and response.status_code == 200:
            response.setdefault("Cache-Control", f"public, max-age={MAX_AGE_SECONDS}")
        response["Access-Control-Allow-Origin"] = "*"
        return response


api = PublicAPI(
    title="Constancia",
    version="1",
    description="Normas, certificados y buenas prácticas: datos abiertos, sólo de lectura.",
    docs_url=None,
)
api.add_router("", standards)
api.add_router("", certificates)
api.add_router("", practices)


def public(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Open the API's views to everybody: LoginRequiredMiddleware denies by default."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns
