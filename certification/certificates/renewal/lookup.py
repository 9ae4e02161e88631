"""Certificates of employers that their pages tell of, with what comes next and what renews them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import User
from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.plan.lookup import Waiting, waiting
from certification.applications.renewing.lookup import under_way_by_source
from certification.applications.renewing.models import Renewal
from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate
from certification.certificates.renewal.coming import Coming, coming
from employers.models import Employer

MOST = 12  # of the start page: what ends first comes first


@dataclass(frozen=True)
class Held:
    """A certificate with what comes next, the employer's plan for its standard, and the draft that renews it."""

    coming: Coming
    plan: Waiting
    renewal: Application | None


def held_by(employers: Iterable[Employer], user: User, today: dt.date) -> tuple[list[Held], int]:
    """Those to be renewed that end first, and how many more there are; a constant number of queries.

    What was cancelled or renewed already is left out.
    """
    own = list(Employer.objects.visible_to(user).filter(pk__in=[one.pk for one in employers]))
    renewed = Renewal.objects.filter(source=OuterRef("application"), application__state=State.AWARDED)
    found = Certificate.objects.filter(employer__in=own).exclude(status=CertificateStatus.CANCELLED)
    found = found.filter(~Exists(renewed)).select_related("standard", "application").defer("standard__content")
    shown = list(found.order_by("valid_until", "pk")[:MOST])
    number = len(shown) if len(shown) < MOST else found.count()
    renewals = under_way_by_source((one.application_id for one in shown), user)
    plan = waiting(own, user, today)
    rows = []
    for one in shown:
        if (next_steps := coming(one, today)) is not None:
            said = plan.get((one.employer_id, one.standard.code), Waiting())
            rows.append(Held(next_steps, said, renewals.get(one.application_id)))
    return rows, number - len(shown)


def in_force_of(employer: Employer, standard_code: str, user: User, today: dt.date) -> list[Certificate]:
    """Certificates of a standard, in any version, that are still good: one query, and another for their workplaces.

    Only to whom the employer is visible: the page leads to its applications.
    """
    own = Employer.objects.visible_to(user).filter(pk=employer.pk)
    found = Certificate.objects.filter(employer__in=own, standard__code=standard_code, valid_until__gte=today)
    found = found.exclude(status=CertificateStatus.CANCELLED).select_related("application")
    return list(found.prefetch_related("sites").order_by("valid_until", "pk"))
