"""Whether this very session passed the second factor: having one is not enough, an older session never saw it."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User

SET_UP_KEY = "second_factor_set_up_by"


def has_passed(request: HttpRequest, user: User) -> bool:
    """Whether the person gave a code or a key in this session, or set up the first factor in it."""
    records = get_authentication_records(request, user)
    return request.session.get(SET_UP_KEY) == user.pk or any(record["method"] == "mfa" for record in records)


def page_to_pass(user: User) -> str:
    """The page where the person gives the code, or the key when there is no application of codes."""
    has_codes = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).exists()
    return "mfa_reauthenticate" if has_codes else "mfa_reauthenticate_webauthn"


def address_to_pass(user: User, *, next_page: str) -> str:
    return f"{reverse(page_to_pass(user))}?{urlencode({'next': next_page})}"


@receiver(authenticator_added)
def trust_only_this_session(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    """The first factor counts as passed where it was set up, and ends every session that was opened without one.

    A further factor proves nothing: adding it takes the password alone.
    """
    real = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES or real.exclude(pk=authenticator.pk).exists():
        return
    request.session[SET_UP_KEY] = user.pk
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
