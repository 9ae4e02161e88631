"""What the page may already know of who signs the declaration."""

from __future__ import annotations

from accounts.models import User
from certification.applications.models import Submission
from employers.models import Employer


def signer_known(user: User, employer: Employer) -> dict[str, str]:
    """Name and post that the person signed with last for this employer, or else those of their account."""
    last = (
        Submission.objects.filter(submitted_by=user, application__employer=employer)
        .exclude(signer_name="")
        .order_by("-submitted_at")
        .values("signer_name", "signer_charge")
        .first()
    )
    if last:
        return {"name": last["signer_name"], "charge": last["signer_charge"]}
    return {"name": user.full_name, "charge": user.charge}
