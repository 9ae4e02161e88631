import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.conflicts import ChangedMeanwhile
from accounts.models import User
from accounts.open_pages import OpenPage
from audit.models import Event
from employers.holds import refuse_if_held
from employers.models import Employer, FiguresExplanation, WorkforceFigures, Workplace
from employers.permissions import can_edit

NO_PAGE = OpenPage()


@transaction.atomic
def create_workplace(
    *,
    employer: Employer,
    actor: User,
    at: dt.datetime,
    name: str,
    municipality: str,
    address: str = "",
    women: int = 0,
    men: int = 0,
) -> Workplace:
    """Add a workplace with the staff it has now. ``municipality`` is its five-digit INEGI key."""
    if not can_edit(actor, employer):
        raise PermissionDenied
    workplace = Workplace.objects.create(
        employer=employer, name=name, state=municipality[:2], municipality=municipality, address=address
    )
    year = timezone.localtime(at).year
    staff = {"women": women, "men": men}
    save_figures(workplace=workplace, year=year, version=0, actor=actor, at=at, figures=staff)
    Event.record(workplace, "workplace_created", actor=actor, at=at)
    return workplace


@transaction.atomic
def update_workplace(
    *, workplace: Workplace, actor: User, at: dt.datetime, name: str, municipality: str, address: str
) -> None:
    """Change the name and place of a workplace, unless something sent holds it. Certificates keep what they said."""
    if not can_edit(actor, workplace.employer):
        raise PermissionDenied
    refuse_if_held(workplace.employer, workplace)
    Workplace.objects.filter(pk=workplace.pk).update(
        name=name, state=municipality[:2], municipality=municipality, address=address
    )
    Event.record(workplace, "workplace_changed", actor=actor, at=at)


@transaction.atomic
def close_workplace(*, workplace: Workplace, actor: User, at: dt.datetime) -> None:
    """Close a workplace: it is no longer offered in applications. Closing it twice changes nothing.

    Raises ActionRefused while something that was sent holds it.
    """
    if not can_edit(actor, workplace.employer):
        raise PermissionDenied
    refuse_if_held(workplace.employer, workplace)
    if Workplace.objects.filter(pk=workplace.pk, closed_at=None).update(closed_at=at):
        Event.record(workplace, "workplace_closed", actor=actor, at=at)


@transaction.atomic
def save_figures(
    *,
    workplace: Workplace,
    year: int,
    version: int,
    figures: Mapping[str, Any],
    explanations: Mapping[str, str] | None = None,
    page: OpenPage = NO_PAGE,
    actor: User,
    at: dt.datetime,
) -> WorkforceFigures:
    """Keep the staff of a year. ``figures`` holds counts and note, by the names of the model's fields.

    ``version`` is that of the figures that the person saw, 0 where there were none; if somebody saved since, other than
    ``page`` itself, raise ChangedMeanwhile. What its own later save overtook changes nothing. ``explanations`` answers
    doubts, by their rules; an empty one takes the answer away. The newest year's women and men go to the workplace.
    Unlikely numbers are kept: see WorkforceFigures.questions. Raises ActionRefused while something sent holds it.
    """
    if not can_edit(actor, workplace.employer):
        raise PermissionDenied
    refuse_if_held(workplace.employer, workplace)
    asked = _asked_until_now(workplace, year)
    kept = {**figures, "updated_at": at, "updated_by": actor, "saved_from": page.name, "saved_step": page.step}
    saved, is_overtaken = _keep(workplace, year, version, kept)
    if is_overtaken:
        return saved
    _answer(saved, asked, explanations or {}, actor=actor, at=at)
    newest = workplace.figures.order_by("-year").first() or saved
    Workplace.objects.filter(pk=workplace.pk).update(women=newest.women, men=newest.men)
    return saved


def _answer(
    saved: WorkforceFigures, asked: dict[str, str], explanations: Mapping[str, str], *, actor: User, at: dt.datetime
) -> None:
    """An explanation answers the numbers that were asked about, those before this change: what was said of 161 does
    not explain 961. Only a doubt that was not there before is answered for the new numbers.
    """
    numbers = _numbers(saved) | asked
    for rule, text in explanations.items():
        _explain(saved, rule, text, numbers=numbers.get(rule, ""), actor=actor, at=at)


def _keep(workplace: Workplace, year: int, version: int, kept: Mapping[str, Any]) -> tuple[WorkforceFigures, bool]:
    """Write the row, or raise ChangedMeanwhile; with whether a later save of the same page was there already.

    Of two who give a year its first figures, the second did not see them. The page that saved last goes on from its
    own save, also when the answer to it was lost on the way.
    """
    saved, created = WorkforceFigures.objects.get_or_create(workplace=workplace, year=year, defaults=kept)
    if created:
        return saved, False
    row = WorkforceFigures.objects.filter(pk=saved.pk)
    own = row.filter(saved_from=kept["saved_from"], updated_by=kept["updated_by"]).exclude(saved_from="")
    is_kept = any(
        seen.update(**kept, version=F("version") + 1)
        for seen in (row.filter(version=version), own.filter(saved_step__lt=kept["saved_step"]))
    )
    current = row.get()
    is_overtaken = not is_kept and kept["saved_step"] > 0 and own.filter(saved_step__gt=kept["saved_step"]).exists()
    if not is_kept and not is_overtaken:
        raise ChangedMeanwhile(current)
    return current, is_overtaken


def _asked_until_now(workplace: Workplace, year: int) -> dict[str, str]:
    """The numbers asked about in ``year`` before it changes, by rule.

    Explanations without numbers get theirs first, also those of the year after, which is compared with this one.
    """
    asked: dict[str, str] = {}
    for figures in workplace.figures.filter(year__in=(year, year + 1)).order_by("year"):
        numbers = _numbers(figures)
        for said in figures.explanations.filter(numbers="", rule__in=numbers):
            figures.explanations.filter(pk=said.pk).update(numbers=numbers[said.rule])
        if figures.year == year:
            asked = numbers
    return asked


def _numbers(figures: WorkforceFigures) -> dict[str, str]:
    return {question.doubt.rule: question.doubt.numbers for question in figures.questions}


def _explain(figures: WorkforceFigures, rule: str, text: str, *, numbers: str, actor: User, at: dt.datetime) -> None:
    """Keep what was written about a doubt; who said it and when changes only with the words or the numbers."""
    said = figures.explanations.filter(rule=rule)
    if not text:
        said.delete()
    elif not said.filter(text=text, numbers=numbers).exists():
        kept = {"text": text, "numbers": numbers, "explained_at": at, "explained_by": actor}
        FiguresExplanation.objects.update_or_create(figures=figures, rule=rule, defaults=kept)
