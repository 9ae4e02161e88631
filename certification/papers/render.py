"""Render papers: PDF/A-3u, tagged, in the fonts and style sheets of the project and in nothing else.

The text of users is data: the templates escape it, and the renderer can reach nothing but the assets named here.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# family, package of PyPI, file, weight, style
FACES = (
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Regular.ttf", 400, "normal"),
    ("Source Sans Pro", "font_source_sans_pro", "SourceSansPro-Semibold.ttf", 600, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", 400, "normal"),
    ("Source Serif Pro", "font_source_serif_pro", "SourceSerifPro-It.ttf", 400, "italic"),
)

# Pango and fontconfig are not safe in threads, and loading the fonts costs more than a page.
_lock = threading.Lock()


@dataclass(frozen=True)
class AttachedData:
    """A file inside the paper, with the relationship «Data»: what the paper says, for machines."""

    name: str
    description: str
    content: bytes
    at: dt.datetime


@dataclass(frozen=True)
class Paper:
    """What is laid out. ``style`` names a sheet of ``static/css``; ``drawings`` are SVG, reached as ``asset:name``.

    ``identifier`` is of 16 bytes: equal papers with equal identifiers give equal bytes.
    """

    html: str
    style: str
    identifier: bytes
    drawings: Mapping[str, str] = field(default_factory=dict)
    data: AttachedData | None = None


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


def render(paper: Paper) -> bytes:
    """Return the unsigned PDF/A-3u; the same paper always gives the same bytes. One thread at a time is in here."""
    with _lock:
        fonts, faces = _faces()
        document = HTML(string=paper.html, url_fetcher=ClosedFetcher(drawn(paper)))
        target = BytesIO()
        document.write_pdf(
            target,
            font_config=fonts,
            stylesheets=[faces, _style(paper.style)],
            attachments=attachments(paper),
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            pdf_identifier=paper.identifier,
        )
    return target.getvalue()


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def drawn(paper: Paper) -> dict[str, tuple[str, bytes]]:
    """The drawings of a paper, as its fetcher serves them."""
    return {name: ("image/svg+xml", drawing.encode()) for name, drawing in paper.drawings.items()}


def attachments(paper: Paper) -> list[Attachment]:
    data = paper.data
    if data is None:
        return []
    attached = Attachment(
        file_obj=BytesIO(data.content),
        name=data.name,
        description=data.description,
        created=data.at,
        modified=data.at,
        relationship="Data",
        url_fetcher=ClosedFetcher({}),
    )
    return [attached]


@cache
def _faces() -> tuple[FontConfiguration, CSS]:
    """The one font configuration of the process, with the faces of all papers loaded."""
    fonts = FontConfiguration()
    return fonts, CSS(string=faces_text(), font_config=fonts, url_fetcher=ClosedFetcher(font_assets()))


@cache
def _style(name: str) -> CSS:
    return CSS(string=style_text(name), font_config=_faces()[0], url_fetcher=ClosedFetcher({}))


def faces_text() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("asset:{file}"); '
        f"font-weight: {weight}; font-style: {style}; }}\n"
        for family, _package, file, weight, style in FACES
    )


def style_text(name: str) -> str:
    return _static_text(f"css/{name}.css")


@cache
def picture(name: str) -> str:
    """A picture of ``static/img``, as SVG, to be among the drawings of a paper."""
    return _static_text(f"img/{name}.svg")


def _static_text(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(f"static/{name} is not among the static files.")
    return Path(path).read_text(encoding="utf-8")


def font_assets() -> dict[str, tuple[str, bytes]]:
    return {file: ("font/ttf", _font_path(package, file).read_bytes()) for _family, package, file, _w, _s in FACES}


def _font_path(package: str, file: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {package} is not installed. Install requirements.lock.")
    return Path(spec.origin).parent / "files" / file
