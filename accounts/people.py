"""Who is asking."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The logged-in person: LoginRequiredMiddleware let nobody else through."""
    return cast("User", request.user)
