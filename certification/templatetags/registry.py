"""How the register puts its keys into words: {% load registry %}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.certificates.gate_words import GateWords, gate_words
from certification.certificates.models import Certificate, CertificateSite
from employers import catalogues
from employers.figures import SMALLEST_SHOWN, shown_to_public

register = template.Library()


@register.filter
def state_name(key: str) -> str:
    return catalogues.state(key).name


@register.filter
def place(site: CertificateSite) -> str:
    """«Apodaca, Nuevo León»."""
    return f"{catalogues.municipality_name(site.municipality)}, {catalogues.state(site.state).name}"


@register.filter
def activity(scian: str) -> str:
    return catalogues.scian_sector(scian).title


@register.filter
def gates_said(certificate: Certificate) -> list[GateWords]:
    """{% for gate in certificate|gates_said %}: in the reader's language as far as it is known."""
    return gate_words(certificate.data, certificate.standard.document)


@register.filter
def people(certificate: Any) -> str:
    """The staff of what has ``women`` and ``men``; so few that they could be recognised are not counted in public."""
    number = certificate.women + certificate.men
    if shown_to_public(number) is None:
        return _("menos de %(number)d personas") % {"number": SMALLEST_SHOWN}
    return ngettext("%(number)d persona", "%(number)d personas", number) % {"number": number}


@register.filter
def sites_in_words(sites: Sequence[str]) -> str:
    """«Planta Querétaro y 2 sitios más»."""
    if not sites:
        return ""
    others = len(sites) - 1
    if not others:
        return sites[0]
    rest = ngettext("%(number)d sitio más", "%(number)d sitios más", others) % {"number": others}
    return _("%(first)s y %(rest)s") % {"first": sites[0], "rest": rest}
