"""How the declaration is signed: by default with the password, asked again on the page where it is sent.

The setting DECLARATION_SIGNER names a function that takes the place of ``by_password``, for an e.firma or a service::

    def sign(digest: str, *, request: HttpRequest) -> Evidence

``digest`` is the SHA-256 (64 hexadecimal digits) of the canonical JSON that is about to be sent. It runs outside any
transaction, returns what proves the signature, and refuses with SignatureRefused and a sentence for the person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts import confirming
from accounts.refusals import ActionRefused

DEFAULT = "certification.applications.declaring.by_password"


class SignatureRefused(ActionRefused):
    """The declaration was not signed, and nothing was sent."""


@dataclass(frozen=True)
class Evidence:
    """What proves a signature: ``method`` in at most 20 characters, ``details`` as JSON. Never a secret."""

    method: str
    details: dict[str, Any] = field(default_factory=dict)


Sign = Callable[[str], Evidence]


@dataclass(frozen=True)
class Declaration:
    """What is declared, and who does it as they write it: full name and post at the employer."""

    text: str
    name: str
    charge: str

    def __post_init__(self) -> None:
        if not (self.name.strip() and self.charge.strip()):
            raise ActionRefused(_("Escribe el nombre completo y el cargo de quien firma la declaración."))


def chosen() -> Callable[..., Evidence]:
    """The function that DECLARATION_SIGNER names. Raises ImproperlyConfigured where it names none."""
    try:
        found = import_string(settings.DECLARATION_SIGNER)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"DECLARATION_SIGNER={settings.DECLARATION_SIGNER!r} cannot be imported. Write it like {DEFAULT}."
        ) from error
    if not callable(found):
        raise ImproperlyConfigured(f"DECLARATION_SIGNER={settings.DECLARATION_SIGNER!r} is not a function.")
    return found  # type: ignore[no-any-return]


def signer(request: HttpRequest) -> Sign:
    """The signer of this request, to be given a digest."""
    return partial(chosen(), request=request)


def asks_password(request: HttpRequest) -> bool:
    """Whether the page has to ask for the password now."""
    return chosen() is by_password and confirming.asks_password(request)


def by_password(digest: str, *, request: HttpRequest) -> Evidence:  # noqa: ARG001 - a password signs no digest
    """Sign with the password posted as ``password``, or with a key or code confirmed within five minutes."""
    try:
        confirmed = confirming.confirm(request)
    except ActionRefused as refusal:
        raise SignatureRefused(str(refusal)) from refusal
    return Evidence(confirmed.method, {"confirmed_at": confirmed.at.isoformat(timespec="seconds")})
