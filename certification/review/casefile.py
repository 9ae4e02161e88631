"""A file as the programme sees it: every item with its claim and its verdict, and the score of both."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from certification.applications import dossier as dossiers
from certification.applications.differences import OwnAnswer, general_word, own_answers
from certification.applications.dossier import Dossier
from certification.applications.figures import WorkplaceFigures, by_workplace
from certification.applications.models import Answer, Application, EvidenceUse, Observation
from certification.applications.requirements import Letter, letters
from certification.applications.sent import BACK, as_sent
from certification.review.enums import ItemKind
from certification.review.items import Item, items_of
from certification.review.models import Verdict
from certification.review.reasons import is_negative
from certification.review.verified import Found, verified_facts
from certification.standards.enums import Claim
from certification.standards.scoring import Score, score


@dataclass(frozen=True)
class Line:
    """One item of the file. ``claim`` None: the employer said nothing of it."""

    item: Item
    claim: Claim | None
    claims: dict[str, str]
    note: str
    verdict: Verdict | None
    uses: list[EvidenceUse]
    observations: list[Observation]
    changed_at: dt.datetime | None
    own_answers: list[OwnAnswer]  # of workplaces that answer otherwise; ``claims`` are those that count
    general: str = ""  # what the other workplaces claim, where some answer otherwise
    is_back: bool = False  # with the employer: what is typed now is read once it is sent
    issued_on: dt.date | None = None  # of a requirement: the day that the employer says its document bears
    letter: Letter | None = None  # the same where its age counts

    @property
    def has_other_days(self) -> bool:
        """No document that is attached is of the day that was declared: the gate counts from the declared one."""
        return self.issued_on is not None and all(use.document.issued_on != self.issued_on for use in self.uses)

    @property
    def code(self) -> str:
        return self.item.code

    @property
    def is_needed(self) -> bool:
        """Everything is verified but the measures that nobody claims: there is nothing to verify in them."""
        return self.item.kind != ItemKind.MEASURE or self.claim == Claim.MET

    @property
    def is_stale(self) -> bool:
        """The employer changed it after the verdict: it has to be looked at again."""
        if self.verdict is None or self.changed_at is None:
            return False
        return self.verdict.updated_at < self.changed_at

    @property
    def is_pending(self) -> bool:
        return self.is_needed and (self.verdict is None or self.is_stale)

    @property
    def is_refused(self) -> bool:
        return self.verdict is not None and is_negative(self.verdict.outcome)

    @property
    def differs(self) -> bool:
        """The verdict is not what was claimed: worth a second look by whoever decides."""
        return self.verdict is not None and self.verdict.outcome != self.claim


@dataclass(frozen=True)
class CaseFile:
    dossier: Dossier
    items: tuple[Item, ...]
    verdicts: dict[str, Verdict]

    @property
    def application(self) -> Application:
        return self.dossier.application

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        observed: dict[str, list[Observation]] = defaultdict(list)
        for one in self.dossier.observations:
            observed[one.item].append(one)
        aged = letters(self.dossier)
        return tuple(
            _line(self.dossier, item, self.verdicts.get(item.code), observed[item.code], letter=aged.get(item.code))
            for item in self.items
        )

    @cached_property
    def needed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_needed)

    @cached_property
    def pending(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_pending)

    @cached_property
    def workforce(self) -> list[WorkplaceFigures]:
        """Each workplace with its figures, what was asked about them and what was answered."""
        return by_workplace(self.dossier.workplaces, self.dossier.workforce)

    @property
    def computed(self) -> set[str]:
        """Codes of the measures that are ratios of the figures."""
        return {measure.code for measure in self.claimed.measures if measure.target is not None}

    @property
    def refused(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_refused)

    @property
    def with_refused_files(self) -> list[Line]:
        """Lines with a file that passed when it was sent and is known as harmful since."""
        return [line for line in self.lines if any(use.revision.is_refused for use in line.uses)]

    @property
    def may_observe(self) -> bool:
        """Whether the standard's rounds of corrections are not used up."""
        rounds = self.dossier.document.rounds
        return rounds is None or self.application.round <= rounds.max

    @property
    def done(self) -> int:
        return len(self.needed) - len(self.pending)

    @cached_property
    def claimed(self) -> Score:
        return self.dossier.score

    @cached_property
    def verified(self) -> Score:
        """The one scoring function over what was verified: what has no verdict counts for nothing."""
        issued = {code: record.issued_on for code, record in self.dossier.requirements.items()}
        found = (Found(code, verdict.claims, verdict.outcome) for code, verdict in self.verdicts.items())
        document, figures, on = self.dossier.document, self.dossier.figures, self.dossier.on
        return score(document, verified_facts(document, found, issued=issued, figures=figures, on=on))

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)

    def neighbours(self, code: str) -> tuple[Line | None, Line | None]:
        """The items before and after one."""
        codes = [line.code for line in self.lines]
        at = codes.index(code)
        return (self.lines[at - 1] if at else None, self.lines[at + 1] if at + 1 < len(codes) else None)

    def next_pending(self, code: str) -> Line | None:
        """The first item still to verify after ``code``, or from the start; None when all are done."""
        codes = [line.code for line in self.lines]
        at = codes.index(code) if code in codes else -1
        ahead = [line for line in self.lines[at + 1 :] if line.is_pending]
        behind = [line for line in self.pending if line.code != code]
        return next(iter([*ahead, *behind]), None)


def load(application: Application) -> CaseFile:
    """Read the file in a constant number of queries. Ages are computed on the day it was last sent.

    While the employer has it back it is what was sent: what is being answered is read once it is sent (``as_sent``).
    """
    dossier = as_sent(dossiers.load(application, dossiers.sent_on(application)))
    verdicts = {verdict.item: verdict for verdict in application.verdicts.select_related("reviewer")}
    return CaseFile(dossier=dossier, items=items_of(dossier.document), verdicts=verdicts)


def verified_score(application: Application) -> Score:
    """Points, gates and level of what the reviewer verified, by the same function as the employer's own."""
    return load(application).verified


def _line(
    dossier: Dossier, item: Item, verdict: Verdict | None, observations: list[Observation], *, letter: Letter | None
) -> Line:
    uses = dossier.uses.get(item.code, [])
    claim, claims, note, changed = _CLAIMS[item.kind](dossier, item.code)
    moments = [changed, *(use.created_at for use in uses), *(one.answered_at for one in observations)]
    return Line(
        item=item,
        claim=claim,
        claims=claims,
        note=note,
        verdict=verdict,
        uses=uses,
        observations=observations,
        changed_at=max((moment for moment in moments if moment), default=None),
        own_answers=own_answers(dossier, item.code),
        general=general_word(dossier, item.code) if item.code in dossier.local else "",
        is_back=dossier.application.state in BACK and item.code in dossier.open_observations,
        issued_on=record.issued_on if (record := dossier.requirements.get(item.code)) else None,
        letter=letter,
    )


Said = tuple[Claim | None, dict[str, str], str, dt.datetime | None]


def _said_of_criterion(dossier: Dossier, code: str) -> Said:
    """What counts for all workplaces, the employer's words, and when any of it changed last."""
    counted, criterion = dossier.counted.claims, dossier.document.criterion(code)
    codes = (code, *(part.code for part in criterion.sub_items))
    said = [one.answer for one in dossier.statements(code) if one.answer]
    note = "".join(answer.note for answer in said if isinstance(answer, Answer))
    changed = max((answer.updated_at for answer in said), default=None)
    claims = {part: counted[part].value for part in codes if part in counted}
    return (dossier.score.criterion(code).claim, claims, note, changed)


def _said_of_requirement(dossier: Dossier, code: str) -> Said:
    record = dossier.requirements.get(code)
    if record is None:
        return (None, {}, "", None)
    return (Claim.MET, {code: Claim.MET.value}, record.reference, record.updated_at)


def _said_of_measure(dossier: Dossier, code: str) -> Said:
    result = next(measure for measure in dossier.score.measures if measure.code == code)
    claim = None if result.met is None else Claim.MET if result.met else Claim.NOT_MET
    declared = dossier.measures.get(code)
    if result.target is not None:
        newest = max((row.updated_at for row in dossier.workforce), default=None)
        return (claim, {}, str(result.sentence), newest)
    return (claim, {}, declared.note, declared.updated_at) if declared else (claim, {}, "", None)


_CLAIMS = {
    ItemKind.REQUIREMENT: _said_of_requirement,
    ItemKind.CRITERION: _said_of_criterion,
    ItemKind.MEASURE: _said_of_measure,
}
