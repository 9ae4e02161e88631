"""Applications of several workplaces, some of which answer otherwise."""

from django.utils import timezone

from certification.applications.models import LocalAnswer
from tests.certification.applications.cases import complete_draft, draft
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory


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
