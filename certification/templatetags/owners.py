"""Who sees to an item, beside it: {% load owners %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from certification.applications.models import Application
from certification.applications.owners.actions import can_assign
from certification.applications.owners.team import team_of
from certification.applications.permissions import is_member

register = template.Library()


@register.inclusion_tag("certification/applications/_owner.html", takes_context=True)
def owner_beside(context: Context, application: Application, code: str) -> dict[str, Any]:
    """The person who sees to an item, and the choice of another one, which is saved with the form of the page."""
    user = context["request"].user
    if not is_member(user, application):
        return {"hidden": True}
    team = team_of(application)
    return {"team": team, "owner": team.owners.get(code), "code": code, "can_assign": can_assign(user, application)}
