"""Every state, action and kind of person, against a list written by hand."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from good_practices.enums import PracticeState
from good_practices.models import Practice
from good_practices.workflow import TRANSITIONS, available_actions, move
from tests.accounts.factories import UserFactory
from tests.employers.factories import MembershipFactory
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db

AUTHORS = {"owner", "member_editor", "editor_who_is_owner"}
ALLOWED = {
    ("draft", "propose"): AUTHORS,
    ("returned", "propose"): AUTHORS,
    ("draft", "withdraw"): AUTHORS,
    ("proposed", "withdraw"): AUTHORS,
    ("returned", "withdraw"): AUTHORS,
    ("published", "withdraw"): AUTHORS,
    ("proposed", "return"): {"editor"},
    ("proposed", "publish"): {"editor"},
    ("published", "unpublish"): {"editor"},
}


def people(employer):
    both = UserFactory(editor=True)
    MembershipFactory(employer=employer, user=both, owner=True)
    return {
        "owner": MembershipFactory(employer=employer, owner=True).user,
        "member_editor": MembershipFactory(employer=employer).user,
        "reader": MembershipFactory(employer=employer, reader=True).user,
        "left": MembershipFactory(employer=employer, ended=True).user,
        "other_owner": MembershipFactory(owner=True).user,
        "editor": UserFactory(editor=True),
        "editor_who_is_owner": both,
        "manager": UserFactory(manager=True),
        "reviewer": UserFactory(reviewer=True),
    }


def in_state(state, certificate):
    return PracticeFactory(certificate=certificate, **({} if state == "draft" else {state: True}))


@pytest.mark.parametrize("state", PracticeState.values)
def test_matrix(state):
    certificate = CertificateFactory()
    practice = in_state(state, certificate)
    found = {
        (action, name)
        for name, person in people(certificate.employer).items()
        for action in available_actions(practice, person)
    }
    wanted = {(action, name) for (start, action), names in ALLOWED.items() if start == state for name in names}
    assert found == wanted


@pytest.mark.parametrize(("state", "action"), list(itertools.product(PracticeState.values, TRANSITIONS)))
def test_who_may_not_is_refused_and_changes_nothing(state, action):
    practice = in_state(state, CertificateFactory())
    with pytest.raises(PermissionDenied):
        move(practice, action, actor=UserFactory(reviewer=True), at=timezone.now(), version=0, comment="No.")
    practice.refresh_from_db()
    assert (practice.state, practice.version) == (state, 0)
    assert not Event.objects.about(practice).exists()


def test_the_second_of_two_loses():
    practice = PracticeFactory(proposed=True)
    editor = UserFactory(editor=True)
    other = Practice.objects.get(pk=practice.pk)
    move(practice, "return", actor=editor, at=timezone.now(), version=0, comment="Di cuánto costó.")
    with pytest.raises(ActionRefused, match="cambió desde que la abriste"):
        move(other, "return", actor=editor, at=timezone.now(), version=0, comment="Otra cosa.")
    assert [event.reason for event in Event.objects.about(practice)] == ["Di cuánto costó."]


@pytest.mark.parametrize(
    "change",
    [
        {"result": ""},
        {"title": ""},
        {"consented_at": None},
        {"published_by": None},
        {"state": "returned", "comment": ""},
        {"state": "otro"},
    ],
)
def test_the_database_refuses(change):
    practice = PracticeFactory(published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(**change)
