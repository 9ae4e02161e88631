import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from employers.enums import MemberRole
from tests.employers.factories import EmployerFactory, MembershipFactory, UserFactory, WorkplaceFactory


@pytest.fixture
def owner(db):
    return UserFactory(full_name="Olga Dueñas")


@pytest.fixture
def employer(owner):
    return EmployerFactory(owner=owner, legal_name="Tejidos del Sur, S.A. de C.V.", trade_name="Tejidos del Sur")


@pytest.fixture
def editor(employer):
    return MembershipFactory(employer=employer, role=MemberRole.EDITOR).user


@pytest.fixture
def reader(employer):
    return MembershipFactory(employer=employer, reader=True).user


@pytest.fixture
def stranger(db):
    """Somebody in charge of another employer."""
    user = UserFactory()
    EmployerFactory(owner=user)
    return user


@pytest.fixture
def workplace(employer):
    return WorkplaceFactory(employer=employer)


@pytest.fixture
def page(workplace):
    """Address of the figures of its staff in 2026."""
    return reverse("figures_edit", args=[workplace.employer_id, workplace.pk, 2026])


@pytest.fixture
def as_user(client):
    """Return a client that acts as a person; None is somebody who is not logged in."""

    def log_in(user):
        client.logout()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def said():
    """Return the sentences that the answer will show the person on the next page."""
    return lambda response: [str(message) for message in get_messages(response.wsgi_request)]
