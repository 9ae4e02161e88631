"""What stands beside the work on every page: points, level, gates, and what separates from the next level."""

from __future__ import annotations

from dataclasses import dataclass

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.hub import durations
from certification.applications.hub.gates import GateView, gate_views
from certification.applications.readiness.participation import without_proof
from certification.standards.document import Level, Requirement
from certification.standards.languages import Words, title_of, words_of
from certification.standards.results import Missing, MissingKind, Score
from certification.standards.wording import shown
from employers.models import Employer

MOST_GAPS = 5  # the others are counted: the task list has them all


@dataclass(frozen=True)
class Gap:
    """One thing that separates from the next level, and where it is done."""

    code: str
    title: Words
    url: str
    gain: str  # points, in words; empty where it gives none
    time: str  # an estimate; empty where it is not the employer's time that counts
    is_critical: bool
    issuer: Words | None  # who issues it, where it is a letter
    where: str  # the workplaces that lack it, where others do not


@dataclass(frozen=True)
class Panel:
    score: Score
    gates: list[GateView]
    gaps: list[Gap]
    more: int  # gaps that are not shown
    time: str  # of all of them
    standard: str  # code of the standard's document: practices are looked for by it
    employer: Employer

    @property
    def codes(self) -> list[str]:
        return [gap.code for gap in self.gaps]

    @property
    def level(self) -> Level | None:
        return self.score.level

    @property
    def next_level(self) -> Level | None:
        return self.score.next_level

    @property
    def points(self) -> str:
        return self.score.shown_points

    @property
    def most(self) -> str:
        return shown(self.score.max_points)

    @property
    def threshold(self) -> str:
        return shown(self.score.threshold)

    @property
    def missing(self) -> int:
        return len(self.gaps) + self.more


def panel_of(dossier: Dossier) -> Panel:
    """Computed from the score alone: no queries."""
    scored, addresses = dossier.score, Addresses.of(dossier.application)
    minutes = sum(one.minutes for one in scored.missing)
    return Panel(
        score=scored,
        gates=gates_of(dossier),
        gaps=[_gap(one, scored, addresses) for one in scored.missing[:MOST_GAPS]],
        more=max(0, len(scored.missing) - MOST_GAPS),
        time=durations.in_words(minutes) if minutes else "",
        standard=dossier.document.code,
        employer=dossier.application.employer,
    )


def gates_of(dossier: Dossier) -> list[GateView]:
    """The three gates of what is claimed, and whether letters that open the first are still to be shown."""
    return gate_views(dossier.score, without_proof=len(without_proof(dossier)))


def _gap(one: Missing, scored: Score, addresses: Addresses) -> Gap:
    part = scored.document.item(one.code)
    return Gap(
        code=one.code,
        title=title_of(scored.document, one.code),
        url=addresses.item(one.code),
        gain=one.shown_gain if one.gain else "",
        time=durations.in_words(one.minutes) if one.minutes else "",
        is_critical=one.critical and one.kind == MissingKind.CRITERION,
        issuer=words_of(part, "issuer") if isinstance(part, Requirement) else None,
        where=str(one.sentence or "") if one.kind == MissingKind.CRITERION else "",
    )
