"""What was verified, on the employer's page of an application: {% load verified %}."""

from __future__ import annotations

from typing import Any

from django import template

from certification.applications.hub import gate_views
from certification.applications.models import Application
from certification.review.casefile import verified_score

register = template.Library()


@register.inclusion_tag("certification/review/_verified_points.html")
def verified_points(application: Application) -> dict[str, Any]:
    """Points and gates of what was verified, once there is a result: what was declared counts no more."""
    score = verified_score(application)
    return {"application": application, "score": score, "gates": gate_views(score)}
