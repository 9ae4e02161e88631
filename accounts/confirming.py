"""Confirming again that it is the person who is logged in, on the page where it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import person
from accounts.refusals import ActionRefused
from accounts.second_factor import page_to_pass

FRESH = dt.timedelta(minutes=5)  # what was confirmed longer ago is asked again
OTHER_WAY = "other_way"  # name of the button «con mi llave o mi código»


@dataclass(frozen=True)
class Confirmation:
    """``method`` is password, totp, recovery_codes or webauthn."""

    method: str
    at: dt.datetime


def lately_confirmed(request: HttpRequest) -> Confirmation | None:
    """The last time the person confirmed in this session, within FRESH. Logging in alone is none."""
    records = [one for one in get_authentication_records(request, person(request)) if one.get("reauthenticated")]
    if not records:
        return None
    at = dt.datetime.fromtimestamp(records[-1]["at"], tz=dt.UTC)
    if timezone.now() - at > FRESH:
        return None
    return Confirmation(records[-1].get("type") or records[-1]["method"], at)


def asks_password(request: HttpRequest) -> bool:
    """Whether the page has to ask for the password now."""
    if OTHER_WAY in request.POST:
        return False
    return person(request).has_usable_password() and lately_confirmed(request) is None


def confirm(request: HttpRequest) -> Confirmation:
    """What was confirmed lately; otherwise the password posted as ``password``, or the page of the key or code.

    Raises ActionRefused, or ImmediateHttpResponse to lead to that page. Call it outside a transaction.
    """
    lately = lately_confirmed(request)
    if lately is not None:
        return lately
    if OTHER_WAY in request.POST or not person(request).has_usable_password():
        confirm_otherwise(request)
    return confirm_by_password(request, request.POST.get("password", ""))


def words_of_page(request: HttpRequest, *, asks: bool) -> dict[str, Any]:
    """What the page says of it: what was confirmed lately, and the button of the other way where one ``asks``."""
    has_other_way = asks and is_mfa_enabled(person(request))
    return {"confirmed": lately_confirmed(request), "other_way": OTHER_WAY if has_other_way else ""}


def confirm_by_password(request: HttpRequest, password: str) -> Confirmation:
    """Check the password that was typed on this page. Tries are counted, here and at the door alike.

    Raises ActionRefused. Call it outside a transaction: one that is undone would undo the count.
    """
    user, adapter = person(request), get_adapter(request)
    count_try(request, "reauthenticate")
    try:
        is_right = adapter.reauthenticate(user, password)
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    if not is_right:
        raise ActionRefused(_("La contraseña no es correcta. Escríbela otra vez; lo demás sigue aquí."))
    return Confirmation("password", timezone.now())


def count_try(request: HttpRequest, action: str) -> None:
    """Count what a person does too often, by the rate of ``ACCOUNT_RATE_LIMITS``. Raises ActionRefused beyond it."""
    if not ratelimit.consume(request, action=action, user=person(request)):
        raise ActionRefused(str(get_adapter(request).error_messages["rate_limited"]))


def confirm_otherwise(request: HttpRequest) -> NoReturn:
    """Lead to the page of the code or the key; what was sent is kept and goes on from there by itself.

    Raises ImmediateHttpResponse, which allauth's middleware answers, or ActionRefused where there is no other way.
    """
    user = person(request)
    if not is_mfa_enabled(user):
        raise ActionRefused(_("Tu cuenta no tiene contraseña. Ponle una en «Mi cuenta» y vuelve aquí."))
    kept: QueryDict = request.POST.copy()
    kept.pop("password", None)  # what is kept lies in the session
    request.POST = kept  # type: ignore[assignment]
    raise ImmediateHttpResponse(suspend_request(request, reverse(page_to_pass(user))))
