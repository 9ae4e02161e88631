"""What the pages of an application show, prepared from the dossier: no queries here but those of the history."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse

from certification.applications import readiness
from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.hub import durations
from certification.applications.hub.gates import GateView, gate_views
from certification.applications.hub.groups import Group, declared, groups, only
from certification.applications.hub.history import history
from certification.applications.hub.items import Item, item, next_code
from certification.applications.hub.panel import Panel, gates_of, panel_of
from certification.applications.hub.tasks import workplace_names
from certification.applications.models import Application, Observation
from certification.applications.owners.team import Team
from certification.applications.status import Status, status_of
from certification.standards.languages import title_of
from certification.standards.results import Score

__all__ = [
    "GateView",
    "Group",
    "Hub",
    "Item",
    "Panel",
    "Row",
    "build",
    "declared",
    "gate_views",
    "gates_of",
    "history",
    "item",
    "next_code",
    "only",
    "panel_of",
    "profile",
    "row",
]


@dataclass(frozen=True)
class Row:
    """An application in a list."""

    application: Application
    url: str
    status: Status
    workplaces: str = ""


@dataclass(frozen=True)
class Hub:
    """The task list and all that stands around it. ``errors`` is what blocks sending."""

    status: Status
    score: Score
    panel: Panel
    groups: list[Group]
    errors: list[readiness.Finding]
    refused: list[tuple[str, str]]  # items with a file that did not pass, or no longer, each with its address
    observations: list[tuple[Observation, str]]  # each with the address where it is answered
    is_with_employer: bool
    workplaces: str  # names of the first ones, and how many more
    has_several: bool  # of them

    @property
    def time_left(self) -> str:
        """«3 h 20 min» of all groups; nothing once it is out of the employer's hands."""
        minutes = sum(group.minutes for group in self.groups)
        return durations.in_words(minutes) if minutes and self.is_with_employer else ""


def row(application: Application) -> Row:
    url = reverse("application_detail", args=[application.folio])
    return Row(application, url, status_of(application.state))


def build(dossier: Dossier, team: Team) -> Hub:
    """Everything of the hub: points, gates, gaps, the task list and what blocks sending."""
    errors, addresses = readiness.errors(dossier), Addresses.of(dossier.application)
    return Hub(
        status=status_of(dossier.application.state),
        score=dossier.score,
        panel=panel_of(dossier),
        groups=groups(dossier, team, len(errors)),
        errors=errors,
        refused=[(code, addresses.item(code)) for code in dossier.refused_items],
        observations=[(one, addresses.item(code)) for code, one in dossier.open_observations.items()],
        is_with_employer=dossier.application.is_with_employer,
        workplaces=workplace_names(dossier),
        has_several=len(dossier.workplaces) > 1,
    )


def profile(dossier: Dossier) -> list[dict[str, Any]]:
    """Points of each criterion, for the bars."""
    return [
        {
            "code": result.code,
            "title": str(title_of(dossier.document, result.code)),
            "points": _number(result.points),
            "maximum": _number(result.max_points),
            "confirmed": dossier.document.criterion(result.code).points_confirmed,
            "short": result.critical and not result.is_satisfied,
        }
        for result in dossier.score.criteria
    ]


def _number(value: Fraction) -> int | float:
    """For a chart: whole where it is whole."""
    return value.numerator if value.denominator == 1 else float(value)
