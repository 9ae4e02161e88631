"""Mail of this room: an invitation, and a request to be invited."""

from django.conf import settings
from django.urls import reverse

from accounts.emails import send_after_commit
from accounts.models import User
from employers.models import Employer, Invitation


def send_invitation(invitation: Invitation, *, token: str) -> None:
    """Mail the link with its secret. Only its hash is kept, and the queue's text until ``requeue_tasks`` empties it."""
    send_after_commit(
        ["employers/emails/invitation"],
        to=[invitation.email],
        context={
            "invitation": invitation,
            "employer": invitation.employer,
            "inviter": invitation.invited_by,
            "link": settings.SITE_URL + reverse("invitation_accept", args=[token]),
        },
    )


def send_join_request(employer: Employer, *, person: User, to: list[str]) -> None:
    """Tell the owners that somebody asks for an invitation."""
    send_after_commit(
        ["employers/emails/join_request"],
        to=to,
        context={
            "employer": employer,
            "person": person,
            "link": settings.SITE_URL + reverse("member_list", args=[employer.pk]),
        },
    )
