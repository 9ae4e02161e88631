from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from certification.certificates.models import Certificate
from employers.models import Membership


def may_change_status(user: User, certificate: Certificate) -> bool:
    """A programme manager, but never on a certificate of an employer of their own."""
    return user.has_role(Role.MANAGER) and not Membership.objects.of(user, certificate.employer_id).exists()
