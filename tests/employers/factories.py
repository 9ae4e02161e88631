"""Employers, workplaces and their people for tests."""

import datetime as dt
import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from employers.enums import MemberRole, Sector
from employers.models import Employer, Invitation, Membership, WorkforceFigures, Workplace
from tests.accounts.factories import UserFactory

__all__ = [
    "EmployerFactory",
    "InvitationFactory",
    "MembershipFactory",
    "UserFactory",
    "WorkforceFiguresFactory",
    "WorkplaceFactory",
]


class EmployerFactory(DjangoModelFactory):
    """An employer without people. ``owner=user`` makes that person its owner and signatory."""

    class Meta:
        model = Employer
        skip_postgeneration_save = True

    legal_name = factory.Sequence(lambda n: f"Empresa de prueba {n}, S.A. de C.V.")
    trade_name = factory.Sequence(lambda n: f"Empresa {n}")
    rfc = "GEM151009AAA"
    sector = Sector.PRIVATE
    scian = "31-33"
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        if create and extracted:
            MembershipFactory(employer=self, user=extracted, owner=True)


class WorkplaceFactory(DjangoModelFactory):
    """A workplace in Guadalajara; the trait ``closed`` closes it."""

    class Meta:
        model = Workplace

    class Params:
        closed = factory.Trait(closed_at=factory.LazyFunction(timezone.now))

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Planta {n}")
    state = "14"
    municipality = "14039"
    women = 12
    men = 18


class MembershipFactory(DjangoModelFactory):
    """An editor. Traits: owner (who signs), signatory, reader, ended."""

    class Meta:
        model = Membership

    class Params:
        owner = factory.Trait(role=MemberRole.OWNER, is_signatory=True)
        signatory = factory.Trait(is_signatory=True)
        reader = factory.Trait(role=MemberRole.READER)
        ended = factory.Trait(ended_at=factory.LazyFunction(timezone.now))

    employer = factory.SubFactory(EmployerFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.EDITOR
    joined_at = dt.datetime(2026, 1, 5, 18, 0, tzinfo=dt.UTC)


class WorkforceFiguresFactory(DjangoModelFactory):
    class Meta:
        model = WorkforceFigures

    workplace = factory.SubFactory(WorkplaceFactory)
    year = 2026
    women = 12
    men = 18
    updated_by = factory.SubFactory(UserFactory)


class InvitationFactory(DjangoModelFactory):
    """An open invitation; ``token`` is the secret of its link (only its hash is stored)."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"secreto-{n}")

    employer = factory.SubFactory(EmployerFactory)
    email = factory.Sequence(lambda n: f"invitada{n}@ejemplo.mx")
    role = MemberRole.EDITOR
    token_sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.token.encode()).hexdigest())
    invited_by = factory.SubFactory(UserFactory)
    invited_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda o: o.invited_at + dt.timedelta(days=7))
