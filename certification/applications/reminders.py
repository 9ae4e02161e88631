"""Who prepares an application is told, once, that one of its letters is about to lapse."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import dossier as dossiers
from certification.applications import emails
from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.requirements import letters
from certification.applications.workflow import lock

TOLD = "letter_told"


def remind_of_letters(*, at: dt.datetime) -> int:
    """Mail the people of each draft whose letters lapse within a month; return how many drafts were told of.

    One mail for all the letters of a draft. A letter is told once for each date until which it serves: a new one,
    with a new date, is told again.
    """
    drafts = Application.objects.filter(state=State.DRAFT, requirement_records__issued_on__isnull=False)
    return sum(_remind_if_still(key, at) for key in list(drafts.order_by("pk").values_list("pk", flat=True).distinct()))


def _remind_if_still(key: int, at: dt.datetime) -> bool:
    """One draft that changes at that very moment keeps no other from being told; it is looked at again tomorrow."""
    try:
        return _remind(key, at)
    except ActionRefused:
        return False


@transaction.atomic
def _remind(key: int, at: dt.datetime) -> bool:
    """Read one draft as it is now, tell what still presses and was not told, and remember it in its history."""
    application = Application.objects.select_related("standard", "employer").filter(pk=key, state=State.DRAFT).first()
    if application is None:
        return False  # it was sent, or taken back, in the meantime
    lock(application)
    told = {
        (event.data.get("letter"), event.data.get("until"))
        for event in Event.objects.about(application).filter(action=TOLD)
    }
    soon = [one for one in letters(dossiers.load(application, timezone.localdate(at))).values() if one.lapses_soon]
    pressing = [one for one in soon if (one.code, one.valid_until.isoformat()) not in told]
    if not pressing:
        return False
    emails.send_letters(application, pressing)
    for one in pressing:
        data = {"letter": one.code, "until": one.valid_until.isoformat()}
        Event.record(application, TOLD, actor=None, at=at, data=data)
    return True
