import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.conflicts import ChangedMeanwhile
from accounts.models import User
from audit.models import Event
from employers import emails, rfc
from employers.actions.people import join
from employers.enums import MemberRole
from employers.holds import refuse_if_held
from employers.models import Employer, Membership
from employers.permissions import can_edit

IDENTITY = {"legal_name", "rfc", "sector", "scian"}
ASK_AGAIN_AFTER = dt.timedelta(days=1)


@transaction.atomic
def create_employer(
    *, actor: User, at: dt.datetime, legal_name: str, rfc_text: str, sector: str, scian: str, trade_name: str = ""
) -> Employer:
    """Register an employer; who registers it becomes its owner and may sign.

    ``rfc_text`` has a right shape (see rfc.problem); whether its check digit fails is kept with it.
    """
    number = rfc.normalised(rfc_text)
    employer = Employer.objects.create(
        legal_name=legal_name,
        trade_name=trade_name,
        rfc=number,
        has_unusual_rfc=rfc.is_unusual(number),
        sector=sector,
        scian=scian,
        created_at=at,
        created_by=actor,
    )
    join(employer=employer, user=actor, role=MemberRole.OWNER, is_signatory=True, at=at)
    Event.record(employer, "employer_created", actor=actor, at=at)
    return employer


@transaction.atomic
def update_employer(
    *, employer: Employer, values: Mapping[str, str], version: int, actor: User, at: dt.datetime
) -> None:
    """Change the employer's data if nobody else did since ``version`` was read; else raise ChangedMeanwhile.

    ``values`` are those of create_employer: legal_name, trade_name, rfc_text, sector and scian. All but trade_name
    are refused, in words, while something that was sent holds them (employers.holds).
    """
    if not can_edit(actor, employer):
        raise PermissionDenied
    number = rfc.normalised(values["rfc_text"])
    fields: dict[str, Any] = {name: values[name] for name in ("legal_name", "trade_name", "sector", "scian")}
    fields |= {"rfc": number, "has_unusual_rfc": rfc.is_unusual(number)}
    before = Employer.objects.filter(pk=employer.pk).values(*fields).get()
    changed = sorted(name for name, value in fields.items() if before[name] != value)
    if IDENTITY.intersection(changed):
        refuse_if_held(employer)
    saved = Employer.objects.filter(pk=employer.pk, version=version).update(**fields, version=F("version") + 1)
    if not saved:
        raise ChangedMeanwhile(Employer.objects.get(pk=employer.pk))
    if changed:
        Event.record(employer, "employer_changed", actor=actor, at=at, data={"fields": changed})


@transaction.atomic
def request_invitation(*, rfc_text: str, actor: User, at: dt.datetime) -> None:
    """Ask the owners of the employers with this RFC to invite ``actor``, at most once a day for each employer.

    It tells the person nothing about them: not who they are, nor how many, nor whether they were asked already.
    """
    for employer in Employer.objects.filter(rfc=rfc.normalised(rfc_text)):
        asked = Event.objects.about(employer).filter(
            action="invitation_requested", actor=actor, at__gt=at - ASK_AGAIN_AFTER
        )
        if employer.membership_of(actor) or asked.exists():
            continue
        owners = Membership.objects.owners().filter(employer=employer).values_list("user__email", flat=True)
        emails.send_join_request(employer, person=actor, to=list(owners))
        Event.record(employer, "invitation_requested", actor=actor, at=at)
