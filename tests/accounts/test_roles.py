"""Roles are given and taken by who manages the programme, with a reason, and every change is logged."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import actions
from accounts.enums import Role
from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from tests.accounts.factories import BodyMembershipFactory, ReviewBodyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return UserFactory(manager=True)


def grant(manager, email, role=Role.REVIEWER, **options):
    return actions.grant_role(
        email=email, role=role, actor=manager, at=timezone.now(), reason=options.pop("reason", "Concurso"), **options
    )


def revoke(manager, person, role, reason="Cambió de área"):
    actions.revoke_role(person=person, role=role, actor=manager, at=timezone.now(), reason=reason)


def roles(person):
    return User.objects.get(pk=person.pk).roles


def test_grant_gives_role_and_body_and_records_who(manager, django_capture_on_commit_callbacks):
    person, body = UserFactory(), ReviewBodyFactory()
    with django_capture_on_commit_callbacks(execute=True):
        grant(manager, person.email.upper(), body=body)
    assert roles(person) == {"reviewer"}
    assert User.objects.get(pk=person.pk).body_ids == {body.pk}
    event = Event.objects.about(person).get()
    assert (event.action, event.actor, event.reason) == ("role_granted", manager, "Concurso")
    assert event.data == {"role": "reviewer", "body": body.code}
    assert mail.outbox[0].to == [person.email]


@pytest.mark.parametrize("role", list(Role))
def test_the_other_managers_learn_of_each_role(manager, role, django_capture_on_commit_callbacks):
    others = [UserFactory(manager=True), UserFactory(manager=True)]
    UserFactory(manager=True, is_active=False)
    person, body = UserFactory(full_name="Pérez & hija"), ReviewBodyFactory(name="Unidad Norte")
    with django_capture_on_commit_callbacks(execute=True):
        grant(manager, person.email, role=role, reason="Segunda firma", body=body)
    told = {one.to[0]: one for one in mail.outbox}
    assert set(told) == {person.email, *(one.email for one in others)}
    letter = told[others[0].email]
    assert letter.subject == f"Pérez & hija tiene una función más en el programa: {role.label}"[:78]
    who = f"{manager} dio a Pérez & hija ({person.email}) la función «{role.label}»."
    assert f"{who} Trabaja para: Unidad Norte.\n\nMotivo: Segunda firma" in letter.body
    assert "Pérez &amp; hija" in letter.alternatives[0].content
    assert "/programa/personas/" in letter.body
    assert "/programa/personas/" in letter.alternatives[0].content


def test_the_other_managers_learn_of_a_role_that_was_taken(manager, django_capture_on_commit_callbacks):
    other, person = UserFactory(manager=True), UserFactory(editor=True)
    with django_capture_on_commit_callbacks(execute=True):
        revoke(manager, person, Role.EDITOR)
    told = {one.to[0]: one.body for one in mail.outbox}
    assert set(told) == {person.email, other.email}
    assert f"{manager} quitó a {person} ({person.email}) la función «Edición de prácticas»." in told[other.email]


def test_nobody_changes_their_own_roles_or_body(manager):
    UserFactory(manager=True)
    with pytest.raises(ActionRefused, match="Nadie cambia sus propias funciones"):
        grant(manager, manager.email, role=Role.DECIDER, body=ReviewBodyFactory())
    with pytest.raises(ActionRefused, match="Nadie cambia sus propias funciones"):
        revoke(manager, manager, Role.MANAGER)
    with pytest.raises(ActionRefused, match="Nadie cambia sus propias funciones"):
        actions.assign_body(person=manager, body=ReviewBodyFactory(), actor=manager, at=timezone.now())
    assert roles(manager) == {"programme_manager"}
    assert not manager.body_memberships.exists()
    assert not Event.objects.exists()


def test_who_works_for_another_body_moves_only_when_it_is_said(manager, django_capture_on_commit_callbacks):
    membership, body = BodyMembershipFactory(), ReviewBodyFactory()
    person, before = membership.user, membership.body
    with pytest.raises(ActionRefused, match=f"trabaja hoy para «{before}» y lo dejaría"):
        grant(manager, person.email, role=Role.DECIDER, body=body)
    assert User.objects.get(pk=person.pk).body_ids == {before.pk}
    assert roles(person) == {"reviewer"}
    with django_capture_on_commit_callbacks(execute=True):
        granted = grant(manager, person.email, role=Role.DECIDER, body=body, moves=True)
    assert (granted.left, User.objects.get(pk=person.pk).body_ids) == (before, {body.pk})
    assert Event.objects.about(person).get().data["left"] == before.code
    assert f"Dejas: {before}." in mail.outbox[0].body


def test_grant_to_an_address_that_is_not_confirmed_is_refused(manager):
    person = UserFactory(unverified=True)
    with pytest.raises(ActionRefused, match="Nadie tiene una cuenta confirmada con ese correo"):
        grant(manager, person.email)
    assert roles(person) == set()
    assert not Event.objects.exists()


def test_grant_twice_is_refused(manager):
    person = UserFactory(reviewer=True)
    with pytest.raises(ActionRefused, match="ya tiene la función «Revisión»"):
        grant(manager, person.email)


def test_grant_without_a_reason_is_refused(manager):
    with pytest.raises(ActionRefused, match="Escribe el motivo"):
        grant(manager, UserFactory().email, reason="  ")


@pytest.mark.parametrize("trait", ["reviewer", "decider", "editor"])
def test_only_managers_give_roles(trait):
    with pytest.raises(PermissionDenied):
        grant(UserFactory(**{trait: True}), UserFactory().email)


def test_revoke_takes_the_role_and_ends_the_work_for_the_body(manager):
    person = BodyMembershipFactory().user
    revoke(manager, person, Role.REVIEWER)
    assert roles(person) == set()
    assert User.objects.get(pk=person.pk).body_ids == set()
    event = Event.objects.about(person).get()
    assert (event.action, event.reason, event.data) == ("role_revoked", "Cambió de área", {"role": "reviewer"})


def test_revoke_twice_is_refused(manager):
    person = UserFactory(editor=True)
    revoke(manager, person, Role.EDITOR)
    with pytest.raises(ActionRefused, match="ya no tenía esa función"):
        revoke(manager, person, Role.EDITOR)


def test_last_manager_stays(manager):
    other = UserFactory(manager=True)
    assert manager.roles  # read before the other one took it from this person
    manager.groups.clear()
    with pytest.raises(ActionRefused, match="Es la única persona que gestiona el programa"):
        revoke(manager, other, Role.MANAGER)
    assert roles(other) == {"programme_manager"}


def test_manager_is_let_go_by_another(manager):
    person = UserFactory(manager=True)
    revoke(manager, person, Role.MANAGER)
    assert roles(person) == set()


def test_new_body_ends_the_one_before(manager):
    membership, body = BodyMembershipFactory(), ReviewBodyFactory()
    actions.assign_body(person=membership.user, body=body, actor=manager, at=timezone.now())
    membership.refresh_from_db()
    assert membership.ended_at is not None
    assert membership.user.body_memberships.get(ended_at=None).body == body
    assert Event.objects.about(membership.user).get().data == {"body": body.code}


@pytest.mark.parametrize("closed", [True, False])
def test_body_that_is_closed_or_the_same_is_refused(manager, closed):
    membership = BodyMembershipFactory()
    body = ReviewBodyFactory(closed_at=timezone.now()) if closed else membership.body
    with pytest.raises(ActionRefused, match="ya cerró" if closed else "ya trabaja para"):
        actions.assign_body(person=membership.user, body=body, actor=manager, at=timezone.now())


def test_body_for_who_has_no_role_is_refused(manager):
    with pytest.raises(ActionRefused, match="Primero da a esa persona una función"):
        actions.assign_body(person=UserFactory(), body=ReviewBodyFactory(), actor=manager, at=timezone.now())
