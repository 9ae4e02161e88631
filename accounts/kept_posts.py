"""A session that ends in the middle of typing loses nothing: what was posted waits for the person to come back.

Only a browser in which somebody logged in lately is believed, by a signed cookie: what a stranger posts is not stored.
The cookie says who it was that logged in last, by a salted hash: Django hands the anonymous session to whoever logs in
next, and what waits in it is shown to nobody but the one who typed it. A page of an earlier person never gets this far:
logging in changes the CSRF token.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import is_valid_path
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User

SESSION_KEY, OWNER_KEY = "kept_posts", "kept_posts_of"
PREFIXES = ("/empresa/", "/revision/", "/programa/")
MOST_CHARACTERS = 200_000
MOST_PAGES = 5
NEVER_KEPT = {"csrfmiddlewaretoken", "password"}
COOKIE, SALT = "known_browser", "accounts.kept_posts.owner"
COOKIE_SECONDS = 60 * 60 * 24 * 30


class Kept(NamedTuple):
    """What became of a post: the page with its form, whether its text waits there, and a sentence on what was lost."""

    page: str
    is_kept: bool = False
    loss: str = ""


def owner_of(user: User) -> str:
    """Return what stands for the person in cookie and session: 64 hexadecimal digits that nobody turns back."""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()


@receiver(user_logged_in)
def know_browser(request: HttpRequest | None, user: User, **_rest: Any) -> None:
    """Whoever logs in by a request gets the cookie with its answer; what another person left is dropped."""
    if request is None:
        return
    request.logged_in = owner_of(user)  # type: ignore[attr-defined]
    if request.session.get(OWNER_KEY) != owner_of(user):
        request.session.pop(SESSION_KEY, None)
        request.session.pop(OWNER_KEY, None)


def _owner(request: HttpRequest) -> str:
    """Who is logged in, or logged in last with this browser within thirty days; "" for a stranger."""
    if isinstance(request.user, User):
        return owner_of(request.user)
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS) or ""


def _give_cookie(response: HttpResponse, owner: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        owner,
        salt=SALT,
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class KeptPostMiddleware:
    """Keep the fields of an anonymous POST in the session before the login page is shown.

    Django keeps the session's content when a person logs in, so the page finds the text there and shows it, unsaved.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if owner := getattr(request, "logged_in", ""):
            _give_cookie(response, owner)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.path in _kept(request):
            return redirect(_move_one_level_up(request))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> HttpResponse | None:
        if request.user.is_authenticated:
            if request.method == "POST" and request.path in _kept(request):
                _forget(request)  # it is sent again: now it is in the person's hands
            return None
        kept = keep_posted(request) if getattr(view, "login_required", True) else None
        if kept is None:
            return None
        if kept.is_kept:
            messages.info(request, _("Tu sesión había terminado. Entra: lo que escribiste sigue ahí."))
        else:
            messages.info(request, _("Tu sesión había terminado. Entra para seguir."))
        if kept.loss:
            messages.warning(request, kept.loss)
        return redirect_to_login(kept.page)


def keep_posted(request: HttpRequest) -> Kept | None:
    """Keep what was posted for the one who typed it, to be shown again; None for a stranger and for what is no post.

    A post of more than ``MOST_CHARACTERS`` as typed is not kept; of more than ``MOST_PAGES`` the oldest goes.
    """
    owner = _owner(request)
    if request.method != "POST" or not request.path.startswith(PREFIXES) or not owner:
        return None
    fields, characters = QueryDict(mutable=True), 0
    for name, values in request.POST.lists():
        if name not in NEVER_KEPT:
            fields.setlist(name, values)
            characters += sum(map(len, values))
    page = _page_of_form(request)
    if characters > MOST_CHARACTERS:
        return Kept(page, loss=_too_long())
    if not fields:
        return Kept(page)
    return Kept(page, is_kept=True, loss=_store(request, owner, urlsplit(page).path, fields.urlencode()))


def _too_long() -> str:
    return _(
        "No conservamos lo que escribiste: es demasiado largo. "
        "Regresa a esa página con tu navegador y cópialo antes de seguir."
    )


def _store(request: HttpRequest, owner: str, page: str, encoded: str) -> str:
    """Put it behind what waits already, and return a sentence when the oldest had to go."""
    kept = [(other, waits) for other, waits in _kept(request).items() if other != page]
    kept.append((page, [request.path, encoded]))
    request.session[SESSION_KEY], request.session[OWNER_KEY] = dict(kept[-MOST_PAGES:]), owner
    if len(kept) <= MOST_PAGES:
        return ""
    return _("Sólo conservamos lo de %(pages)s páginas: se perdió lo que habías escrito antes en la más antigua.") % {
        "pages": MOST_PAGES
    }


def _page_of_form(request: HttpRequest) -> str:
    """Many forms post to an address that has no page of its own: the text waits where it was typed."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path.startswith(PREFIXES):
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


def _kept(request: HttpRequest) -> dict[str, list[str]]:
    """What waits for the person on each page: the address it was posted to, and its fields."""
    if request.session.get(OWNER_KEY) != _owner(request):
        return {}
    kept: dict[str, list[str]] = request.session.get(SESSION_KEY, {})
    return kept


def _move_one_level_up(request: HttpRequest) -> str:
    """A form that was refused came from an address that is only posted to: its text waits on the page above."""
    page = f"{request.path.rstrip('/').rpartition('/')[0]}/"
    while not is_valid_path(page):
        page = f"{page.rstrip('/').rpartition('/')[0]}/"
    kept = _kept(request)
    request.session[SESSION_KEY] = {**kept, page: kept.pop(request.path)}
    return page


def take_kept_post(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into this page's own form before the session ended, until it is sent again, or None."""
    posted_to, encoded = _kept(request).get(request.path, ("", ""))
    if posted_to != request.path:
        return None
    # The page says that nothing is saved yet (templates/components/kept_texts.html).
    request.shows_kept_post = True  # type: ignore[attr-defined]
    return QueryDict(encoded)


def take_kept_texts(request: HttpRequest) -> list[str]:
    """Return, once, the sentences that were typed on this page into a form that does not show them by itself."""
    if request.method != "GET" or request.path not in _kept(request) or getattr(request, "shows_kept_post", False):
        return []
    _posted_to, encoded = _kept(request)[request.path]
    _forget(request)
    return _sentences(QueryDict(encoded))


def typed_texts(request: HttpRequest) -> list[str]:
    """Return the sentences of a post that was refused whole, so that the page which says so can give them back."""
    is_form = request.method == "POST" and request.resolver_match and request.path.startswith(PREFIXES)
    return _sentences(request.POST) if is_form and isinstance(request.user, User) else []


def _sentences(fields: QueryDict) -> list[str]:
    # Words with spaces between them are somebody's; codes, numbers and choices are the form's.
    kept = ((name, values) for name, values in fields.lists() if name not in NEVER_KEPT)
    return [value for _name, values in kept for value in values if " " in value.strip()]


def _forget(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = {page: kept for page, kept in _kept(request).items() if page != request.path}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


def posted_or_kept(request: HttpRequest) -> QueryDict | None:
    """What the person sent, or what was typed here before the session ended, which is not saved yet."""
    return request.POST if request.method == "POST" else take_kept_post(request)
