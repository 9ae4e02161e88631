"""Carrying what an application says to the one that renews it, by stable code, as far as its version has a place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from certification.applications.migrating.carrying import without_place
from certification.applications.models import (
    Answer,
    Application,
    EvidenceUse,
    LocalAnswer,
    MeasureClaim,
    RequirementRecord,
)
from certification.evidence import holds as documents
from certification.evidence.models import Revision
from certification.standards.document import StandardDocument


@dataclass(frozen=True)
class Carrying:
    """From ``source`` to ``target``, an empty draft, in a constant number of queries."""

    source: Application
    target: Application
    actor: User
    at: dt.datetime

    def everything(self) -> None:
        self._answers()
        self._letters()
        self._measures()
        self._evidence()

    @cached_property
    def _document(self) -> StandardDocument:
        return self.target.standard.document

    @cached_property
    def _places(self) -> set[int]:
        return set(self.target.workplaces.values_list("pk", flat=True))

    @cached_property
    def _row(self) -> dict[str, object]:
        return {"application": self.target, "updated_at": self.at, "updated_by": self.actor, "version": 1}

    def _answers(self) -> None:
        """Where one workplace of several is left, its own answers are the application's."""
        codes = {criterion.code for criterion in self._document.criteria}
        general = {one.criterion: one for one in self.source.answers.filter(criterion__in=codes)}
        own = list(self.source.local_answers.filter(criterion__in=codes, is_in_force=True, workplace__in=self._places))
        said: dict[str, Answer | LocalAnswer] = dict(general)
        if len(self._places) == 1:
            said |= {one.criterion: one for one in own}
            own = []
        Answer.objects.bulk_create(
            Answer(criterion=code, claims=self._claims(one), note=one.note, **self._row) for code, one in said.items()
        )
        LocalAnswer.objects.bulk_create(
            LocalAnswer(
                criterion=one.criterion,
                workplace_id=one.workplace_id,
                claims=self._claims(one),
                note=one.note,
                **self._row,
            )
            for one in own
        )

    @cached_property
    def _lost(self) -> set[str]:
        return without_place(self.source.standard.document, self._document)

    def _claims(self, answer: Answer | LocalAnswer) -> dict[str, str]:
        return {code: claim for code, claim in answer.claims.items() if code not in self._lost}

    def _letters(self) -> None:
        """With the date on which they were issued: the age that the standard takes is counted from it, as always."""
        codes = {part.code for part in self._document.participation_requirements}
        RequirementRecord.objects.bulk_create(
            RequirementRecord(
                requirement=one.requirement, issued_on=one.issued_on, reference=one.reference, **self._row
            )
            for one in self.source.requirement_records.filter(requirement__in=codes, is_present=True)
        )

    def _measures(self) -> None:
        codes = {part.code for part in self._document.measures}
        MeasureClaim.objects.bulk_create(
            MeasureClaim(measure=one.measure, is_claimed=one.is_claimed, note=one.note, **self._row)
            for one in self.source.measure_claims.filter(measure__in=codes).exclude(is_claimed=None)
        )

    def _evidence(self) -> None:
        """The same documents, each in its newest usable revision; what served a workplace that closed stays behind."""
        uses = [
            use
            for use in self.source.evidence_uses.all()
            if self._document.item(use.item) and (use.workplace_id is None or use.workplace_id in self._places)
        ]
        used = {use.document_id for use in uses}
        # Whoever changes one of them is waited for here, before the head of the events is taken: they want it too.
        documents.lock(used)
        usable = Revision.objects.filter(document__in=used).usable().order_by("document", "number")
        newest = dict(usable.values_list("document", "pk"))  # of each document the last one stays
        EvidenceUse.objects.bulk_create(
            EvidenceUse(
                application=self.target,
                item=use.item,
                document_id=use.document_id,
                revision_id=newest.get(use.document_id, use.revision_id),
                pointer=use.pointer,
                shows=use.shows,
                workplace_id=use.workplace_id,
                created_at=self.at,
                created_by=self.actor,
            )
            for use in uses
        )
