"""Drafts, and what a whole one needs."""

from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import EvidenceUse, LocalAnswer, RequirementRecord
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.certification.review.factories import answer_all, make_case
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

NMX, DEI = "nmx-r-025-scfi-2015", "distintivo-ei"


def draft(name=DEI):
    return make_case(State.DRAFT, name=name, answered=False)


def complete_draft(name=DEI):
    """Everything answered, proved and dated today, so that it can be sent."""
    case = draft(name)
    answer_all(case.application, sent=False)
    records = RequirementRecord.objects.filter(application=case.application)
    records.update(issued_on=timezone.localdate(), reference="1/2026")
    prove_all(case)
    return case


def prove_all(case):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner)
    revision = RevisionFactory(document=document, created_by=case.owner)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(
            application=case.application, item=criterion.code, document=document, revision=revision,
            created_at=timezone.now(), created_by=case.owner,
        )
        for criterion in case.application.standard.document.criteria
    )  # fmt: skip


def several(names=("Planta Norte", "Planta Sur", "Planta Este"), case=None, whole=True):
    """A complete draft, or ``case``, for several workplaces with figures; a not ``whole`` one says nothing yet."""
    case = case or (complete_draft() if whole else draft())
    first = case.application.workplaces.first()
    for name in names:
        if first:
            first.name = name
            first.save(update_fields=["name"])
            first = None
            continue
        workplace = WorkplaceFactory(employer=case.application.employer, name=name, women=50, men=50)
        WorkforceFiguresFactory(workplace=workplace, updated_by=case.owner, women=50, men=50)
        case.application.workplaces.add(workplace)
    return case


def own_answer(case, name, criterion, claims, note="Aquí es distinto.", **fields):
    """What the workplace of that name answers; written straight into the table."""
    workplace = case.application.workplaces.get(name=name)
    said = {"claims": claims, "note": note, "version": 1, "updated_at": timezone.now(), "updated_by": case.editor}
    return LocalAnswer.objects.create(
        application=case.application, workplace=workplace, criterion=criterion, **said, **fields
    )


def base(case):
    return f"/empresa/solicitudes/{case.application.folio}/"
