"""What the database refuses, whoever writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.employers.factories import EmployerFactory, InvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (EmployerFactory, {"sector": "otro"}),
        (MembershipFactory, {"role": "boss"}),
        (MembershipFactory, {"joined_at": NOW, "ended_at": NOW - dt.timedelta(seconds=1)}),
        (InvitationFactory, {"role": "boss"}),
        (InvitationFactory, {"invited_at": NOW, "expires_at": NOW}),
    ],
)
def test_refused(make, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**wrong)
