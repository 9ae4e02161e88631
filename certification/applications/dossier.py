"""Everything an application says, read in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from django.utils import timezone

from certification.applications.enums import State
from certification.applications.figures import figures_that_count, summed
from certification.applications.local_answers import LocalAnswers, Statement, in_force
from certification.applications.models import (
    WITH_EMPLOYER,
    Answer,
    Application,
    CriterionAnswer,
    EvidenceUse,
    LocalAnswer,
    MeasureClaim,
    Observation,
    RequirementRecord,
)
from certification.applications.renewing.lookup import begun_with
from certification.applications.renewing.models import Renewal
from certification.evidence.ages import newest_day
from certification.evidence.enums import REFUSED
from certification.standards.document import StandardDocument
from certification.standards.enums import Claim
from certification.standards.results import Facts, LocalClaims, RequirementFact, Score
from certification.standards.scoring import score
from certification.standards.workplaces import combined
from employers.models import WorkforceFigures, Workplace

_scored: dict[tuple[str, str], Score] = {}
_guard = Lock()
MOST_SCORES = 32  # of the applications that this process worked at last: some hundred kB each where they are large


def scored(document: StandardDocument, fingerprint: str, facts: Facts) -> Score:
    """``scoring.score``, remembered by all that it depends on: pages are read more often than answers change."""
    key = (fingerprint, repr(facts))
    with _guard:
        made = _scored.pop(key, None)
    made = made or score(document, facts)
    with _guard:
        _scored[key] = made  # now the newest; the oldest goes first
        while len(_scored) > MOST_SCORES:
            _scored.pop(next(iter(_scored)))
    return made


def forget_scores() -> None:
    """For measuring and tests: the next score is computed."""
    with _guard:
        _scored.clear()


class Paper(NamedTuple):
    """A document as it is used for an item. ``PAPER_FIELDS`` say where each field stands."""

    item: str
    document: int
    title: str
    issued_on: dt.date | None
    proves_until: dt.date | None
    kind: str
    pointer: str
    shows: str
    pages: int | None
    workplace: int | None  # None: it serves all of them
    state: str

    @classmethod
    def of(cls, use: EvidenceUse) -> Paper:
        return cls(*attrgetter(*(path.replace("__", ".") for path in PAPER_FIELDS))(use))

    @property
    def newest_day(self) -> dt.date | None:
        return newest_day(self.issued_on, self.proves_until)


PAPER_FIELDS = (
    "item",
    "document_id",
    "document__title",
    "document__issued_on",
    "document__proves_until",
    "document__kind",
    "pointer",
    "shows",
    "revision__pages",
    "workplace_id",
    "revision__state",
)


@dataclass(frozen=True)
class Dossier:
    """The claims of an application as they stand. ``on`` is the day at which ages are computed."""

    application: Application
    document: StandardDocument
    on: dt.date
    workplaces: tuple[Workplace, ...]
    workforce: tuple[WorkforceFigures, ...]
    answers: dict[str, Answer]
    local: LocalAnswers
    requirements: dict[str, RequirementRecord]
    measures: dict[str, MeasureClaim]
    observations: tuple[Observation, ...]

    @cached_property
    def uses(self) -> dict[str, list[EvidenceUse]]:
        """Every use of a document by item, with its models: for what shows files, one query when it is asked for."""
        found: dict[str, list[EvidenceUse]] = defaultdict(list)
        rows = self.application.evidence_uses.saying_undecided()
        for use in rows.select_related("document", "revision", "workplace"):
            if self.document.item(use.item):
                found[use.item].append(use)
        return dict(found)

    @cached_property
    def papers(self) -> dict[str, list[Paper]]:
        """The same without models, for what only counts and checks: a tenth of the time where there are hundreds."""
        found: dict[str, list[Paper]] = defaultdict(list)
        for row in self.application.evidence_uses.values_list(*PAPER_FIELDS):
            paper = Paper(*row)
            if self.document.item(paper.item):
                found[paper.item].append(paper)
        return dict(found)

    @property
    def refused_items(self) -> list[str]:
        """Codes of the items with a refused file; one that passed once may be known as harmful since."""
        return [code for code, papers in self.papers.items() if any(paper.state in REFUSED for paper in papers)]

    @cached_property
    def figures(self) -> dict[str, int | None]:
        return summed(self.workforce)

    @cached_property
    def facts(self) -> Facts:
        """What the employer claims, as the scoring function reads it."""
        return Facts(
            claims={code: claim for answer in self.answers.values() for code, claim in _claims(answer).items()},
            requirements={
                code: RequirementFact(issued_on=record.issued_on, present=True)
                for code, record in self.requirements.items()
            },
            measures={code: bool(claim.is_claimed) for code, claim in self.measures.items()},
            figures=self.figures,
            on=self.on,
            local={code: tuple(_local_claims(one) for one in own.values()) for code, own in self.local.items()},
            workplaces=len(self.workplaces),
        )

    @cached_property
    def counted(self) -> Facts:
        """The same, where workplaces answer otherwise with the claims that count for all of them."""
        return combined(self.document, self.facts)

    @cached_property
    def score(self) -> Score:
        return scored(self.document, self.application.standard.fingerprint, self.facts)

    def statements(self, code: str) -> list[Statement]:
        """Everything that is claimed of a criterion: by the employer where it still counts, then by workplaces."""
        if code not in self._stated:
            own = self.local.get(code, {})
            rest = tuple(place for place in self.workplaces if place.pk not in own) if own else self.workplaces
            general = [Statement(self.answers.get(code), rest)] if rest or not own else []
            self._stated[code] = [*general, *(Statement(answer, (answer.workplace,)) for answer in own.values())]
        return self._stated[code]

    @cached_property
    def _stated(self) -> dict[str, list[Statement]]:
        """What ``statements`` said: a page asks it five times of each criterion."""
        return {}

    def claims_something(self, code: str) -> bool:
        """Whether a criterion is met at least in part somewhere: then there is something to prove."""
        return any(one.claims_something for one in self.statements(code))

    def without_evidence(self, code: str) -> list[Workplace]:
        """Where something is claimed of a criterion that has evidence, but none that serves there."""
        papers = self.papers.get(code, [])
        served = {paper.workplace for paper in papers}
        if not papers or None in served:
            return []
        claimed = {place.pk for one in self.statements(code) if one.claims_something for place in one.workplaces}
        return [place for place in self.workplaces if place.pk in claimed - served]

    def lacks_evidence(self, code: str) -> bool:
        return bool(self.without_evidence(code)) or (self.claims_something(code) and not self.papers.get(code))

    @cached_property
    def renewal(self) -> Renewal | None:
        """How the draft began, where it renews something: one query, when it is asked for."""
        return begun_with(self.application)

    def carried_from(self, code: str, workplace: int | None = None) -> str:
        """The folio that an answer was carried from; nothing once somebody saved it or said that it is still so."""
        general = self.answers.get(code) or self.requirements.get(code) or self.measures.get(code)
        row = self.local.get(code, {}).get(workplace) if workplace else general
        is_carried = row and self.renewal and row.updated_at <= self.renewal.opened_at
        return self.renewal.source.folio if is_carried and self.renewal else ""

    def is_carried(self, code: str) -> bool:
        """Whether something of an item that counts waits to be confirmed."""
        if self.renewal is None:
            return False
        places = (one.workplace for one in self.statements(code))
        return any(self.carried_from(code, place.pk if place else None) for place in places)

    @cached_property
    def open_observations(self) -> dict[str, Observation]:
        """What is to be answered in the current round, by item."""
        return {one.item: one for one in self.observations if one.round == self.application.round}


def _local_claims(answer: LocalAnswer) -> LocalClaims:
    return LocalClaims(answer.workplace.name, _claims(answer))


def _claims(answer: CriterionAnswer) -> dict[str, Claim]:
    """A word that is no claim (any more) counts as unanswered: neither page nor export breaks over it."""
    return {code: Claim(value) for code, value in answer.claims.items() if value in Claim.values}


def reference_day(application: Application, today: dt.date) -> dt.date:
    """The day at which ages are computed: today in the employer's hands, afterwards the day it was last sent.

    A long review must not make a paper expire that was in force when it was sent.
    """
    if application.state in (*WITH_EMPLOYER, State.LAPSED) or not application.submitted_at:
        return today
    return sent_on(application)


def sent_on(application: Application) -> dt.date:
    """The day of the last submission; today for what was never sent."""
    last = application.submissions.order_by("-round").values_list("submitted_at", flat=True).first()
    return timezone.localdate(last or application.submitted_at)


def current(application: Application, today: dt.date) -> Dossier:
    """The claims of an application as its pages show them today."""
    return load(application, reference_day(application, today))


def load(application: Application, on: dt.date, document: StandardDocument | None = None) -> Dossier:
    """Read the claims of one application in a constant number of queries.

    ``document``: as if it followed that version. What a version does not ask for is none of the dossier: it stays in
    its rows (``migrating``), and is neither counted nor sent.
    """
    document = document or application.standard.document
    workplaces, criteria = tuple(application.workplaces.all()), {part.code for part in document.criteria}
    papers = {part.code for part in document.participation_requirements}
    measures = {part.code for part in document.measures}
    answers = application.answers.all()
    records = application.requirement_records.filter(is_present=True)
    claims = application.measure_claims.exclude(is_claimed=None)
    return Dossier(
        application=application,
        document=document,
        on=on,
        workplaces=workplaces,
        workforce=tuple(figures_that_count((workplace.pk for workplace in workplaces), on)),
        answers={answer.criterion: answer for answer in answers if answer.criterion in criteria},
        local={code: own for code, own in in_force(application, workplaces).items() if code in criteria},
        requirements={record.requirement: record for record in records if record.requirement in papers},
        measures={claim.measure: claim for claim in claims if claim.measure in measures},
        observations=tuple(application.observations.all()),
    )
