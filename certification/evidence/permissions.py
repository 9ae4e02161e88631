"""Who may do what with an employer's documents. Seeing them is ``Document.objects.visible_to``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from employers.enums import MemberRole
from employers.models import Membership

if TYPE_CHECKING:
    from accounts.models import User
    from employers.models import Employer

WRITERS = (MemberRole.OWNER, MemberRole.EDITOR)


def can_edit_documents(user: User, employer: Employer) -> bool:
    """Whether the person works in the employer now and may do more than read."""
    return Membership.objects.of(user, employer.pk).filter(role__in=WRITERS).exists()


def require_writer(actor: User, employer: Employer) -> None:
    """Raise PermissionDenied for who may not write in the employer's library."""
    if not can_edit_documents(actor, employer):
        raise PermissionDenied
