import re
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from employers import actions
from employers.enums import MemberRole
from employers.models import Membership
from tests.employers.factories import EmployerFactory, MembershipFactory, UserFactory

ALONE = "La empresa se quedaría sin responsable. Antes, dale ese permiso a otra persona."


def change(client, membership, **data):
    return client.post(reverse("member_edit", args=[membership.employer_id, membership.pk]), data)


def remove(client, membership):
    return client.post(reverse("member_remove", args=[membership.employer_id, membership.pk]))


@pytest.fixture
def member(employer):
    return MembershipFactory(employer=employer)


def test_an_owner_changes_a_role_and_it_is_recorded_once(as_user, owner, member):
    client = as_user(owner)
    for _ in range(2):
        response = change(client, member, role="owner", is_signatory="on")
        assert response.url == reverse("member_list", args=[member.employer_id])
    member.refresh_from_db()
    assert (member.role, member.is_signatory) == ("owner", True)
    event = Event.objects.get()
    assert (event.action, event.actor, event.data) == (
        "member_changed",
        owner,
        {"from": ["editor", False], "to": ["owner", True]},
    )


def test_a_reader_may_not_sign(as_user, owner, member):
    page = change(as_user(owner), member, role="reader", is_signatory="on").content.decode()
    assert "Quien sólo lee no puede firmar." in page
    member.refresh_from_db()
    assert (member.role, member.is_signatory) == ("editor", False)


def test_the_last_owner_may_neither_leave_nor_be_demoted(as_user, owner, employer, member, said):
    own = employer.membership_of(owner)
    client = as_user(owner)
    assert ALONE in change(client, own, role="editor").content.decode()
    assert said(remove(client, own)) == [ALONE]
    own.refresh_from_db()
    assert (own.role, own.ended_at) == ("owner", None)
    assert not Event.objects.exists()


def test_an_owner_leaves_when_another_stays(as_user, owner, employer):
    MembershipFactory(employer=employer, owner=True)
    assert remove(as_user(owner), employer.membership_of(owner)).url == reverse("workspace")
    row = Membership.objects.get(user=owner)
    assert row.ended_at is not None
    assert Event.objects.get().action == "member_left"


def test_a_removed_person_leaves_a_row_with_its_end(as_user, owner, member, said):
    client = as_user(owner)
    assert said(remove(client, member)) == [f"{member.user} ya no está en la empresa."]
    member.refresh_from_db()
    assert member.ended_at is not None
    assert said(remove(client, member))[-1] == "Esa persona ya no está en la empresa."
    event = Event.objects.get()
    assert (event.action, event.actor, event.subject_id) == ("member_removed", owner, member.pk)


def test_everybody_may_leave(as_user, reader, employer):
    assert remove(as_user(reader), employer.membership_of(reader)).status_code == 302
    assert employer.membership_of(reader) is None


def test_who_left_may_come_back(employer, member):
    Membership.objects.filter(pk=member.pk).update(ended_at=timezone.now())
    again = actions.join(
        employer=employer, user=member.user, role=MemberRole.READER, is_signatory=False, at=timezone.now()
    )
    assert again.pk != member.pk
    assert employer.membership_of(member.user) == again


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_do_not_both_succeed():
    first, second = UserFactory(), UserFactory()
    employer = EmployerFactory(owner=first)
    MembershipFactory(employer=employer, user=second, owner=True)
    refused = []

    def leave(user):
        try:
            actions.remove_member(membership=employer.membership_of(user), actor=user, at=timezone.now())
        except ActionRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[user]) for user in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [ALONE]
    assert Membership.objects.owners().count() == 1


def test_who_gave_no_name_is_told_once_by_the_address(as_user, owner, employer):
    nameless = MembershipFactory(employer=employer, user=UserFactory(full_name=""))
    named = MembershipFactory(employer=employer)
    page = as_user(owner).get(reverse("member_list", args=[employer.pk])).content.decode()
    shown = re.findall(r'<p class="file-(?:name|meta)">(.*?)</p>', page)
    assert "".join(shown).count(nameless.user.email) == 1
    assert "".join(shown).count(named.user.email) == 1
    assert named.user.full_name in "".join(shown)
