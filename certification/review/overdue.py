"""The managers hear once of each file whose term ran out in the programme's hands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from certification.review import emails
from employers.models import Membership

IN_PROGRAMME = (State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)
TOLD = "overdue_told"


@transaction.atomic
def tell_managers(*, at: dt.datetime) -> int:
    """Mail each manager one list of what became overdue; return how many files it tells.

    A file is told once for each time that it enters a state: the event of having told it is its memory.
    """
    told = Event.objects.filter(
        subject_kind=Application._meta.label_lower,
        subject_id=OuterRef("pk"),
        action=TOLD,
        at__gte=OuterRef("state_since"),
    )
    overdue = list(
        Application.objects.filter(~Exists(told), state__in=IN_PROGRAMME, due_on__lt=timezone.localdate(at))
        .select_related("employer", "standard")
        .order_by("due_on", "pk")
    )
    # A person never acts for the programme on a file of their own employer.
    own = set(Membership.objects.filter(ended_at=None).values_list("user", "employer")) if overdue else set()
    for manager in User.objects.filter(groups__name=Role.MANAGER, is_active=True).distinct():
        theirs = [one for one in overdue if (manager.pk, one.employer_id) not in own]
        if theirs:
            emails.send_overdue(manager, theirs)
    for application in overdue:
        Event.record(application, TOLD, actor=None, at=at, data={"state": application.state})
    return len(overdue)
