"""Who may do what in an employer. Nobody of the programme may change an employer's data."""

from accounts.models import User
from employers.enums import MemberRole
from employers.models import Employer, EmployerQuerySet, Membership

EDITORS = (MemberRole.OWNER, MemberRole.EDITOR)


def is_member(user: User, employer: Employer) -> bool:
    return employer.membership_of(user) is not None


def can_edit(user: User, employer: Employer) -> bool:
    """Change the employer's data, its workplaces and their figures."""
    membership = employer.membership_of(user)
    return membership is not None and membership.role in EDITORS


def edited_by(user: User) -> EmployerQuerySet:
    """The employers of which ``can_edit`` holds, in one query."""
    own = Membership.objects.current().filter(user=user, role__in=EDITORS)
    return Employer.objects.visible_to(user).filter(pk__in=own.values("employer"))


def can_manage_people(user: User, employer: Employer) -> bool:
    """Invite, change and remove people."""
    membership = employer.membership_of(user)
    return membership is not None and membership.role == MemberRole.OWNER
