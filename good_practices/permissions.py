"""Who may do what with a practice."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from employers.enums import MemberRole
from employers.models import Employer, Membership
from good_practices.models import Practice


def may_write_for(user: User, employer: Employer) -> bool:
    """Tell whether the person writes practices of the employer: its owners and editors do, readers do not."""
    return _role(user, employer.pk) in {MemberRole.OWNER, MemberRole.EDITOR}


def is_author(user: User, practice: Practice) -> bool:
    return _role(user, practice.employer_id) in {MemberRole.OWNER, MemberRole.EDITOR}


def is_curator(user: User, practice: Practice) -> bool:
    """An editor of the programme; never for the practices of an employer where the person works."""
    return user.has_role(Role.EDITOR) and not _role(user, practice.employer_id)


def _role(user: User, employer_id: int) -> str:
    if not user.is_authenticated or not user.is_active:
        return ""
    return Membership.objects.of(user, employer_id).values_list("role", flat=True).first() or ""
