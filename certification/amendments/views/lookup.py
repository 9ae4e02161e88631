"""Finding the text that a manager asks for; whoever is no manager is refused before anything is looked up."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import person
from accounts.permissions import require_manager
from certification.amendments.models import StandardDraft


def visible_draft(request: HttpRequest, pk: int) -> StandardDraft:
    require_manager(request.user)
    drafts = StandardDraft.objects.visible_to(person(request))
    found: StandardDraft = get_object_or_404(
        drafts.select_related("uploaded_by", "proposed_by", "decided_by", "standard").defer("standard__content"), pk=pk
    )
    return found
