"""Criteria by workplaces: who answers what, from what the dossier has read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from certification.applications.addresses import item_address, local_address
from certification.applications.differences import OwnAnswer, inherited_claims, own_answers
from certification.applications.dossier import Dossier
from certification.standards.document import Criterion
from certification.standards.enums import Claim
from certification.standards.scoring import claim_of
from employers.models import Workplace


@dataclass(frozen=True)
class Cell:
    """A criterion in a workplace. ``own`` None: it is as in general."""

    workplace: Workplace
    own: OwnAnswer | None
    url: str


@dataclass(frozen=True)
class Row:
    criterion: Criterion
    url: str
    general: Claim | None  # what the employer answers; None is not begun
    counts: Claim | None  # for the whole application
    cells: list[Cell]
    same: int  # workplaces that are as in general, on this page or not


@dataclass(frozen=True)
class Matrix:
    """Only what differs, or everything. Rows are made a page at a time."""

    dossier: Dossier
    is_whole: bool

    @cached_property
    def workplaces(self) -> list[Workplace]:
        """The columns: all, or those that answer anything otherwise."""
        own = {key for answers in self.dossier.local.values() for key in answers}
        return [place for place in self.dossier.workplaces if self.is_whole or place.pk in own]

    @cached_property
    def criteria(self) -> list[Criterion]:
        """All rows, by criterion."""
        return [one for one in self.dossier.document.criteria if self.is_whole or one.code in self.dossier.local]

    def rows(self, criteria: Iterable[Criterion]) -> list[Row]:
        return [self._row(criterion) for criterion in criteria]

    def _row(self, criterion: Criterion) -> Row:
        dossier, code = self.dossier, criterion.code
        own = {one.workplace.pk: one for one in own_answers(dossier, code)}
        return Row(
            criterion=criterion,
            url=item_address(dossier.application, code),
            general=claim_of(criterion, inherited_claims(dossier, code)),
            counts=dossier.score.criterion(code).claim,
            cells=[
                Cell(place, own.get(place.pk), local_address(dossier.application, code, place))
                for place in self.workplaces
            ],
            same=len(dossier.workplaces) - len(own),
        )
