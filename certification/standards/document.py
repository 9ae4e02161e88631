"""The one format of every standard: frozen models, their canonical JSON and their fingerprint.

Documents are written in YAML and read by ``reading.parse_yaml``; what only the whole document can tell is in
``checks``. A field left at its default is not in the canonical JSON, so a new optional field changes no fingerprint.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, JsonValue

from certification.standards.canonical import canonical_json, sha256_of
from certification.standards.enums import SchemeKind
from certification.standards.parts import (
    Authority,
    Call,
    Case,
    Certifier,
    Confirmation,
    Criterion,
    Deadline,
    DecisionTexts,
    Eligibility,
    Group,
    LegalBasis,
    Level,
    Measure,
    Outcome,
    Points,
    Process,
    PublicRegistry,
    RegistrationFields,
    Renewal,
    Requirement,
    Rounds,
    Rules,
    Scope,
    Section,
    Silence,
    Stage,
    SubItem,
    Surveillance,
    Survey,
    SuspensionAndCancellation,
    Text,
    Worded,
)

__all__ = [
    "Criterion",
    "Level",
    "Measure",
    "Requirement",
    "Section",
    "Stage",
    "StandardDocument",
    "SubItem",
    "canonical_data",
    "fingerprint",
    "parse_stored",
    "parsed",
]


class StandardDocument(Worded):
    """One version of a standard. Sections hold criteria; requirements, criteria, sub-items and measures share codes."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: Annotated[str, Field(min_length=1, max_length=250)]
    short_title: Text
    folio_prefix: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    kind: SchemeKind
    version: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$", max_length=20)]
    status: Text
    published_on: dt.date | None = None
    effective_on: dt.date | None = None
    voluntary: bool = True
    free: bool | None = None
    since_year: int | None = None
    periodicity: str = ""
    authorities: Annotated[tuple[Authority, ...], Field(min_length=1)]
    certifier: Certifier | None = None
    scope: Scope | None = None
    legal_basis: LegalBasis | None = None
    eligibility: Eligibility | None = None
    groups: tuple[Group, ...] = ()
    calls: tuple[Call, ...] = ()
    registration_fields: RegistrationFields | None = None
    validity_years: Annotated[int, Field(ge=1, le=20)]
    surveillance_months: Annotated[int, Field(ge=1)] | None = None
    threshold: Points
    max_total_points: Annotated[Points, Field(gt=0)]
    critical_points_total: Points | None = None
    critical_all_required: bool = True
    evidence_max_age_months: Annotated[int, Field(ge=1)] | None = None
    confirmations: dict[str, Confirmation] = Field(default_factory=dict)
    participation_requirements: tuple[Requirement, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    measures: tuple[Measure, ...] = ()
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    outcomes: tuple[Outcome, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    rounds: Rounds | None = None
    silence: Silence | None = None
    decision: DecisionTexts
    process: Process = Process()
    deadlines: tuple[Deadline, ...] = ()
    surveillance: Surveillance | None = None
    renewal: Renewal | None = None
    suspension_and_cancellation: SuspensionAndCancellation | None = None
    mark_use: Rules | None = None
    multi_site: Rules | None = None
    public_registry: PublicRegistry | None = None
    climate_survey: Survey | None = None
    related: tuple[dict[str, JsonValue], ...] = ()
    cases: tuple[Case, ...] = ()

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the document."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)

    @cached_property
    def items(self) -> tuple[Requirement | Criterion | Measure, ...]:
        """All that evidence may be attached to: requirements, criteria and measures, each in its order."""
        return (*self.participation_requirements, *self.criteria, *self.measures)

    @cached_property
    def _parts(self) -> dict[str, Requirement | Criterion | Measure]:
        return {part.code: part for part in self.items}

    def item(self, code: str) -> Requirement | Criterion | Measure | None:
        """The requirement, criterion or measure with that code: what evidence, answers and verdicts point at."""
        return self._parts.get(code)

    def criterion(self, code: str) -> Criterion:
        """Raises KeyError where the code is not a criterion's."""
        found = self._parts[code]
        if not isinstance(found, Criterion):
            raise KeyError(code)
        return found

    def level(self, code: str) -> Level:
        """Raises KeyError."""
        return {level.code: level for level in self.levels}[code]

    def stage(self, code: str) -> Stage:
        """Raises KeyError."""
        return {stage.code.value: stage for stage in self.stages}[code]

    def call_on(self, day: dt.date) -> Call | None:
        """The call that is open on that day."""
        return next((call for call in self.calls if call.is_open(day)), None)

    def call_after(self, day: dt.date) -> Call | None:
        """The next call that opens after that day."""
        later = sorted((call for call in self.calls if call.opens_on > day), key=lambda call: call.opens_on)
        return later[0] if later else None

    def is_confirmed(self, field: str) -> bool:
        """Whether a general value was confirmed, by the table of ``confirmations``; what is not there was not."""
        found = self.confirmations.get(field)
        return found is not None and found.is_confirmed

    @property
    def minutes(self) -> int:
        """Our estimate of answering everything, in minutes."""
        criteria = sum(criterion.minutes for criterion in self.criteria)
        return criteria + sum(measure.minutes for measure in self.measures)


def canonical_data(document: StandardDocument) -> dict[str, Any]:
    """What is stored in the row and hashed: JSON types alone, without the fields left at their defaults."""
    return document.model_dump(mode="json", exclude_defaults=True)


def fingerprint(document: StandardDocument) -> str:
    """SHA-256 of the canonical JSON of its data."""
    return sha256_of(canonical_json(canonical_data(document)))


_parsed: dict[str, StandardDocument] = {}  # by fingerprint; a document never changes, and there are few


def parsed(key: str) -> StandardDocument | None:
    """The document with that fingerprint if this process has read it: the row's content need not be fetched."""
    return _parsed.get(key)


def parse_stored(key: str, content: dict[str, Any]) -> StandardDocument:
    """The document of a published row, parsed once a process for each fingerprint."""
    if key not in _parsed:
        _parsed[key] = StandardDocument.model_validate_json(json.dumps(content))
    return _parsed[key]
