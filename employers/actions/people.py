import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from employers.enums import MemberRole
from employers.holds import lock
from employers.models import Employer, Membership
from employers.permissions import can_manage_people


@transaction.atomic
def join(*, employer: Employer, user: User, role: str, is_signatory: bool, at: dt.datetime) -> Membership:
    """Make ``user`` a member; who already is one stays as they are. Callers decide whether it is allowed."""
    membership, created = Membership.objects.get_or_create(
        employer=employer,
        user=user,
        ended_at=None,
        defaults={"role": role, "is_signatory": is_signatory, "joined_at": at},
    )
    if created:
        data = {"role": role, "is_signatory": is_signatory}
        Event.record(membership, "member_joined", actor=user, at=at, data=data)
    return membership


@transaction.atomic
def change_member(*, membership: Membership, role: str, is_signatory: bool, actor: User, at: dt.datetime) -> None:
    """Give another role. Raises ActionRefused when nobody would be left in charge, or a reader would sign."""
    current = _locked(membership, actor)
    if role == MemberRole.READER and is_signatory:
        raise ActionRefused(_("Quien sólo lee no puede firmar. Dale permiso de edición o quítale la firma."))
    if role != MemberRole.OWNER:
        _refuse_without_owner(current)
    if (current.role, current.is_signatory) == (role, is_signatory):
        return
    data = {"from": [current.role, current.is_signatory], "to": [role, is_signatory]}
    Membership.objects.filter(pk=current.pk).update(role=role, is_signatory=is_signatory)
    Event.record(current, "member_changed", actor=actor, at=at, data=data)


@transaction.atomic
def remove_member(*, membership: Membership, actor: User, at: dt.datetime) -> None:
    """End a membership: an owner ends anybody's, each person their own. The row stays, with its end."""
    current = _locked(membership, actor, own_is_enough=True)
    _refuse_without_owner(current)
    Membership.objects.filter(pk=current.pk).update(ended_at=at)
    action = "member_left" if actor.pk == current.user_id else "member_removed"
    Event.record(current, action, actor=actor, at=at)


def _locked(membership: Membership, actor: User, *, own_is_enough: bool = False) -> Membership:
    """The membership as it is now, with its employer locked: two owners who remove each other take turns."""
    employer = lock(membership.employer_id)
    if not can_manage_people(actor, employer) and not (own_is_enough and membership.user_id == actor.pk):
        raise PermissionDenied
    current = Membership.objects.current().filter(pk=membership.pk).first()
    if current is None:
        raise ActionRefused(_("Esa persona ya no está en la empresa."))
    return current


def _refuse_without_owner(current: Membership) -> None:
    others = Membership.objects.owners().filter(employer=current.employer_id).exclude(pk=current.pk)
    if current.role == MemberRole.OWNER and not others.exists():
        raise ActionRefused(_("La empresa se quedaría sin responsable. Antes, dale ese permiso a otra persona."))
