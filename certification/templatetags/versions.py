"""A newer version of a standard, on the pages of an application that may move to it or did."""

from __future__ import annotations

from typing import Any

from django import template

from certification.applications.addresses import item_address
from certification.applications.migrating.actions import concerns, last_choice, move_of, offer_for
from certification.applications.migrating.enums import Choice
from certification.applications.migrating.preview import to_review
from certification.applications.models import Application
from certification.standards.enums import Change

register = template.Library()


@register.inclusion_tag("certification/applications/_version_notice.html")
def version_notice(application: Application) -> dict[str, Any]:
    """That there is a newer version, or that the application came to it by a move; nothing for nearly all."""
    if application.submitted_at is not None or not concerns(application):
        return {}
    offer = offer_for(application)
    move = move_of(application) if offer is None else None
    last = last_choice(application) if offer else None
    has_kept = last is not None and offer is not None and last.offer_id == offer.pk and last.choice == Choice.KEPT
    return {
        "application": application,
        "offer": offer,
        "has_kept": has_kept,
        "move": move,
        "left": [(code, item_address(application, code)) for code in sorted(_to_review(application))] if move else [],
    }


@register.simple_tag
def revised(application: Application, code: str) -> str:
    """«reworded» or «reweighted» where the part changed with the move and nobody saved it since, or nothing."""
    return str(_to_review(application).get(code, ""))


def _to_review(application: Application) -> dict[str, Change]:
    """Read once for each application object."""
    if "_to_review" not in application.__dict__:
        application.__dict__["_to_review"] = to_review(application)
    found: dict[str, Change] = application.__dict__["_to_review"]
    return found
