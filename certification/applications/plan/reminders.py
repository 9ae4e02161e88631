"""The owner of an action is reminded once, a week before its day. The condition is computed again at sending."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.emails import send_after_commit
from certification.applications.plan.lookup import row_of, standards_by_code
from certification.applications.plan.models import ImprovementAction

DAYS_BEFORE = 7


def remind_owners(*, at: dt.datetime) -> int:
    """Mail the owner of each open action that is due within a week; return how many were mailed.

    A new date is reminded of again. Who left the employer, or has no account, gets no mail.
    """
    today = timezone.localdate(at)
    near = ImprovementAction.objects.open().filter(
        due_on__range=(today, today + timedelta(days=DAYS_BEFORE)), owner__is_active=True
    )
    waiting = near.exclude(reminded_for=F("due_on")).order_by("pk").values_list("pk", flat=True)
    return sum(_remind(key, today) for key in list(waiting))


@transaction.atomic
def _remind(key: int, today: dt.date) -> bool:
    """Tell the owner of one action, if what made it press still holds; the row itself remembers having told."""
    waiting = ImprovementAction.objects.open().filter(pk=key, due_on__gte=today).exclude(reminded_for=F("due_on"))
    if not waiting.update(reminded_for=F("due_on")):
        return False
    action = ImprovementAction.objects.select_related("employer", "owner").get(pk=key)
    owner = action.owner
    if owner is None or action.employer.membership_of(owner) is None:
        return False
    standard = standards_by_code([action.standard_code]).get(action.standard_code)
    context = {"action": action, "row": row_of(action, standard), "employer": action.employer}
    send_after_commit(["certification/applications/plan/emails/due"], to=[owner.email], context=context)
    return True
