"""Standards for other programs: public, read only. The router is mounted by the portal's API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from certification.standards.document import StandardDocument
from certification.standards.enums import SchemeKind
from certification.standards.models import Standard

router = Router(tags=["standards"])

PAGE_SIZE = 20
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class StandardBrief(Schema):
    slug: str
    code: str
    version: str
    title: str
    kind: SchemeKind
    fingerprint: str  # SHA-256 of the document's canonical JSON
    published_at: dt.datetime
    url: str

    @staticmethod
    def resolve_url(standard: Standard, context: Any) -> str:
        path = reverse("standard_detail", args=[standard.slug])
        return str(context["request"].build_absolute_uri(path))


class StandardWhole(StandardBrief):
    document: StandardDocument


class StandardPage(Schema):
    total: int
    page: int
    pages: int
    items: list[StandardBrief]


class NotFound(Schema):
    detail: str


class InvalidParameter(Schema):
    parameter: str
    problem: str


class Invalid(Schema):
    """The problem of a question (fields of RFC 9457), the same for every address of the API."""

    title: str
    status: int
    detail: str
    errors: list[InvalidParameter]


@router.get("/standards", response={200: StandardPage, 422: Invalid}, url_name="standards")
def standards(
    request: HttpRequest,  # noqa: ARG001 - ninja passes it by this name
    kind: SchemeKind | None = None,
    page: PageNumber = 1,
) -> Any:
    """The standards in force, 20 a page, of one kind if asked. A page past the last one is empty."""
    found = Standard.objects.in_force().defer("content")
    if kind is not None:
        found = found.filter(kind=kind)
    pages = Paginator(found, PAGE_SIZE)
    items = pages.page(page).object_list if page <= pages.num_pages else []
    return {"total": pages.count, "page": page, "pages": pages.num_pages, "items": list(items)}


@router.get("/standards/{slug}", response={200: StandardWhole, 404: NotFound, 422: Invalid}, url_name="standard")
def standard(request: HttpRequest, slug: str) -> Any:  # noqa: ARG001
    """The version in force of a standard, with its whole document."""
    return get_object_or_404(Standard.objects.in_force(), slug=slug)
