"""Promises that hold for every view: closed unless listed here, and clear about its methods."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from tests.house.tree import ROOMS, decorators, files, functions, tree

METHODS = {"require_safe", "require_GET", "require_POST", "require_http_methods"}
# Everything else asks for a login. A view joins this list because whoever reads it decided so.
PUBLIC = {
    "home", "help", "open_data", "privacy", "accessibility", "set_language", "health", "invitation_accept",
    "standard_list", "standard_detail", "standard_map", "diagnosis", "diagnosis_carry", "diagnosis_list",
    "certificate_list", "certificate_detail", "certificate_csv", "certificate_json", "certificate_pdf",
    "verify", "verify_folio", "seal", "practice_list", "practice_detail", "practice_feed",
    "account_login", "account_logout", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent",
    "mfa_authenticate", "mfa_login_webauthn", "account_confirm_login_code",
}  # fmt: skip
STANDINS = {"folio": "NMX25-2026-0001-K", "slug": "nada", "key": "nada", "uidb36": "1", "token": "nada", "item": "1.1"}


def patterns(resolver=None, prefix=()):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix, entry
        else:
            namespace = (*prefix, entry.namespace) if entry.namespace else prefix
            yield from patterns(entry, namespace)


def is_public(view):
    return not getattr(view, "login_required", True)


def test_public_views_are_the_listed_ones():
    names = {":".join((*prefix, entry.name or "")) for prefix, entry in patterns() if is_public(entry.callback)}
    assert {name for name in names if not name.startswith("api")} == PUBLIC


def decorated():
    """Decorators of each function in our views, by module and name."""
    return {
        (path.removesuffix(".py").replace("/", "."), function.name): decorators(function)
        for path in files(".py", *ROOMS)
        for function in functions(path)
        if function in tree(path).body
    }


def own_views():
    """Namespaced name, pattern and decorators of each view that is ours."""
    known = decorated()
    for prefix, entry in patterns():
        place = (getattr(entry.callback, "__module__", ""), getattr(entry.callback, "__name__", ""))
        if place in known:
            yield ":".join((*prefix, entry.name or "")), entry, known[place]


def test_every_view_names_its_methods():
    views = list(own_views())
    assert [name for name, _, names in views if not names & METHODS] == []
    assert len(views) > 10


def standin(name):
    return STANDINS.get(name, 1)


@pytest.mark.django_db
def test_post_only_views_refuse_get(client):
    client.force_login(User.objects.create_user("quien@example.test", "x"))
    closed = [(name, entry) for name, entry, names in own_views() if "require_POST" in names]
    answered = []
    for name, entry in closed:
        url = reverse(name, kwargs={key: standin(key) for key in entry.pattern.converters or {}})
        if client.get(url).status_code != 405:
            answered.append(url)
    assert answered == []
    assert closed
