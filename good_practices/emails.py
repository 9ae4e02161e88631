"""What the employer is told about its practices."""

from __future__ import annotations

from accounts.emails import send_after_commit
from employers.enums import MemberRole
from employers.models import Membership
from good_practices.models import Practice


def tell_employer(practice: Practice, event: str) -> None:
    """Write to the owners and editors of the employer. ``event`` is the name of the template."""
    members = Membership.objects.filter(
        employer=practice.employer_id, ended_at=None, role__in=(MemberRole.OWNER, MemberRole.EDITOR)
    )
    addresses = sorted(members.values_list("user__email", flat=True))
    send_after_commit([f"good_practices/emails/{event}"], to=addresses, context={"practice": practice})
