"""Everything an application says, as the workbook tells it: what counts, and also what does not count (yet)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from certification.applications.enums import State
from certification.applications.figures import figures_that_count
from certification.applications.models import Answer, Application, LocalAnswer, MeasureClaim, RequirementRecord
from certification.applications.owners.models import ItemOwner, ItemOwnerQuerySet
from certification.standards.document import StandardDocument
from certification.standards.enums import Claim
from certification.standards.parts import Criterion
from employers.models import WorkforceFigures, Workplace


@dataclass(frozen=True)
class Place:
    """A workplace with the name that it has in the workbook: «C03 Planta Norte», of which «C03» counts."""

    key: str
    workplace: Workplace

    @property
    def label(self) -> str:
        return f"{self.key} {self.workplace.name}"


@dataclass(frozen=True)
class Line:
    """A row of a criterion: itself first, then its sub-items. ``choices`` is what may be claimed in it."""

    code: str
    title: str
    criterion: Criterion
    is_head: bool
    choices: tuple[Claim, ...]


@dataclass(frozen=True)
class Stated:
    """``open_items`` are the codes that can be changed now; None: all of them."""

    application: Application
    document: StandardDocument
    places: tuple[Place, ...]
    requirements: dict[str, RequirementRecord]
    answers: dict[str, Answer]
    measures: dict[str, MeasureClaim]
    owners: dict[str, str]
    evidence: dict[str, int]
    figures: dict[int, WorkforceFigures]
    open_items: frozenset[str] | None

    def is_open(self, code: str) -> bool:
        return self.open_items is None or code in self.open_items

    def local_answers(self) -> Iterator[tuple[Place, LocalAnswer]]:
        """Also those out of force, by workplace, a few at a time: forty workplaces may have thousands."""
        for place in self.places:
            rows = self.application.local_answers.filter(workplace=place.workplace).select_related("updated_by")
            for row in rows.order_by("criterion").iterator(chunk_size=500):
                yield place, row


def load(application: Application, on: dt.date) -> Stated:
    """Read it in a constant number of queries, but for the answers of workplaces: one for each workplace."""
    owned = ItemOwnerQuerySet(ItemOwner).filter(application=application).in_force().select_related("membership__user")
    places = places_of(application)
    counting = figures_that_count((place.workplace.pk for place in places), on)
    uses = application.evidence_uses.order_by().values_list("item").annotate(count=Count("pk"))
    return Stated(
        application=application,
        document=application.standard.document,
        places=places,
        requirements={one.requirement: one for one in application.requirement_records.select_related("updated_by")},
        answers={one.criterion: one for one in application.answers.select_related("updated_by")},
        measures={one.measure: one for one in application.measure_claims.select_related("updated_by")},
        owners={one.item: str(one.membership.user) for one in owned},
        evidence=dict(uses),
        figures={row.workplace_id: row for row in counting},
        open_items=open_items(application),
    )


def places_of(application: Application) -> tuple[Place, ...]:
    """The workplaces of the application, and those that answered while they were of it; numbered by name."""
    named = Q(applications=application) | Q(local_answers__application=application)
    found = Workplace.objects.filter(named).distinct().order_by("name", "pk")
    return tuple(Place(f"C{number:02d}", workplace) for number, workplace in enumerate(found, start=1))


def open_items(application: Application) -> frozenset[str] | None:
    """What ``saving.can_edit_item`` lets an editor change, asked once for all items."""
    if application.state == State.DRAFT:
        return None
    if application.state != State.OBSERVED:
        return frozenset()
    observed = application.observations.filter(round=application.round)
    return frozenset(observed.values_list("item", flat=True))


def lines_of(criterion: Criterion) -> list[Line]:
    """The same questions as ``forms.CriterionForm``: «no aplica» is said of the whole criterion."""
    claims = (Claim.MET, Claim.PARTLY, Claim.NOT_MET)
    whole = (Claim.NOT_APPLICABLE,) if criterion.na_allowed else ()
    head = whole if criterion.sub_items else claims + whole
    lines = [Line(criterion.code, criterion.title, criterion, is_head=True, choices=head)]
    parts = criterion.sub_items
    return lines + [Line(part.code, part.title, criterion, is_head=False, choices=claims) for part in parts]
