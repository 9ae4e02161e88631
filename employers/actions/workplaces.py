import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from employers.holds import refuse_if_held
from employers.models import Employer, WorkforceFigures, Workplace
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
    *, workplace: Workplace, year: int, figures: dict[str, Any], actor: User, at: dt.datetime
) -> WorkforceFigures:
    """Keep the staff of a year. ``figures`` holds the counts and the explanation, by the names of the model's fields.

    The newest year's women and men are copied to the workplace. Unlikely numbers are kept: see WorkforceFigures.doubts.
    Raises ActionRefused while something that was sent holds the workplace.
    """
    if not can_edit(actor, workplace.employer):
        raise PermissionDenied
    refuse_if_held(workplace.employer, workplace)
    saved, _created = WorkforceFigures.objects.update_or_create(
        workplace=workplace, year=year, defaults={**figures, "updated_at": at, "updated_by": actor}
    )
    newest = workplace.figures.order_by("-year").first() or saved
    Workplace.objects.filter(pk=workplace.pk).update(women=newest.women, men=newest.men)
    return saved
