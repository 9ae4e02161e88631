"""The dry run of a new version: what was sent under any version of a standard, scored under a draft. Pure: no queries.

    Trial(draft, documents).of(past) -> Findings         # one application
    Findings: applications, verified, cases, moves, causes, gone, changes; two of them add up with ``+=``

Claims are carried by stable code. Nothing else of an application is read than what it said when it was last sent, in
the text that was frozen then (``Submission.snapshot``): a draft, and what an employer is changing now, stay private.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from certification.applications.figures import SUMMED, summed
from certification.standards.canonical import day_of
from certification.standards.document import StandardDocument
from certification.standards.enums import Claim, GateState
from certification.standards.results import Facts, LocalClaims, RequirementFact, Score, applicable_points
from certification.standards.scoring import score

CLAIMS = {claim.value: claim for claim in Claim}
NO_FIGURES: dict[str, int | None] = dict.fromkeys(SUMMED.values())


class Basis(StrEnum):
    """What was scored: what the employer claimed, what a reviewer verified, or a stored case."""

    CLAIMED = "claimed"
    VERIFIED = "verified"
    CASE = "case"


@dataclass(frozen=True)
class Past:
    """What one application said when it was last sent. ``verified`` None: nobody reviewed it."""

    folio: str
    fingerprint: str  # of the version that it follows
    claimed: Facts
    verified: Facts | None = None


@dataclass(frozen=True)
class Change:
    """Who changes level. Levels are codes, empty for none; ``causes`` and ``gone`` are codes of the documents."""

    name: str  # the folio, or the code of a stored case
    basis: str
    version: str  # of its own document
    level_before: str
    level_after: str
    points_before: str
    points_after: str
    causes: tuple[str, ...]
    gone: tuple[str, ...]  # what it says of these cannot be carried


@dataclass
class Findings:
    """``moves`` counts who goes from which level to which, also those who stay, by basis."""

    applications: int = 0
    verified: int = 0
    cases: int = 0
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # (basis, before, after)
    causes: Counter[str] = field(default_factory=Counter)  # by code: how many changes have it among their causes
    gone: Counter[str] = field(default_factory=Counter)  # by code: how many applications say something of it
    changes: list[Change] = field(default_factory=list)

    def __iadd__(self, other: Findings) -> Findings:
        self.applications += other.applications
        self.verified += other.verified
        self.cases += other.cases
        self.moves += other.moves
        self.causes += other.causes
        self.gone += other.gone
        self.changes += other.changes
        return self

    def as_data(self, most: int | None = None) -> dict[str, Any]:
        """As JSON types, with the first ``most`` changes; ``changed`` says how many there are in all."""
        return {
            "applications": self.applications,
            "verified": self.verified,
            "cases": self.cases,
            "changed": len(self.changes),
            "moves": [
                {"basis": basis, "before": before, "after": after, "count": count}
                for (basis, before, after), count in sorted(self.moves.items())
            ],
            "causes": dict(self.causes.most_common()),
            "gone": dict(self.gone.most_common()),
            "changes": [asdict(change) for change in self.changes[:most]],
        }


class Trial:
    """A draft, and by fingerprint the documents that past applications follow; both live as long as it does."""

    def __init__(self, draft: StandardDocument, documents: Mapping[str, StandardDocument]) -> None:
        self.draft = draft
        self.documents = documents
        self._kept = codes_of(draft)
        self._lost: dict[int, frozenset[str]] = {}

    def of(self, past: Past) -> Findings:
        """One application: what it claimed and, where somebody reviewed it, what was verified."""
        own = self.documents[past.fingerprint]
        found = Findings(applications=1, gone=Counter(self._gone(own, past.claimed)))
        self._score(found, (past.folio, Basis.CLAIMED), own, past.claimed)
        if past.verified is not None:
            found.verified = 1
            self._score(found, (past.folio, Basis.VERIFIED), own, past.verified)
        return found

    def of_case(self, name: str, own: StandardDocument, facts: Facts) -> Findings:
        """A stored case of ``own``: the version in force, or the draft itself."""
        found = Findings(cases=1)
        self._score(found, (name, Basis.CASE), own, facts)
        return found

    def _gone(self, own: StandardDocument, facts: Facts) -> tuple[str, ...]:
        """Codes of what is said that the draft does not know."""
        if id(own) not in self._lost:
            self._lost[id(own)] = codes_of(own) - self._kept
        return tuple(sorted(_said(facts) & self._lost[id(own)]))

    def _score(self, found: Findings, named: tuple[str, Basis], own: StandardDocument, facts: Facts) -> None:
        before, after = score(own, facts), score(self.draft, facts)
        was, now = (one.level.code if one.level else "" for one in (before, after))
        name, basis = named
        found.moves[basis.value, was, now] += 1
        if was == now:
            return
        why = causes(before, after)
        found.causes.update(why)
        change = Change(
            name=name,
            basis=basis.value,
            version=own.version,
            level_before=was,
            level_after=now,
            points_before=before.shown_points,
            points_after=after.shown_points,
            causes=why,
            gone=self._gone(own, facts),
        )
        found.changes.append(change)


def codes_of(document: StandardDocument) -> frozenset[str]:
    """Every code that something can be said of: requirements, criteria, sub-items, measures."""
    sub_items = (item.code for criterion in document.criteria for item in criterion.sub_items)
    return frozenset((*(part.code for part in document.items), *sub_items))


def _said(facts: Facts) -> set[str]:
    local = {code for own in facts.local.values() for one in own for code in one.claims}
    return local.union(facts.claims, facts.requirements, facts.measures)


# Why ----------------------------------------------------------------------------
THRESHOLD, LEVELS = "threshold", "levels"  # causes that are no code of a part
Burden = tuple[int, Fraction]  # blocks or not, and the share of all points that is not earned
NONE: Burden = (0, Fraction(0))


def causes(before: Score, after: Score) -> tuple[str, ...]:
    """Codes of what weighs more on the lower of two scores than on the higher, then what the levels ask otherwise.

    The points of a score are the whole less the burdens of its criteria, so no other criterion can have lowered it.
    """
    lower, higher = (after, before) if _is_lower(after, before) else (before, after)
    heavy, light = _burdens(lower), _burdens(higher)
    found = [code for code, burden in heavy.items() if burden > light.get(code, NONE)]
    found += [code for code, burden in light.items() if code not in heavy and burden < NONE]  # a measure that is gone
    old, new = before.document, after.document
    found += [THRESHOLD] if old.threshold != new.threshold else []
    found += [LEVELS] if _asked(old) != _asked(new) else []
    return tuple(found)


def _is_lower(one: Score, other: Score) -> bool:
    """Whether the first has the lower level; where a document does not know the other's, by points."""
    if one.level is None or other.level is None:
        return one.level is None
    codes = [level.code for level in other.document.levels]
    if one.level.code in codes:
        return codes.index(one.level.code) < codes.index(other.level.code)
    return one.points < other.points


def _burdens(scored: Score) -> dict[str, Burden]:
    """What each part takes away: a paper that blocks, points not earned, and, below nothing, a measure that is met."""
    most = applicable_points(scored.criteria) or Fraction(1)
    blocking = scored.document.critical_all_required
    found = {one.code: (int(one.state != GateState.OPEN), NONE[1]) for one in scored.requirements if one.blocks_start}
    for one in scored.criteria:
        short = (one.max_points - one.points) / most if one.applies else NONE[1]
        found[one.code] = (int(blocking and one.critical and not one.is_satisfied), short)
    return found | {one.code: (-1 if one.met else 0, NONE[1]) for one in scored.measures}


def _asked(document: StandardDocument) -> list[tuple[object, ...]]:
    return [(level.code, level.min_points, level.min_measures) for level in document.levels]


# What was sent ------------------------------------------------------------------
def facts_of(snapshot: str) -> Facts:
    """What an application said, from the canonical text that was frozen when it was sent (``snapshot.take``)."""
    said = json.loads(snapshot)
    workplaces = said["workplaces"]
    sent_at = dt.datetime.fromisoformat(said["sent_at"])
    return Facts(
        on=timezone.localdate(sent_at),
        claims=_claims(one["claims"] for one in said["answers"].values()),
        requirements={
            code: RequirementFact(present=True, issued_on=day_of(one["issued_on"]))
            for code, one in said["requirements"].items()
        },
        measures={code: bool(one["claimed"]) for code, one in said["measures"].items()},
        figures=figures_of(workplaces),
        local=_local(workplaces),
        workplaces=max(1, len(workplaces)),
    )


def figures_of(workplaces: Iterable[Mapping[str, Any]]) -> dict[str, int | None]:
    """The sums of the workforce figures that were sent; a workplace without figures is not counted."""
    rows = [SimpleNamespace(**{**NO_FIGURES, **one["figures"]}) for one in workplaces if one.get("figures")]
    return summed(rows)  # type: ignore[arg-type]  # it reads the counts, by name


def _claims(said: Iterable[Mapping[str, str]]) -> dict[str, Claim]:
    return {code: CLAIMS[value] for claims in said for code, value in claims.items()}


def _local(workplaces: Iterable[Mapping[str, Any]]) -> dict[str, tuple[LocalClaims, ...]]:
    found: dict[str, list[LocalClaims]] = defaultdict(list)
    for one in workplaces:
        for criterion, own in one.get("answers", {}).items():
            found[criterion].append(LocalClaims(one["name"], _claims([own["claims"]])))
    return {criterion: tuple(own) for criterion, own in found.items()}
