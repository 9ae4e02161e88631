"""What people do with an employer, by subject. Every action is keyword-only and takes ``actor`` and ``at``."""

from employers.actions.employers import create_employer, request_invitation, update_employer
from employers.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from employers.actions.people import change_member, join, remove_member
from employers.actions.workplaces import (
    close_workplace,
    create_workplace,
    save_figures,
    update_workplace,
)

__all__ = [
    "accept_invitation",
    "change_member",
    "close_workplace",
    "create_employer",
    "create_workplace",
    "invite",
    "join",
    "remove_member",
    "request_invitation",
    "resend_invitation",
    "revoke_invitation",
    "save_figures",
    "update_employer",
    "update_workplace",
]
