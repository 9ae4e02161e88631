"""Give and take roles, and say for which body a person works. Each is logged with who, when and why."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import emails
from accounts.enums import Role
from accounts.models import BodyMembership, ReviewBody, User
from accounts.people import managers_but
from accounts.permissions import can_manage_staff
from accounts.refusals import ActionRefused
from audit.models import Event


@dataclass(frozen=True)
class Grant:
    """Who got a role, and the body that the person left for it, if any."""

    person: User
    left: ReviewBody | None


@transaction.atomic
def grant_role(
    *,
    email: str,
    role: Role,
    actor: User,
    at: dt.datetime,
    reason: str,
    body: ReviewBody | None = None,
    moves: bool = False,
) -> Grant:
    """Give ``role`` to the person whose confirmed address is ``email``, who with ``body`` also starts to work for it.

    Raises ActionRefused when nobody else has that address, when the person holds the role already, works for another
    body and ``moves`` does not say to leave it, or without a reason; PermissionDenied unless ``actor`` manages.
    """
    _check(actor, reason)
    person = _confirmed(email)
    _refuse_oneself(person, actor)
    group = _locked_group(role)
    if person.groups.filter(pk=group.pk).exists():
        raise ActionRefused(_("Esa persona ya tiene la función «%(role)s».") % {"role": role.label})
    left = _start_work(person, body, moves=moves, at=at) if body else None
    person.groups.add(group)
    _tell_of_grant(person, role, actor, at=at, reason=reason, body=body, left=left)
    data = {"role": role.value, "body": body.code if body else "", **({"left": left.code} if left else {})}
    Event.record(person, "role_granted", actor=actor, at=at, reason=reason, data=data)
    return Grant(person, left)


@transaction.atomic
def revoke_role(*, person: User, role: Role, actor: User, at: dt.datetime, reason: str) -> None:
    """Take ``role`` from ``person``; who keeps no role leaves the body, too.

    Raises ActionRefused when the person does not hold it, when it is oneself, or when nobody would be left to manage
    the programme.
    """
    _check(actor, reason)
    _refuse_oneself(person, actor)
    group = _locked_group(role)
    if not person.groups.filter(pk=group.pk).exists():
        raise ActionRefused(_("Esa persona ya no tenía esa función. No se cambió nada."))
    if role == Role.MANAGER and not _others_with(group, person):
        raise ActionRefused(_("Es la única persona que gestiona el programa. Da primero esa función a alguien más."))
    person.groups.remove(group)
    if not person.groups.exists():
        _end_memberships(person, at=at)
    emails.send_after_commit(
        ["accounts/emails/role_revoked"], to=[person.email], context={"role": role.label, "at": at}
    )
    _tell_managers("role_taken", person, actor, role=role.label, reason=reason)
    Event.record(person, "role_revoked", actor=actor, at=at, reason=reason, data={"role": role.value})


@transaction.atomic
def assign_body(*, person: User, body: ReviewBody, actor: User, at: dt.datetime, reason: str = "") -> None:
    """Let ``person`` work for ``body`` from ``at`` on; the body before it ends at the same moment.

    Raises ActionRefused when the body is closed, when the person has no role, is oneself, or works for that body
    already.
    """
    if not can_manage_staff(actor):
        raise PermissionDenied
    _refuse_oneself(person, actor)
    if body.closed_at is not None:
        raise ActionRefused(_("Ese organismo ya cerró. Elige otro."))
    if not person.groups.exists():
        raise ActionRefused(_("Primero da a esa persona una función en el programa."))
    if person.body_memberships.filter(ended_at=None, body=body).exists():
        raise ActionRefused(_("Esa persona ya trabaja para ese organismo."))
    _move_to(person, body, at=at)
    Event.record(person, "body_assigned", actor=actor, at=at, reason=reason, data={"body": body.code})


@transaction.atomic
def save_body(*, body: ReviewBody, actor: User, at: dt.datetime) -> None:
    """Store a new or changed review body, already validated by its form."""
    if not can_manage_staff(actor):
        raise PermissionDenied
    action = "body_created" if body.pk is None else "body_changed"
    body.save()
    data = {"code": body.code, "name": body.name, "kind": body.kind, "accreditation": body.accreditation}
    Event.record(body, action, actor=actor, at=at, data=data)


@transaction.atomic
def appoint_first_manager(*, email: str, at: dt.datetime) -> User:
    """Make the person with a confirmed account the first programme manager, when there is none yet.

    For the command of a new installation: nobody could give the role on a page. Raises ActionRefused.
    """
    person, group = _confirmed(email), _locked_group(Role.MANAGER)
    if _others_with(group, person) or person.groups.filter(pk=group.pk).exists():
        raise ActionRefused(
            _("Ya hay quien gestiona el programa: esa persona da las funciones en /programa/personas/.")
        )
    person.groups.add(group)
    Event.record(person, "role_granted", actor=None, at=at, reason="first manager", data={"role": group.name})
    return person


def _confirmed(email: str) -> User:
    address = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).select_related("user").first()
    if address is None or not address.user.is_active:
        raise ActionRefused(_("Nadie tiene una cuenta confirmada con ese correo. Pídele que la cree y la confirme."))
    person: User = address.user
    return person


def _check(actor: User, reason: str) -> None:
    if not can_manage_staff(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ActionRefused(_("Escribe el motivo: queda en el registro de hechos."))


def _refuse_oneself(person: User, actor: User) -> None:
    """What gives power over files is never taken for oneself: a second person answers for it."""
    if person.pk == actor.pk:
        raise ActionRefused(
            _("Nadie cambia sus propias funciones ni su organismo: pídelo a otra persona que gestione.")
        )


def _locked_group(role: Role) -> Group:
    # Locked, so that two managers cannot take the role from each other at the same moment and leave nobody.
    return Group.objects.select_for_update().get(name=role.value)


def _start_work(person: User, body: ReviewBody, *, moves: bool, at: dt.datetime) -> ReviewBody | None:
    """Let the person work for ``body``, and return the other one that was left. Raises ActionRefused if unasked."""
    now = person.body_memberships.filter(ended_at=None).exclude(body=body).select_related("body").first()
    if now and not moves:
        text = _("%(person)s trabaja hoy para «%(now)s» y lo dejaría. Marca «Cambiarla de organismo» si así debe ser.")
        raise ActionRefused(text % {"person": person, "now": now.body})
    _move_to(person, body, at=at)
    return now.body if now else None


def _tell_of_grant(person: User, role: Role, actor: User, *, at: dt.datetime, **said: Any) -> None:
    """The person and every other manager learn of it, so that nobody becomes the second pair of eyes unseen."""
    context = {"role": role.label, "at": at, **said}
    emails.send_after_commit(["accounts/emails/role_granted"], to=[person.email], context=context)
    _tell_managers("role_given", person, actor, **context)


def _tell_managers(template: str, person: User, actor: User, **said: Any) -> None:
    others = [manager.email for manager in managers_but(person, actor)]
    emails.send_after_commit(
        [f"accounts/emails/{template}"], to=others, context={"person": person, "actor": actor, **said}
    )


def _others_with(group: Group, person: User) -> bool:
    return User.objects.filter(groups=group, is_active=True).exclude(pk=person.pk).exists()


def _move_to(person: User, body: ReviewBody, *, at: dt.datetime) -> None:
    if person.body_memberships.filter(ended_at=None, body=body).exists():
        return
    _end_memberships(person, at=at)
    BodyMembership.objects.create(body=body, user=person, started_at=at)


def _end_memberships(person: User, *, at: dt.datetime) -> None:
    person.body_memberships.filter(ended_at=None).update(ended_at=at)
