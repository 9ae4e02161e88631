"""The people of an employer, and which parts of an application each sees to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from certification.applications.models import Application
from employers.enums import MemberRole
from employers.models import Membership


class Member(NamedTuple):
    """A current member. ``pk`` is of the membership, ``name`` what colleagues call the person by."""

    pk: int
    user: int
    name: str
    can_edit: bool
    signs: bool


@dataclass(frozen=True)
class Team:
    members: tuple[Member, ...]
    owners: dict[str, Member]  # by the code of the item

    @property
    def editors(self) -> list[Member]:
        """Those who can be given work: who only reads could not do it."""
        return [member for member in self.members if member.can_edit]

    @property
    def signatories(self) -> list[Member]:
        return [member for member in self.members if member.signs]

    def items_of(self, user: int) -> set[str]:
        return {code for code, member in self.owners.items() if member.user == user}


def team_of(application: Application) -> Team:
    """Two queries, whatever the sizes. Who left, or may only read now, owns nothing."""
    rows = Membership.objects.current().filter(employer_id=application.employer_id).order_by("joined_at", "pk")
    fields = ("pk", "user_id", "user__full_name", "user__email", "role", "is_signatory")
    members = tuple(
        Member(pk, user, name or email, role != MemberRole.READER, signs)
        for pk, user, name, email, role, signs in rows.values_list(*fields)
    )
    known = {member.pk: member for member in members if member.can_edit}
    owned = application.item_owners.values_list("item", "membership_id")
    return Team(members, {item: known[key] for item, key in owned if key in known})
