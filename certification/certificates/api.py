"""The register for other programs: public, read only. The router is mounted by the portal's API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from certification.applications.folios import normalise
from certification.certificates import registry
from certification.certificates.enums import PublicStatus
from certification.certificates.filters import CertificateFilter
from certification.certificates.models import Certificate
from certification.standards.api import Invalid, NotFound
from employers.enums import Sector

router = Router(tags=["certificates"])

# The filters of the page go by Spanish names, those of the API by English ones.
NAMES = {
    "q": "q", "status": "estado", "standard": "norma", "level": "nivel", "state": "entidad", "sector": "sector",
    "size": "tam", "year": "anio",
}  # fmt: skip


class SiteOut(Schema):
    name: str
    state: str  # INEGI key
    municipality: str  # INEGI key


class CertificateOut(Schema):
    """The same fields as padron.json, and where to find the paper and the answer."""

    folio: str
    holder: str
    standard_code: str
    standard_slug: str
    standard_version: str
    level: str
    level_title: str
    sector: Sector
    scian: str
    size: str
    state: str  # INEGI key of the first site
    state_name: str
    sites: list[SiteOut]
    women: int | None  # null, like men, where one of the two is from 1 to 4: so few people could be recognised
    men: int | None
    body: str
    issued_on: str
    valid_until: str
    status: PublicStatus
    status_on: str | None
    status_reason: str
    is_sample: bool
    digest: str  # SHA-256 of the certified data, from which the seal is drawn
    pdf_sha256: str
    url: str
    pdf: str


class CertificatePage(Schema):
    total: int
    is_capped: bool  # there are more than total
    next: str | None  # the value of «before» for the next page; null on the last
    items: list[CertificateOut]


class Wanted(Schema):
    q: Annotated[str, Field(max_length=250)] = ""  # words of the holder's name as far as typed, or a whole folio
    status: PublicStatus | None = None
    standard: Annotated[str, Field(max_length=60)] = ""  # slug
    level: Annotated[str, Field(max_length=20)] = ""
    state: Annotated[str, Field(pattern=r"^(\d\d)?$")] = ""  # INEGI key; of any site
    sector: Sector | None = None
    size: Annotated[str, Field(max_length=10)] = ""
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    before: Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d_\d{1,18})?$")] = ""  # the «next» of the page before


@router.get("/certificates", response={200: CertificatePage, 422: Invalid}, url_name="certificates")
def certificates(request: HttpRequest, wanted: Query[Wanted]) -> Any:
    """The register, newest first, 25 a page. A value that the register does not know finds nothing."""
    data = {NAMES[name]: str(value) for name, value in wanted.dict(exclude={"before"}).items() if value}
    rows = Certificate.objects.select_related("standard", "body").defer("data", "standard__content")
    search = CertificateFilter(data, queryset=rows.prefetch_related("sites", "status_changes"))
    found = search.qs if search.form.is_valid() else rows.none()
    page = registry.page_of(found, before=wanted.before)
    total, today = registry.count_up_to(found), timezone.localdate()
    return {
        "total": min(total, registry.MOST),
        "is_capped": total > registry.MOST,
        "next": page.older or None,
        "items": [{**registry.public_row(row, today), **_links(request, row)} for row in page.rows],
    }


ONE = {200: CertificateOut, 404: NotFound, 422: Invalid}


@router.get("/certificates/{folio}", response=ONE, url_name="certificate")
def certificate(request: HttpRequest, folio: str) -> Any:
    """One certificate, by its folio."""
    rows = Certificate.objects.select_related("standard", "body").prefetch_related("sites", "status_changes")
    found = get_object_or_404(rows.defer("data", "standard__content"), folio=normalise(folio))
    return {**registry.public_row(found, timezone.localdate()), **_links(request, found)}


def _links(request: HttpRequest, certificate: Certificate) -> dict[str, str]:
    return {
        "url": request.build_absolute_uri(reverse("certificate_detail", args=[certificate.folio])),
        "pdf": request.build_absolute_uri(reverse("certificate_pdf", args=[certificate.folio])),
    }
