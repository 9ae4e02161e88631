"""What managers do with an older version: offer its drafts the version in force, or offer it no longer."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.migrating.models import MigrationOffer
from certification.standards.models import Standard


@transaction.atomic
def offer(source: Standard, *, note: str, actor: User, at: dt.datetime) -> MigrationOffer:
    """Offer the version in force to the drafts that follow ``source``. Who they are stays private: they see it.

    Raises PermissionDenied for who is no manager, ActionRefused for the version in force itself and where one is
    offered already.
    """
    if not actor.has_role(Role.MANAGER):
        raise PermissionDenied
    target = Standard.objects.in_force().filter(code=source.code).exclude(pk=source.pk).first()
    if target is None:
        raise ActionRefused(_("Ésa es la versión vigente: no hay otra que ofrecer."))
    said = {"note": note.strip(), "offered_at": at, "offered_by": actor}
    # An offer of a version that is no longer in force has nothing to offer.
    old = MigrationOffer.objects.filter(source=source, withdrawn_at=None).exclude(target=target)
    old.update(withdrawn_at=at, withdrawn_by=actor)
    try:
        with transaction.atomic():
            made = MigrationOffer.objects.create(source=source, target=target, **said)
    except IntegrityError:
        raise ActionRefused(_("Ya se ofrece. Retira esa oferta para escribir otra.")) from None
    Event.record(made, "offer", actor=actor, at=at, data={"from": source.version, "to": target.version})
    return made


@transaction.atomic
def withdraw(made: MigrationOffer, *, actor: User, at: dt.datetime) -> None:
    """Offer it no longer; who moved stays where it is. Raises PermissionDenied and, the second time, ActionRefused."""
    if not actor.has_role(Role.MANAGER):
        raise PermissionDenied
    rows = MigrationOffer.objects.filter(pk=made.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=actor):
        raise ActionRefused(_("Ya se había retirado."))
    Event.record(made, "withdraw", actor=actor, at=at)
