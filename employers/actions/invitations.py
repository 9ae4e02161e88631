import datetime as dt
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from employers import emails
from employers.actions.people import join
from employers.enums import InvitationState, MemberRole
from employers.holds import lock
from employers.models import Employer, Invitation, Membership
from employers.permissions import can_manage_people

SECRET_BYTES = 32


def digest(token: str) -> str:
    """What is stored of the secret in an invitation's link: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, employer: Employer, email: str, role: str, is_signatory: bool, actor: User, at: dt.datetime
) -> Invitation:
    """Invite an address and mail the link. Who was invited and has not answered gets a new link; the old one ends."""
    address = email.strip().lower()
    if not can_manage_people(actor, employer):
        raise PermissionDenied
    _require_fit(employer, address, role, is_signatory=is_signatory)
    _require_not_too_many(employer, actor, at)
    token = secrets.token_urlsafe(SECRET_BYTES)
    invitation, _created = Invitation.objects.update_or_create(
        employer=employer,
        email=address,
        accepted_at=None,
        revoked_at=None,
        defaults={
            "role": role,
            "is_signatory": is_signatory,
            "token_sha256": digest(token),
            "invited_by": actor,
            "invited_at": at,
            "expires_at": at + dt.timedelta(days=settings.INVITATION_DAYS),
        },
    )
    emails.send_invitation(invitation, token=token)
    # The trail is permanent, so the address is not written in it.
    Event.record(invitation, "invitation_sent", actor=actor, at=at, data={"role": role, "is_signatory": is_signatory})
    return invitation


def _require_fit(employer: Employer, address: str, role: str, *, is_signatory: bool) -> None:
    if role == MemberRole.READER and is_signatory:
        raise ActionRefused(_("Quien sólo lee no puede firmar. Dale permiso de edición o quítale la firma."))
    if Membership.objects.current().filter(employer=employer, user__email__iexact=address).exists():
        raise ActionRefused(_("Esa persona ya está en la empresa."))


def _require_not_too_many(employer: Employer, actor: User, at: dt.datetime) -> None:
    """At most INVITATIONS_PER_DAY mails in 24 hours for an employer and for a person: this is no machine for mailing.

    The trail is counted, because an invitation that is sent again keeps its row. The employer's row is locked, so
    that two presses at once are counted one after the other.
    """
    lock(employer.pk)
    kind = Invitation._meta.label_lower
    sent = Event.objects.filter(
        subject_kind=kind, action="invitation_sent", at__gt=at - dt.timedelta(days=1), at__lte=at
    )
    own = sent.filter(subject_id__in=Invitation.objects.filter(employer=employer).values("pk"))
    if max(own.count(), sent.filter(actor=actor).count()) >= settings.INVITATIONS_PER_DAY:
        text = _("Ya se enviaron %(n)d invitaciones en las últimas 24 horas. Espera a mañana para enviar más.")
        raise ActionRefused(text % {"n": settings.INVITATIONS_PER_DAY})


def resend_invitation(*, invitation: Invitation, actor: User, at: dt.datetime) -> Invitation:
    """Mail a new link for an invitation that has not been answered; it counts its days again."""
    if invitation.state(at) not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        raise ActionRefused(_("Esa invitación ya no está pendiente."))
    return invite(
        employer=invitation.employer,
        email=invitation.email,
        role=invitation.role,
        is_signatory=invitation.is_signatory,
        actor=actor,
        at=at,
    )


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User, at: dt.datetime) -> None:
    """Make the link useless. Revoking twice changes nothing; an accepted invitation is refused."""
    if not can_manage_people(actor, invitation.employer):
        raise PermissionDenied
    pending = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if pending.update(revoked_at=at):
        Event.record(invitation, "invitation_revoked", actor=actor, at=at)
    elif Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=False).exists():
        raise ActionRefused(_("Esa invitación ya se aceptó. Si hace falta, quita a la persona de la empresa."))


@transaction.atomic
def accept_invitation(*, invitation: Invitation, actor: User, at: dt.datetime) -> Membership:
    """Join by an open invitation. Accepting it twice as the same person changes nothing.

    The account's address need not be the invited one, but it must be verified. Raises ActionRefused otherwise, and when
    the invitation was revoked, expired, or used by somebody else.
    """
    if not EmailAddress.objects.filter(user=actor, verified=True).exists():
        raise ActionRefused(_("Antes de aceptar, confirma tu correo con el enlace que te enviamos."))
    pending = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=at)
    if not pending.update(accepted_at=at, accepted_by=actor):
        return _accepted_before(invitation, actor, at)
    membership = join(
        employer=invitation.employer,
        user=actor,
        role=invitation.role,
        is_signatory=invitation.is_signatory,
        at=at,
    )
    Event.record(invitation, "invitation_accepted", actor=actor, at=at)
    return membership


def _accepted_before(invitation: Invitation, actor: User, at: dt.datetime) -> Membership:
    invitation.refresh_from_db()
    membership = invitation.employer.membership_of(actor)
    if invitation.accepted_by_id == actor.pk and membership:
        return membership
    raise ActionRefused(refusal(invitation.state(at)))


def refusal(state: InvitationState) -> str:
    """Why an invitation in this state cannot be accepted, and what to do."""
    return {
        InvitationState.ACCEPTED: _("Esta invitación ya se usó. Si no fuiste tú, pide otra a quien te invitó."),
        InvitationState.REVOKED: _("Quien te invitó anuló esta invitación. Si crees que es un error, pide otra."),
        InvitationState.EXPIRED: _("Esta invitación venció. Pide a quien te invitó que te la envíe de nuevo."),
    }[state]
