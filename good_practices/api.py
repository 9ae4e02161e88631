"""Practices for other programs: public, read only. The router is mounted by the portal's API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from certification.standards.api import Invalid, NotFound
from employers.enums import Sector
from good_practices.models import Practice
from good_practices.search import search
from good_practices.search_sql import CAP, PAGE_SIZE

router = Router(tags=["practices"])


class PracticeBrief(Schema):
    slug: str
    title: str
    topic: str
    topic_title: str
    subtopic: str
    subtopic_title: str
    employer: str
    state: str  # INEGI key
    sector: str
    size: str
    certificate: str  # folio
    published_at: dt.datetime
    url: str

    @staticmethod
    def resolve_employer(practice: Practice) -> str:
        return practice.employer.name

    @staticmethod
    def resolve_state(practice: Practice) -> str:
        return practice.entity

    @staticmethod
    def resolve_certificate(practice: Practice) -> str:
        return practice.certificate.folio

    @staticmethod
    def resolve_url(practice: Practice, context: Any) -> str:
        path = reverse("practice_detail", args=[practice.slug])
        return str(context["request"].build_absolute_uri(path))


class PracticeWhole(PracticeBrief):
    problem: str
    action: str
    cost: str
    result: str


class PracticePage(Schema):
    total: int
    is_capped: bool  # there are more than total
    is_loose: bool  # nothing has all the words of q: these have some
    page: int
    pages: int
    suggestion: str
    items: list[PracticeBrief]


Code = Annotated[str, Field(max_length=60)]  # one that nothing has finds nothing


class Wanted(Schema):
    q: Annotated[str, Field(max_length=300)] = ""
    page: int = Field(1, ge=1, le=CAP // PAGE_SIZE)
    topic: list[Code] = Field(default_factory=list)
    subtopic: list[Code] = Field(default_factory=list)
    state: list[Annotated[str, Field(pattern=r"^(\d\d)?$")]] = Field(default_factory=list)  # INEGI keys
    sector: list[Sector] = Field(default_factory=list)
    size: list[Code] = Field(default_factory=list)


@router.get("/practices", response={200: PracticePage, 422: Invalid}, url_name="practices")
def practices(request: HttpRequest, wanted: Query[Wanted]) -> Any:  # noqa: ARG001 - the name is ninja's
    """Search the published practices, 20 a page. Repeat a facet for any of several values."""
    asked = wanted.dict(exclude={"q", "page", "state"}) | {"entity": wanted.state}
    facets = {name: [str(value) for value in values if value] for name, values in asked.items()}
    result = search(wanted.q, facets, wanted.page)
    return {
        "total": result.total,
        "is_capped": result.is_capped,
        "is_loose": result.is_loose,
        "page": result.page,
        "pages": result.pages,
        "suggestion": result.suggestion,
        "items": result.hits,
    }


@router.get("/practices/{slug}", response={200: PracticeWhole, 404: NotFound, 422: Invalid}, url_name="practice")
def practice(request: HttpRequest, slug: str) -> Any:  # noqa: ARG001 - the name is ninja's
    """One published practice with its texts."""
    found = Practice.objects.visible_to(AnonymousUser()).select_related("employer", "certificate")
    return get_object_or_404(found, slug=slug)
