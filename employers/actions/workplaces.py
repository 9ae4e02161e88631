import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from employers.holds import refuse_if_held
from employers.models import Employer, FiguresExplanation, WorkforceFigures, Workplace
from employers.permissions import can_edit


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
    save_figures(workplace=workplace, year=year, actor=actor, at=at, figures={"women": women, "men": men})
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
    figures: Mapping[str, Any],
    explanations: Mapping[str, str] | None = None,
    actor: User,
    at: dt.datetime,
) -> WorkforceFigures:
    """Keep the staff of a year. ``figures`` holds counts and note, by the names of the model's fields.

    ``explanations`` answers doubts, by their rules; an empty one takes the answer away. The newest year's women and
    men are copied to the workplace. Unlikely numbers are kept: see WorkforceFigures.questions. Raises ActionRefused
    while something that was sent holds the workplace.
    """
    if not can_edit(actor, workplace.employer):
        raise PermissionDenied
    refuse_if_held(workplace.employer, workplace)
    saved, _created = WorkforceFigures.objects.update_or_create(
        workplace=workplace, year=year, defaults={**figures, "updated_at": at, "updated_by": actor}
    )
    for rule, text in (explanations or {}).items():
        _explain(saved, rule, text, actor=actor, at=at)
    newest = workplace.figures.order_by("-year").first() or saved
    Workplace.objects.filter(pk=workplace.pk).update(women=newest.women, men=newest.men)
    return saved


def _explain(figures: WorkforceFigures, rule: str, text: str, *, actor: User, at: dt.datetime) -> None:
    """Keep what was written about a doubt; who said it and when changes only with the words."""
    said = figures.explanations.filter(rule=rule)
    if not text:
        said.delete()
    elif not said.filter(text=text).exists():
        kept = {"text": text, "explained_at": at, "explained_by": actor}
        FiguresExplanation.objects.update_or_create(figures=figures, rule=rule, defaults=kept)
