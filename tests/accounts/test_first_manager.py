"""A new installation has nobody who could give roles: one command appoints the first, once."""

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from audit.models import Event
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_appoints_the_first_and_records_it():
    person = UserFactory()
    call_command("appoint_first_manager", person.email.upper())
    assert User.objects.get().has_role(Role.MANAGER)
    event = Event.objects.about(person).get()
    assert (event.action, event.actor, event.data) == ("role_granted", None, {"role": "programme_manager"})


def test_a_second_one_is_refused():
    UserFactory(manager=True)
    with pytest.raises(CommandError, match="Ya hay quien gestiona el programa"):
        call_command("appoint_first_manager", UserFactory().email)


def test_without_a_confirmed_account_it_is_refused():
    with pytest.raises(CommandError, match="cuenta confirmada"):
        call_command("appoint_first_manager", UserFactory(unverified=True).email)
    assert not User.objects.filter(groups__name=Role.MANAGER).exists()
