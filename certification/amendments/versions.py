"""The published standards with all their versions and what is offered to the older ones: three queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from certification.applications.migrating.models import MigrationOffer
from certification.standards.actions import version_key
from certification.standards.models import Standard


@dataclass(frozen=True)
class Version:
    standard: Standard
    offer: MigrationOffer | None  # of the version in force, to the drafts of this one


@dataclass(frozen=True)
class Programme:
    """One standard: the version in force, then the older ones, newest first."""

    in_force: Standard
    versions: list[Version]


def programmes() -> list[Programme]:
    offers = {offer.source_id: offer for offer in MigrationOffer.objects.filter(withdrawn_at=None)}
    found: dict[str, list[Standard]] = defaultdict(list)
    for standard in Standard.objects.select_related("published_by").defer("content"):
        found[standard.code].append(standard)
    made = []
    for rows in found.values():
        rows.sort(key=lambda row: version_key(row.version), reverse=True)
        in_force = next((row for row in rows if row.is_in_force), rows[0])
        made.append(Programme(in_force, [Version(row, offers.get(row.pk)) for row in rows]))
    return made
