"""A file in any state with everybody around it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from certification.applications import dossier as dossiers
from certification.applications import snapshot
from certification.applications.declaring import Declaration
from certification.applications.enums import State
from certification.applications.folios import next_folio
from certification.applications.models import (
    BEFORE_REVIEW,
    Answer,
    Application,
    EvidenceUse,
    MeasureClaim,
    RequirementRecord,
    Submission,
)
from certification.applications.workflow import due_date
from certification.evidence import actions as evidence
from certification.review.items import items_of
from certification.review.models import Decision, Verdict
from certification.standards.canonical import sha256_of
from certification.standards.models import Standard
from tests.accounts.factories import BodyMembershipFactory, ReviewBodyFactory, UserFactory
from tests.certification.evidence.factories import PDF, DocumentFactory, RevisionFactory, upload
from tests.certification.standards.factories import document_of, publish
from tests.employers.factories import EmployerFactory, MembershipFactory, WorkforceFiguresFactory, WorkplaceFactory

AT = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
DECLARED = Declaration("Sí", "Olga Dueñas Ríos", "Dirección General")
NAMED = {"signer_name": DECLARED.name, "signer_charge": DECLARED.charge}
POINTER, RULE = "A, p. 2", "DEI-1.1 Política de inclusión"
REASON = "La política no tiene firma ni fecha. Bastaría la versión firmada por la dirección."
LEGAL = {
    "legal_basis": "Lineamientos del distintivo",
    "office": "Dirección General de Inclusión Laboral",
    "signatory_charge": "Titular de la Dirección General",
    "appeal": "Recurso de revisión en 15 días hábiles",
}


def standard(name="distintivo-ei"):
    """A standard of the data files, published once a test."""
    return Standard.objects.filter(code=document_of(name).code).first() or publish(name, at=AT)


@dataclass
class Case:
    """A file and its people. The norm has three gates; the distintivo, eight criteria and nothing else."""

    application: Application
    body: object
    owner: User
    editor: User
    reader: User
    foreigner: User
    reviewer: User
    other_reviewer: User
    decider: User
    second_decider: User
    other_decider: User
    manager: User

    def fresh(self):
        """The file as the database has it, without what objects remember."""
        return Application.objects.select_related("standard", "employer").get(pk=self.application.pk)


def make_case(state=State.SUBMITTED, name="distintivo-ei", answered=True):
    accredited = name != "distintivo-ei"
    body, other_body = ReviewBodyFactory(accredited=accredited), ReviewBodyFactory(accredited=accredited)
    people = {
        "reviewer": BodyMembershipFactory(body=body, user=UserFactory(reviewer=True)).user,
        "other_reviewer": BodyMembershipFactory(body=body, user=UserFactory(reviewer=True)).user,
        "decider": BodyMembershipFactory(body=body, user=UserFactory(decider=True)).user,
        "second_decider": BodyMembershipFactory(body=body, user=UserFactory(decider=True)).user,
        "other_decider": BodyMembershipFactory(body=other_body, user=UserFactory(decider=True)).user,
        "manager": UserFactory(manager=True),
        "owner": UserFactory(),
    }
    employer = EmployerFactory(created_by=people["owner"], owner=people["owner"])
    people["editor"] = MembershipFactory(employer=employer).user
    people["reader"] = MembershipFactory(employer=employer, reader=True).user
    people["foreigner"] = MembershipFactory(owner=True).user
    application = make_application(employer, standard(name), body, people["reviewer"], state)
    if answered:
        answer_all(application)
    return Case(application=application, body=body, **people)


def make_application(employer, chosen, body, reviewer, state, at=AT):
    assigned = state not in BEFORE_REVIEW or state == State.LAPSED
    application = Application(
        folio=next_folio("S", at.date()), employer=employer, standard=chosen, body=body if assigned else None,
        state=state, created_at=at, created_by=employer.created_by, state_since=at, saved_at=at,
        submitted_at=None if state == State.DRAFT else at, reviewer=reviewer if assigned else None,
    )  # fmt: skip
    application.due_on = due_date(application, State(state), at)
    application.save()
    return application


def answer_all(application, claim="met", sent=True):
    """Everything is claimed as ``claim``, with figures, papers, measures and a submission."""
    document, who = application.standard.document, application.created_by
    workplace = WorkplaceFactory(employer=application.employer, women=50, men=50)
    figures = {"women": 50, "men": 50, "women_managers": 5, "men_managers": 5, "with_disability": 10}
    WorkforceFiguresFactory(workplace=workplace, updated_by=who, updated_at=AT, **figures)
    application.workplaces.add(workplace)
    said = {"application": application, "updated_at": AT, "updated_by": who}
    for part in document.participation_requirements:
        RequirementRecord.objects.create(requirement=part.code, issued_on=timezone.localdate(AT), **said)
    for part in document.criteria:
        claims = {line.code: claim for line in part.sub_items or (part,)}
        Answer.objects.create(criterion=part.code, claims=claims, note="Así lo hacemos.", version=1, **said)
    for part in document.measures:
        if part.metric.kind == "boolean":
            MeasureClaim.objects.create(measure=part.code, is_claimed=True, **said)
    if not sent:
        return
    send(application)


def send(application):
    """What the application says now is what was sent."""
    who, dossier = application.created_by, dossiers.load(application, timezone.localdate(AT))
    text = snapshot.take(dossier, declaration=DECLARED, at=AT)
    Submission.objects.create(
        application=application, round=1, snapshot=text, sha256=sha256_of(text), declaration=DECLARED.text,
        submitted_at=AT, submitted_by=who, **NAMED,
    )  # fmt: skip


def verify(case, item=None, outcome="met", at=LATER):
    """A verdict of one item, or of all; written straight into the table."""
    for one in items_of(case.application.standard.document):
        if item in (None, one.code):
            text = {} if outcome == "met" else {"pointer": POINTER, "rule": RULE, "reason": REASON}
            Verdict.objects.update_or_create(
                application=case.application, item=one.code,
                defaults={
                    "claims": {part.code: outcome for part in one.parts}, "outcome": outcome, "version": 1,
                    "updated_at": at, "reviewer": case.application.reviewer, "round": case.application.round, **text,
                },
            )  # fmt: skip


def sign(case, outcome="decline", level="", application=None):
    """The decision, signed by the decider; written straight into the table."""
    return Decision.objects.create(
        application=application or case.application, outcome=outcome, level=level, reason=REASON,
        legal_basis="Lineamientos", office="Oficina", signatory_charge="Dirección", appeal="En 15 días",
        reviewed_by=case.reviewer, decided_by=case.decider, decided_at=LATER,
    )  # fmt: skip


def use_of(application, item, pages=3):
    document = DocumentFactory(employer=application.employer, created_by=application.created_by)
    revision = RevisionFactory(document=document, pages=pages, created_by=application.created_by)
    return EvidenceUse.objects.create(
        application=application, item=item, document=document, revision=revision, pointer="p. 2", created_at=AT,
        created_by=application.created_by,
    )  # fmt: skip


def stored_use_of(application, item, name="Tabulador 2026.pdf", content=PDF):
    """The same with a file that went through the checks and lies in the store."""
    who = application.created_by
    revision = evidence.add_document(application.employer, upload(name, content), actor=who, at=AT)
    return EvidenceUse.objects.create(
        application=application, item=item, document=revision.document, revision=revision, pointer="p. 1",
        shows="La firma", created_at=AT, created_by=who,
    )  # fmt: skip
