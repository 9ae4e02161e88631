"""A NUL is no text and PostgreSQL takes none: it is read as U+FFFD, as Django reads every byte that is no text.

So an address that holds one is answered by its room, as any other that names nothing. Fields of forms need no such
care: Django's own refuse a NUL in words.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NUL, NO_TEXT, QUOTED_NO_TEXT = "\x00", "\ufffd", "%EF%BF%BD"


class NulMiddleware:
    """Read no NUL in the path, the query or a cookie, before anything asks the database with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path, request.path_info = (text.replace(NUL, NO_TEXT) for text in (request.path, request.path_info))
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = query.replace("%00", QUOTED_NO_TEXT).replace(NUL, QUOTED_NO_TEXT)
        request.COOKIES = {name: value.replace(NUL, NO_TEXT) for name, value in request.COOKIES.items()}
        return self.get_response(request)
