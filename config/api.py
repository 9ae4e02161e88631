"""The public read API: the rooms' routers under one OpenAPI document. ConditionalGetMiddleware adds the ETags."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError

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
    description=(
        "Normas, certificados y buenas prácticas: datos abiertos, sólo de lectura. Un parámetro que este documento no "
        "nombra, o un valor que no tiene la forma que pide, se contesta con 422 y la lista de lo que hay que corregir. "
        "Un valor con buena forma que nada tiene no encuentra nada."
    ),
    docs_url=None,
)
api.add_router("", standards)
api.add_router("", certificates)
api.add_router("", practices)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, refused: ValidationError) -> HttpResponse:
    # A place is ("query", the group, the parameter, its position in a list): the last text names the parameter.
    names = [[part for part in error["loc"] if isinstance(part, str)][-1] for error in refused.errors]
    return _problem(request, [(name, error["msg"]) for name, error in zip(names, refused.errors, strict=True)])


def _problem(request: HttpRequest, errors: list[tuple[str, str]]) -> HttpResponse:
    """422 with each parameter and what is wrong with it (certification.standards.api.Invalid)."""
    body = {
        "title": "Parámetros que no se entienden",
        "status": 422,
        "detail": "No se buscó nada. Corrige lo que dice «errors»; lo que se puede pedir está en openapi.json.",
        "errors": [{"parameter": name, "problem": problem} for name, problem in errors],
    }
    return api.create_response(request, body, status=422)


def _refuse_unknown(view: Callable[..., HttpResponse], known: set[str]) -> Callable[..., HttpResponse]:
    """What the document does not name is refused: a misspelt filter must not answer with everything."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - known)
        if unknown and request.method in {"GET", "HEAD"}:
            return _problem(request, [(name, "Unknown parameter") for name in unknown])
        return view(request, *args, **kwargs)

    return checked


def _parameters() -> dict[str, set[str]]:
    """The names of the query parameters of each route, as the document tells them."""
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return {
        path.lstrip("/").translate({ord("{"): "<", ord("}"): ">"}): {
            parameter["name"] for parameter in methods["get"]["parameters"] if parameter["in"] == "query"
        }
        for path, methods in paths.items()
    }


def public(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Open the API's views to everybody (LoginRequiredMiddleware denies by default) and hold them to the document."""
    parameters = _parameters()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            known = parameters.get(str(pattern.pattern))
            view = pattern.callback if known is None else _refuse_unknown(pattern.callback, known)
            pattern.callback = login_not_required(view)
    return patterns
