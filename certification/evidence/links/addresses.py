"""Addresses of public web pages. They are looked at as text: the portal never asks for a page, nor for its name."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEDIA_TYPE = "text/uri-list"
LONGEST = 500
# Names that stand for no public site (RFC 6761, RFC 6762, RFC 8375 and what networks of offices use).
PRIVATE_ENDS = ("localhost", "local", "internal", "intranet", "lan", "corp", "home", "home.arpa", "test", "invalid")
NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
UNSAFE = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def public_address(typed: str) -> str:
    """Return the address as it is kept: scheme and host in small letters, the rest as it was typed.

    Raises ValidationError, with what to write instead, for whatever is not a public page of http or https.
    """
    text = typed.strip()
    if len(text) > LONGEST:
        raise ValidationError(_("La dirección pasa de %(most)d letras. Usa una más corta.") % {"most": LONGEST})
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    if UNSAFE.search(text) or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise _not_an_address()
    if "@" in parts.netloc:
        raise ValidationError(_("La dirección lleva usuario o contraseña. Quítalos: quien revisa debe poder abrirla."))
    if not _is_public(parts.hostname):
        raise ValidationError(_("Esa dirección sólo se abre en tu red. Pon una que cualquiera pueda abrir."))
    return _canonical(parts)


def _canonical(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def _is_public(host: str) -> bool:
    name = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    labels = name.split(".")
    # A last label that is a number makes browsers read the whole as one: 127.1 or 0x7f000001 (WHATWG URL, 3.5).
    if len(labels) < 2 or "" in labels or NUMBER.fullmatch(labels[-1]):
        return False
    return not any(name == end or name.endswith(f".{end}") for end in PRIVATE_ENDS)


def content_of(link: str, seen_on: dt.date) -> bytes:
    """What is kept and hashed of a page: when it was seen, and its address (RFC 2483, section 5)."""
    return f"# {seen_on.isoformat()}\r\n{link}\r\n".encode()


def name_of(link: str) -> str:
    """Host and path, for a title where nobody gave one."""
    parts = urlsplit(link)
    return f"{parts.hostname}{parts.path.rstrip('/')}"


def _not_an_address() -> ValidationError:
    return ValidationError(_("Eso no es la dirección de una página. Cópiala completa, con https:// al principio."))
