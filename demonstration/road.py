"""Takes one application along the road, by the same actions that people use, on dates of the past."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from certification.applications import actions as applications
from certification.applications import attachments, saving
from certification.applications.declaring import Declaration, Evidence
from certification.certificates.actions import publish_award, publish_decline
from certification.certificates.models import Certificate
from certification.evidence.actions import add_document
from certification.evidence.models import Document
from certification.review import actions as review
from certification.review import casefile as casefiles
from certification.review.casefile import Line
from certification.review.enums import Outcome
from certification.standards.enums import Claim
from certification.standards.models import Standard
from demonstration import files
from demonstration.employers import Seeded

REASON = (
    "Lo que se ve en el documento no basta: falta la parte que pide el inciso; con una versión firmada se resuelve."
)
NOTES = (
    "Lo revisa el comité cada seis meses y se publica en el tablero de cada área.",
    "Está escrito, lo conoce todo el personal y lo cuida Recursos Humanos desde hace dos años.",
    "Se aplica desde el año pasado; la minuta de enero dice quién lo sigue y hasta cuándo.",
)


@dataclass
class Road:
    """One employer, one standard, one start, and how well the criteria are met (0 to 1)."""

    seeded: Seeded
    standard: Standard
    staff: dict[str, User]
    start: dt.datetime
    chance: random.Random
    strength: float = 1.0
    measures: int = 5

    def __post_init__(self) -> None:
        self.document = self.standard.document
        norm = bool(self.document.certifier)
        self.reviewer = self.staff["auditoria" if norm else self.chance.choice(["revision", "revision2"])]
        self.decider = self.staff["dictamen2" if norm else "dictamen"]
        self.application = applications.open_application(
            self.seeded.employer, self.standard, self.seeded.workplaces, actor=self.seeded.owner, at=self.start
        )

    def after(self, days: int) -> dt.datetime:
        return self.start + timedelta(days=days)

    def answer(self, share: float = 1.0) -> Road:
        """Answer the first ``share`` of the criteria, with evidence, and the requirements and measures."""
        at, owner = self.after(3), self.seeded.owner
        library = self._library(at)
        count = max(1, round(len(self.document.criteria) * share))
        for criterion in self.document.criteria[:count]:
            codes = [part.code for part in criterion.sub_items] or [criterion.code]
            claims = {code: self._claim(critical=criterion.critical) for code in codes}
            saving.save_answer(
                self.application, criterion.code, claims=claims, note=self.chance.choice(NOTES), seen_version=0,
                actor=owner, at=at,
            )  # fmt: skip
            attachments.attach_documents(
                self.application,
                criterion.code,
                self.chance.sample(library, 1 + criterion.critical),
                actor=owner,
                at=at,
            )
        if share == 1.0:
            self._participate(at, library)
        return self

    def _claim(self, *, critical: bool) -> str:
        if critical and self.strength >= 0.7:
            return Claim.MET.value
        roll = self.chance.random()
        if roll < self.strength:
            return Claim.MET.value
        return (Claim.PARTLY if roll < self.strength + 0.2 else Claim.NOT_MET).value

    def _library(self, at: dt.datetime) -> list[Document]:
        employer, owner = self.seeded.employer, self.seeded.owner
        if employer.documents.exists():
            return list(employer.documents.all())
        issued = (at - timedelta(days=self.chance.randrange(20, 150))).date()
        return [
            add_document(employer, files.upload(title), kind=kind, issued_on=issued, actor=owner, at=at).document
            for title, kind in files.KINDS.items()
        ]

    def _participate(self, at: dt.datetime, library: list[Document]) -> None:
        owner = self.seeded.owner
        for requirement in self.document.participation_requirements:
            saving.save_requirement(
                self.application, requirement.code, present=True, issued_on=(at - timedelta(days=30)).date(),
                reference=f"EJ-{self.chance.randrange(1000, 9999)}", actor=owner, at=at,
            )  # fmt: skip
            attachments.attach_documents(self.application, requirement.code, library[-2:-1], actor=owner, at=at)
        declared = [one for one in self.document.measures if one.metric.kind == "boolean"]
        for number, measure in enumerate(declared):
            claimed = number < self.measures
            saving.save_measure(self.application, measure.code, is_claimed=claimed, note=NOTES[0], actor=owner, at=at)

    def submit(self) -> Road:
        self.application.refresh_from_db()
        text = "Declaro, bajo protesta de decir verdad, que lo que aquí se afirma es cierto."
        owner = self.seeded.owner
        applications.submit(
            self.application,
            declaration=Declaration(text, owner.full_name, owner.charge),
            sign=lambda _digest: Evidence("demonstration"),
            actor=owner,
            at=self.after(5),
        )
        return self

    def assign(self) -> Road:
        review.assign(self.application, reviewer=self.reviewer, actor=self.staff["gestion"], at=self.after(7))
        return self

    def verify(self, share: float = 1.0) -> Road:
        """Confirm what was claimed; what is not whole gets its pointer, rule and reason."""
        lines = casefiles.load(self.application).needed
        for line in lines[: max(1, round(len(lines) * share))]:
            self._verdict(line)
        return self

    def _verdict(self, line: Line) -> None:
        whole = (line.claim or Claim.NOT_MET).value  # requirements and measures are claimed as a whole
        claims = {part.code: line.claims.get(part.code) or whole for part in line.item.parts}
        negative = any(value not in (Claim.MET, Claim.NOT_APPLICABLE) for value in claims.values())
        review.save_verdict(
            self.application,
            line.item,
            claims=claims,
            pointer=f"{line.uses[0].document.title}, p. 1" if negative and line.uses else "Expediente" * negative,
            rule=line.item.rule if negative else "",
            reason=REASON if negative else "",
            seen_version=line.verdict.version if line.verdict else 0,
            actor=self.reviewer,
            at=self.after(14),
        )

    def observe(self) -> Road:
        review.observe(self.application, actor=self.reviewer, at=self.after(15))
        return self

    def recommend(self) -> Road:
        level = casefiles.verified_score(self.application).level
        review.recommend(
            self.application,
            outcome=(Outcome.AWARD if level else Outcome.DECLINE).value,
            level=level.code if level else "",
            reason="Se verificó cada requisito contra su evidencia; las razones están en cada resultado.",
            actor=self.reviewer,
            at=self.after(20),
        )
        return self

    def decide(self) -> Road:
        proposal = self.application.recommendations.latest("pk")
        texts = self.document.decision
        body = self.application.body
        assert body is not None  # noqa: S101 - assigned three steps ago; mypy cannot know
        review.decide(
            self.application,
            outcome=proposal.outcome,
            level=proposal.level,
            reason="El comité revisó el expediente completo y comparte la recomendación.",
            legal={
                "legal_basis": texts.legal_basis,
                "office": body.office,
                "signatory_charge": body.signatory_charge,
                "appeal": texts.appeal,
            },
            actor=self.decider,
            at=self.after(25),
        )
        return self

    def withdraw(self, reason: str) -> None:
        self.application.refresh_from_db()
        applications.withdraw(self.application, reason=reason, actor=self.seeded.owner, at=self.after(12))

    def publish(self) -> Certificate | None:
        at, actor = self.after(28), self.staff["gestion"]
        if self.application.decision.outcome == Outcome.AWARD:
            return publish_award(self.application, actor=actor, at=at)
        publish_decline(self.application, actor=actor, at=at)
        return None

    def to_certificate(self) -> Certificate | None:
        return self.answer().submit().assign().verify().recommend().decide().publish()
