"""What the pages of a plan read: the names of standards and criteria, and which actions stand beside a criterion."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import User
from certification.applications.models import Application
from certification.applications.plan.models import ImprovementAction, ImprovementActionQuerySet
from certification.standards.languages import Words, words_of
from certification.standards.models import Standard
from employers.models import Employer


@dataclass(frozen=True)
class PlanRow:
    """An action with the names of what it is for; ``title`` is empty where the newest version has no such code."""

    action: ImprovementAction
    standard: Words
    title: Words


@dataclass(frozen=True)
class Waiting:
    """How many actions are open, and how many of them are late."""

    open: int = 0
    overdue: int = 0


def plan_of(employer: Employer, user: User) -> ImprovementActionQuerySet:
    """The employer's actions, what is due first on top, what has no date last."""
    found = ImprovementAction.objects.visible_to(user).filter(employer=employer).select_related("owner")
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def standards_by_code(codes: Iterable[str] | None = None) -> dict[str, Standard]:
    """The newest version of each standard, in one query; of all that are in force when no codes are given."""
    found = Standard.objects.defer("content").order_by("is_in_force", "published_at")
    found = found.in_force() if codes is None else found.filter(code__in=set(codes))
    return {standard.code: standard for standard in found}


def rows_of(actions: Iterable[ImprovementAction]) -> list[PlanRow]:
    actions = list(actions)
    standards = standards_by_code(action.standard_code for action in actions)
    return [row_of(action, standards.get(action.standard_code)) for action in actions]


def row_of(action: ImprovementAction, standard: Standard | None) -> PlanRow:
    if standard is None:
        return PlanRow(action, Words(action.standard_code), Words(""))
    part = standard.document.item(action.criterion)
    return PlanRow(action, words_of(standard.document, "short_title"), words_of(part) if part else Words(""))


def beside(application: Application, code: str, user: User) -> list[ImprovementAction]:
    """Open actions of the employer for the same item of the same standard, whatever its version.

    One query for all items of a page: what was read is kept with the application object.
    """
    kept: dict[int, dict[str, list[ImprovementAction]]] = application.__dict__.setdefault("_plan_beside", {})
    if user.pk not in kept:
        by_item: dict[str, list[ImprovementAction]] = defaultdict(list)
        for action in plan_of(application.employer, user).open().filter(standard_code=application.standard.code):
            by_item[action.criterion].append(action)
        kept[user.pk] = dict(by_item)
    return kept[user.pk].get(code, [])


def waiting(employers: Iterable[Employer], user: User, today: dt.date) -> dict[tuple[int, str], Waiting]:
    """What is open by employer and standard, in one query; nothing of those without an open action."""
    found: dict[tuple[int, str], Waiting] = {}
    plan = ImprovementAction.objects.visible_to(user).filter(employer__in=employers).open()
    late = Count("pk", filter=Q(due_on__lt=today))
    for employer, code, number, overdue in (
        plan.order_by().values_list("employer", "standard_code").annotate(number=Count("pk"), late=late)
    ):
        found[employer, code] = Waiting(number, overdue)
    return found


def new_address(application: Application, code: str) -> str:
    """Where an action for an item of an application is written."""
    said = {"norma": application.standard.code, "requisito": code, "solicitud": application.folio}
    return reverse("improvement_create", args=[application.employer_id]) + "?" + urlencode(said)
