"""What an employer reads before it moves, and after: what changes, what is carried, and what it does to the points."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from certification.applications import dossier as dossiers
from certification.applications.migrating.actions import move_of
from certification.applications.migrating.carrying import REVISED, Kept, Line, compared_parts, kept, lines
from certification.applications.migrating.copies import take
from certification.applications.migrating.enums import Choice
from certification.applications.migrating.models import MigrationChoice, MigrationOffer
from certification.applications.models import Answer, Application, LocalAnswer, MeasureClaim, RequirementRecord
from certification.standards.enums import Change
from certification.standards.results import Score


@dataclass(frozen=True)
class Preview:
    """``before`` and ``after``: the score of the same claims under both versions, today."""

    offer: MigrationOffer
    lines: list[Line]
    before: Score
    after: Score

    @cached_property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.change != Change.SAME or line.lost]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.changed)

    @property
    def carried(self) -> int:
        """How many parts of which something is said go along."""
        return sum(1 for line in self.lines if line.is_carried)

    @property
    def counts(self) -> list[tuple[Change, int]]:
        found = ((change, sum(1 for line in self.lines if line.change == change)) for change in Change)
        return [(change, count) for change, count in found if count]


def preview(application: Application, offer: MigrationOffer, today: dt.date) -> Preview:
    """Nothing is written. A constant number of queries."""
    before, after = offer.source.document, offer.target.document
    scores = [dossiers.load(application, today, document).score for document in (before, after)]
    return Preview(offer, lines(before, after, take(application)), *scores)


def kept_by(application: Application) -> list[Kept]:
    """What it said before its moves of what its version does not ask for; of each code, as it was the last time."""
    moves = MigrationChoice.objects.filter(application=application, choice=Choice.MOVED)
    found: dict[str, Kept] = {}
    for move in moves.select_related("offer__source"):
        own = kept(move.offer.source.document, application.standard.document, move.said or {})
        found.update({one.code: one for one in own})
    return list(found.values())


def to_review(application: Application) -> dict[str, Change]:
    """What was reworded or reweighted by the move and not saved since, by code. One query where nothing moved."""
    move = move_of(application)
    if move is None:
        return {}
    parts = compared_parts(move.offer.source.document, move.offer.target.document)
    said = move.said or {}
    answered = {code for kind in ("answers", "requirements", "measures", "evidence") for code in said[kind]}
    answered |= {code for place in said["local"].values() for code in place["answers"]}
    left = answered - _saved_since(application, move.made_at)
    return {part.code: part.change for part in parts if part.change in REVISED and part.code in left}


def _saved_since(application: Application, at: dt.datetime) -> set[str]:
    fields = (
        (Answer, "criterion"),
        (LocalAnswer, "criterion"),
        (RequirementRecord, "requirement"),
        (MeasureClaim, "measure"),
    )
    found: set[str] = set()
    for model, field in fields:
        rows = model._default_manager.filter(application=application, updated_at__gt=at)
        found.update(rows.values_list(field, flat=True))
    return found
