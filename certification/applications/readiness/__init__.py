"""Checking an application before it is sent: errors, warnings and hints, all at once, each with where it is mended."""

from __future__ import annotations

from certification.applications.dossier import Dossier
from certification.applications.enums import State
from certification.applications.readiness import (
    calls,
    carried,
    criteria,
    evidence,
    measures,
    observations,
    participation,
    proofs,
    workplaces,
)
from certification.applications.readiness.calls import call_notice
from certification.applications.readiness.criteria import is_answered
from certification.applications.readiness.findings import Finding, Kind, KindOfFindings, Subject, grouped

__all__ = [
    "Finding",
    "Kind",
    "KindOfFindings",
    "Subject",
    "call_notice",
    "errors",
    "grouped",
    "is_answered",
    "missing",
]


def errors(dossier: Dossier) -> list[Finding]:
    """What blocks sending, in the order of the task list. Cheap: for pages that only count it."""
    return [one for one in _all_errors(dossier) if can_be_mended(dossier, one)]


def can_be_mended(dossier: Dossier, one: Finding) -> bool:
    """With observations, only what was observed is open: the rest must not hold the answer up for ever."""
    is_closed = dossier.application.state == State.OBSERVED and one.code and one.code not in dossier.open_observations
    return not is_closed


def _all_errors(dossier: Dossier) -> list[Finding]:
    return [
        *calls.errors(dossier),
        *workplaces.errors(dossier),
        *carried.errors(dossier),
        *participation.errors(dossier),
        *criteria.errors(dossier),
        *evidence.errors(dossier),
        *proofs.findings(dossier, Kind.ERROR),
        *observations.errors(dossier),
    ]


def missing(dossier: Dossier) -> list[Finding]:
    """Everything that checking finds and can be mended: what blocks, then what may cost the result, then what helps."""
    found = [
        *_all_errors(dossier),
        *calls.warnings(dossier),
        *workplaces.warnings(dossier),
        *participation.warnings(dossier),
        *criteria.warnings(dossier),
        *evidence.warnings(dossier),
        *evidence.unmasked(dossier),
        *proofs.findings(dossier, Kind.WARNING),
        *measures.warnings(dossier),
        *calls.hints(dossier),
        *criteria.hints(dossier),
        *evidence.hints(dossier),
        *proofs.findings(dossier, Kind.HINT),
    ]
    return [one for one in found if can_be_mended(dossier, one)]
