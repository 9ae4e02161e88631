"""Render the certificate: one page for the wall, as many more as the sites need, PDF/A-3u and tagged."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.papers.qr import qr_svg
from certification.papers.render import AttachedData, Paper, render
from certification.papers.seal import frame, level_bars, rosette
from certification.papers.words import DAY, MONTH, in_groups

DATA_NAME = "certificado.json"
# Up to so many characters of a holder's name, the class of its type: the longer the smaller.
NAME_CLASSES = ((45, ""), (110, "name-long"), (180, "name-longer"), (250, "name-longest"))
LONG_LEGAL = 900  # characters of legal text that no longer fit beside the sites


@dataclass(frozen=True)
class SiteLine:
    name: str
    address: str
    people: int


@dataclass(frozen=True)
class GateLine:
    """A row of «how the level was reached», in words: ``figure`` is a text such as «5 de 5» or «84°»."""

    title: str
    text: str
    figure: str


@dataclass(frozen=True)
class CertificateSheet:
    """All that the paper says. ``data`` is the canonical JSON of the certified data, ``digest`` its SHA-256."""

    folio: str
    holder: str
    body_name: str
    body_note: str
    standard_title: str
    standard_code: str
    is_norm: bool
    level_title: str
    level_rank: int  # 1 for the lowest
    level_count: int
    issued_at: dt.datetime
    issued_on: dt.date
    valid_until: dt.date
    decided_on: dt.date
    notified_on: dt.date | None
    surveillance_on: dt.date | None
    sites: tuple[SiteLine, ...]
    gates: tuple[GateLine, ...]
    legal_basis: str
    office: str
    signatory_charge: str
    appeal: str
    verify_url: str
    data: bytes
    digest: str
    is_sample: bool = False
    has_working_values: bool = False

    @property
    def people(self) -> int:
        return sum(site.people for site in self.sites)


def render_certificate(sheet: CertificateSheet) -> bytes:
    """Return the unsigned PDF/A-3u of a certificate; the same sheet always gives the same bytes.

    The language is the one of the certificate, Spanish, whatever the reader's. The certified data are attached
    with the relationship «Data».
    """
    return render(paper_of(sheet))


def paper_of(sheet: CertificateSheet) -> Paper:
    with translation.override("es-mx"):
        return Paper(
            html=render_to_string("certification/certificates/pdf/certificate.html", _words(sheet)),
            style="certificado",
            identifier=bytes.fromhex(sheet.digest)[:16],
            drawings=_drawings(sheet),
            data=AttachedData(DATA_NAME, _("Datos certificados"), sheet.data, sheet.issued_at),
        )


def _words(sheet: CertificateSheet) -> dict[str, object]:
    legal = len(sheet.legal_basis) + len(sheet.appeal) + len(sheet.office)
    return {
        "sheet": sheet,
        "day": DAY,
        "month": MONTH,
        "created": sheet.issued_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "name_class": next(name for most, name in NAME_CLASSES if len(sheet.holder) <= most),
        # A word of one or two letters stays with the next one: no line ends in «y» or «No».
        "standard_title": re.sub(r"\b(\w{1,2}) ", "\\1\N{NO-BREAK SPACE}", sheet.standard_title),
        "scope_words": _scope_words(len(sheet.sites), is_norm=sheet.is_norm),
        "verify_words": sheet.verify_url.partition("://")[2].partition("/")[0] + "/verificar",
        "has_long_legal": legal > LONG_LEGAL,
        "fingerprint": in_groups(sheet.digest),
    }


def _scope_words(sites: int, *, is_norm: bool) -> str:
    small = (_("uno"), _("dos"), _("tres"), _("cuatro"), _("cinco"), _("seis"), _("siete"), _("ocho"), _("nueve"))
    many = small[sites - 1] if 0 < sites <= len(small) else str(sites)
    where = ngettext(
        "en el sitio que se describe al reverso", "en los %(many)s sitios que se listan al reverso", sites
    ) % {"many": many}
    return _("%(where)s, cumple la") % {"where": where} if is_norm else _("%(where)s, recibe el") % {"where": where}


def _drawings(sheet: CertificateSheet) -> dict[str, str]:
    return {
        "frame.svg": frame(),
        "seal.svg": rosette(sheet.digest),
        "qr.svg": qr_svg(sheet.verify_url),
        "level.svg": level_bars(sheet.level_rank, sheet.level_count),
    }
