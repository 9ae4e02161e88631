"""One criterion, requirement or measure, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certification.applications import requirements
from certification.applications.addresses import item_address
from certification.applications.dossier import Dossier
from certification.applications.models import CriterionAnswer, EvidenceUse, Observation
from certification.applications.readiness import participation, proofs
from certification.applications.requirements import Letter
from certification.standards.document import Criterion, Measure, Requirement, StandardDocument


@dataclass(frozen=True)
class Item:
    """One criterion, requirement or measure with what is said of it."""

    code: str
    part: Criterion | Requirement | Measure
    result: Any
    url: str
    uses: list[EvidenceUse]
    observation: Observation | None
    answer: CriterionAnswer | None
    next_code: str
    next_url: str
    letter: Letter | None
    lacks_proof: bool  # a letter that is said to be there, without document and without number
    lacking: frozenset[str]  # Spanish titles of the required lines of evidence that nothing attached can prove
    carried_from: str  # the folio of the application that it renews, until it is confirmed or saved

    @property
    def kind(self) -> str:
        """«criterion», «requirement» or «measure»."""
        return type(self.part).__name__.lower()


def next_code(document: StandardDocument, code: str) -> str:
    """The criterion after ``code``, or nothing after the last one."""
    codes = [criterion.code for criterion in document.criteria]
    place = codes.index(code) + 1
    return codes[place] if place < len(codes) else ""


def item(dossier: Dossier, code: str) -> Item:
    """Raises KeyError for a code that is not in the standard."""
    part, application = dossier.document.item(code), dossier.application
    if part is None:
        raise KeyError(code)
    results: tuple[Any, ...] = (*dossier.score.requirements, *dossier.score.criteria, *dossier.score.measures)
    following = next_code(dossier.document, code) if isinstance(part, Criterion) else ""
    return Item(
        code=code,
        part=part,
        result=next(result for result in results if result.code == code),
        url=item_address(application, code),
        uses=dossier.uses.get(code, []),
        observation=dossier.open_observations.get(code),
        answer=dossier.answers.get(code),
        next_code=following,
        next_url=item_address(application, following) if following else "",
        letter=requirements.letters(dossier).get(code) if isinstance(part, Requirement) else None,
        lacks_proof=code in participation.without_proof(dossier),
        lacking=_lacking(dossier, part),
        carried_from=dossier.carried_from(code),
    )


def _lacking(dossier: Dossier, part: Criterion | Requirement | Measure) -> frozenset[str]:
    if isinstance(part, Requirement):
        return frozenset()
    return frozenset(line.words.spanish for line in proofs.lacking(dossier, part) if line.is_required)
