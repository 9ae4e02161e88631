"""Applications of any size: the norm with another number of criteria, everything answered and proved."""

from decimal import Decimal
from functools import cache

from certification.applications.enums import State
from certification.applications.models import Answer, EvidenceUse
from certification.standards import actions as standards
from certification.standards.parts import Criterion, SubItem
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.certification.review.factories import AT, answer_all, document_of, make_case
from tests.certification.review.factories import make_application as make_one

NMX = "nmx-r-025-scfi-2015"
TITLE = "Procesos de formación, capacitación y adiestramiento con igualdad de oportunidades"


def _criterion(number, points, critical):
    code = f"C{number:03}"
    parts = tuple(SubItem(code=f"{code}{letter}", title=f"Inciso {letter}") for letter in "abc")
    return Criterion(
        code=code, title=f"{TITLE} {number}", critical=critical, max_points=points, minutes=10 + number % 40,
        sub_items=parts, evidence=("Procedimiento firmado",),
    )  # fmt: skip


@cache
def document_with(count):
    """The norm with ``count`` criteria, a multiple of four: a quarter of them critical, all of the same points."""
    document, points = document_of(NMX), Decimal(100) / count
    criteria = [_criterion(number, points, number < count // 4) for number in range(count)]
    halves = (criteria[: count // 4], criteria[count // 4 :])
    sections = tuple(
        section.model_copy(update={"criteria": tuple(inside), "max_points": points * len(inside)})
        for section, inside in zip(document.sections, halves, strict=True)
    )
    said = {
        "code": f"GRANDE-{count}", "slug": f"grande-{count}", "folio_prefix": f"GDE{count}", "sections": sections,
        "critical_points_total": points * (count // 4), "cases": (), "groups": (),
    }  # fmt: skip
    return document.model_copy(update=said)


def large_case(criteria, evidence, state=State.DRAFT, claim="met"):
    """A case of the norm with so many criteria, all answered, and so many uses of documents, three a criterion."""
    case = make_case(State.DRAFT, name=NMX, answered=False)
    chosen = standards.publish(document_with(criteria), actor=None, at=AT)[0]
    application = make_one(case.application.employer, chosen, case.body, case.reviewer, state)
    answer_all(application, claim=claim, sent=False)
    case.application = application
    add_evidence(case, evidence)
    return case


def add_evidence(case, count):
    """``count`` uses of as many documents, spread evenly over the criteria."""
    codes = [criterion.code for criterion in case.application.standard.document.criteria]
    said = {"created_at": AT, "created_by": case.owner}
    uses = []
    for number in range(count):
        document = DocumentFactory(employer=case.application.employer, created_by=case.owner)
        revision = RevisionFactory(document=document, created_by=case.owner)
        place = {"application": case.application, "item": codes[number % len(codes)]}
        uses.append(EvidenceUse(document=document, revision=revision, **place, **said))
    EvidenceUse.objects.bulk_create(uses)
    assert Answer.objects.filter(application=case.application).count() == len(codes)
