"""Where documents are used and until when they serve: {% load library %}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from certification.applications.library import uses
from certification.evidence.models import Document
from employers.models import Employer

register = template.Library()


@register.simple_tag
def library_rows(employer: Employer, documents: Sequence[Document]) -> list[uses.Row]:
    """The documents of a page, each with its uses and its life."""
    return uses.rows_of(employer, list(documents))


@register.inclusion_tag("certification/applications/library/_uses.html", takes_context=True)
def document_uses(context: Context, document: Document) -> dict[str, Any]:
    """Every use of a document, with links, and until when it serves."""
    return {"found": uses.uses_of(document, context["request"].user), "lives": uses.lives_of(document)}
