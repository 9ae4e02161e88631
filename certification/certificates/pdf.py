"""Render the certificate: one page for the wall, as many more as the sites need, PDF/A-3u and tagged.

The text of users is data: the templates escape it, and the renderer can reach nothing but the assets named here.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certification.certificates.qr import qr_svg
from certification.certificates.seal import frame, level_bars, rosette

DAY, MONTH = r"j \d\e F \d\e Y", r"F \d\e Y"
DATA_NAME = "certificado.json"
# family, package of PyPI, file, weight, style
FACES = (
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Regular.ttf", 400, "normal"),
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Semibold.ttf", 600, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", 400, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-It.ttf", 400, "italic"),
)
# Up to so many characters of a holder's name, the class of its type: the longer the smaller.
NAME_CLASSES = ((45, ""), (110, "name-long"), (180, "name-longer"), (250, "name-longest"))
LONG_LEGAL = 900  # characters of legal text that no longer fit beside the sites

# Pango and fontconfig are not safe in threads, and loading the fonts costs more than a page.
_lock = threading.Lock()


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


class ClosedFetcher(URLFetcher):
    """Serves the named assets and ``data:`` addresses; everything else, network and disk, is refused."""

    def __init__(self, assets: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=("asset", "data"), allow_redirects=False)
        self.assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.lower().startswith("asset:"):
            return super().fetch(url, headers)
        kind, content = self.assets[url.partition(":")[2]]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def render_certificate(sheet: CertificateSheet) -> bytes:
    """Return the unsigned PDF/A-3u of a certificate; the same sheet always gives the same bytes.

    The language is the one of the certificate, Spanish, whatever the reader's. The certified data are attached
    with the relationship «Data».
    """
    return write_pdf(certificate_html(sheet), sheet)


def certificate_html(sheet: CertificateSheet) -> str:
    with translation.override("es-mx"):
        return render_to_string("certification/certificates/pdf/certificate.html", _words(sheet))


def write_pdf(html: str, sheet: CertificateSheet) -> bytes:
    """Lay out the HTML of a certificate. Only one thread at a time is in here."""
    with _lock:
        fonts, style = _style()
        document = HTML(string=html, url_fetcher=ClosedFetcher(_drawings(sheet)))
        target = BytesIO()
        document.write_pdf(
            target,
            font_config=fonts,
            stylesheets=[style],
            attachments=[_attachment(sheet)],
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            pdf_identifier=bytes.fromhex(sheet.digest)[:16],
        )
    return target.getvalue()


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
        "fingerprint": " ".join(sheet.digest[i : i + 8] for i in range(0, 64, 8)),
    }


def _scope_words(sites: int, *, is_norm: bool) -> str:
    small = (_("uno"), _("dos"), _("tres"), _("cuatro"), _("cinco"), _("seis"), _("siete"), _("ocho"), _("nueve"))
    many = small[sites - 1] if 0 < sites <= len(small) else str(sites)
    where = ngettext(
        "en el sitio que se describe al reverso", "en los %(many)s sitios que se listan al reverso", sites
    ) % {"many": many}
    return _("%(where)s, cumple la") % {"where": where} if is_norm else _("%(where)s, recibe el") % {"where": where}


def _drawings(sheet: CertificateSheet) -> dict[str, tuple[str, bytes]]:
    drawings = {
        "frame.svg": frame(),
        "seal.svg": rosette(sheet.digest),
        "qr.svg": qr_svg(sheet.verify_url),
        "level.svg": level_bars(sheet.level_rank, sheet.level_count),
    }
    return {name: ("image/svg+xml", drawing.encode()) for name, drawing in drawings.items()}


def _attachment(sheet: CertificateSheet) -> Attachment:
    with translation.override("es-mx"):
        description = _("Datos certificados")
    return Attachment(
        file_obj=BytesIO(sheet.data),
        name=DATA_NAME,
        description=description,
        created=sheet.issued_at,
        modified=sheet.issued_at,
        relationship="Data",
        url_fetcher=ClosedFetcher({}),
    )


@cache
def _style() -> tuple[FontConfiguration, CSS]:
    """The one font configuration and style sheet of the process, with its fonts loaded."""
    fonts = FontConfiguration()
    return fonts, CSS(string=style_text(), font_config=fonts, url_fetcher=ClosedFetcher(font_assets()))


def style_text() -> str:
    """The style sheet of the paper, with the faces it is set in."""
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("asset:{file}"); '
        f"font-weight: {weight}; font-style: {style}; }}\n"
        for family, _package, file, weight, style in FACES
    )
    path = finders.find("css/certificado.css")
    if path is None:
        raise FileNotFoundError("static/css/certificado.css is not among the static files.")
    return faces + Path(path).read_text(encoding="utf-8")


def font_assets() -> dict[str, tuple[str, bytes]]:
    return {file: ("font/ttf", _font_path(package, file).read_bytes()) for _family, package, file, _w, _s in FACES}


def _font_path(package: str, file: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {package} is not installed. Install requirements.lock.")
    return Path(spec.origin).parent / "files" / file
