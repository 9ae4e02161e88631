"""People of the programme and review bodies for tests. UserFactory is a plain verified account."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.enums import BodyKind, Role
from accounts.models import BodyMembership, ReviewBody, User

PASSWORD = "una clave larga y tranquila"


class UserFactory(DjangoModelFactory):
    """A person with a verified address. Traits: reviewer, decider, editor, manager, unverified."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        reviewer = factory.Trait(role=Role.REVIEWER)
        decider = factory.Trait(role=Role.DECIDER)
        editor = factory.Trait(role=Role.EDITOR)
        manager = factory.Trait(role=Role.MANAGER)
        unverified = factory.Trait(verified=False)

    email = factory.Sequence(lambda n: f"persona{n}@ejemplo.mx")
    full_name = factory.Sequence(lambda n: f"Persona {n}")
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class, *args, role=None, verified=True, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        if role:
            user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
        return user


class ReviewBodyFactory(DjangoModelFactory):
    """A unit of the ministry; the trait ``accredited`` makes it a certification body."""

    class Meta:
        model = ReviewBody

    class Params:
        accredited = factory.Trait(kind=BodyKind.ACCREDITED, accreditation=factory.Sequence(lambda n: f"OC-{n:03}"))

    code = factory.Sequence(lambda n: f"unidad-{n}")
    name = factory.Sequence(lambda n: f"Unidad de inclusión laboral {n}")
    kind = BodyKind.MINISTRY
    office = "Dirección General de Inclusión Laboral"
    signatory_charge = "Titular de la Dirección General"


class BodyMembershipFactory(DjangoModelFactory):
    class Meta:
        model = BodyMembership

    body = factory.SubFactory(ReviewBodyFactory)
    user = factory.SubFactory(UserFactory, reviewer=True)
