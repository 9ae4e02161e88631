"""«Aceptada antes», beside documents and evidence: {% load accepted %}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import QuerySet

from certification.applications.library.uses import Row
from certification.applications.models import Application, EvidenceUse
from certification.evidence.models import Document, Revision
from certification.review.accepted import Accepted, by_content, by_document
from employers.models import Employer

register = template.Library()


Found = dict[str, list[Accepted]]


@register.simple_tag
def accepted_in_library(employer: Employer, *documents: Document, rows: Iterable[Row] = ()) -> Found:
    """What the files of documents, or of lines of the library, were accepted for; one query."""
    shown = [*documents, *(row.document for row in rows)]
    return by_content(employer.pk, {revision.sha256 for document in shown for revision in document.revisions.all()})


@register.simple_tag
def accepted_elsewhere(application: Application, uses: Iterable[EvidenceUse]) -> Found:
    """The same for the evidence of an item, but for what is accepted in the application itself."""
    return by_content(application.employer_id, {use.revision.sha256 for use in uses}, besides=application)


@register.inclusion_tag("certification/review/_accepted.html")
def accepted_before(found: Found, revision: Revision | None) -> dict[str, Any]:
    return {"accepted": found.get(revision.sha256, []) if revision else []}


@register.inclusion_tag("certification/review/_accepted_choices.html")
def accepted_choices(application: Application, documents: QuerySet[Document]) -> dict[str, Any]:
    """Which of the documents that can be chosen were accepted before."""
    return {"found": by_document(application.employer_id, documents, besides=application)}
