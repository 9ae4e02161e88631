"""Where a person goes after logging in, when confirming an address took them away from the page they came for."""

from django.http import HttpRequest

SESSION_KEY = "after_login"


def remember_page(request: HttpRequest) -> None:
    """Come back to this page after the next login; Django keeps the session's content through it."""
    request.session[SESSION_KEY] = request.path


def take_page(request: HttpRequest) -> str | None:
    """Return the address that was remembered, once, or None."""
    page: str | None = request.session.pop(SESSION_KEY, None)
    return page
