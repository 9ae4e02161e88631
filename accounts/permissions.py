"""Who may do what with people and bodies."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import User


def can_manage_staff(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.has_role(Role.MANAGER)


def require_manager(user: User | AnonymousUser) -> None:
    """Raise PermissionDenied unless the person manages the programme."""
    if not can_manage_staff(user):
        raise PermissionDenied
