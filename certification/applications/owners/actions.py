"""Giving parts of an application to people of the employer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from certification.applications.models import Application
from certification.applications.owners.models import ItemOwner
from certification.applications.permissions import is_editor
from certification.applications.workflow import lock
from employers.enums import MemberRole
from employers.models import Membership


def can_assign(user: User, application: Application) -> bool:
    """Whoever edits, while the employer has it."""
    return is_editor(user, application) and application.is_with_employer


@transaction.atomic
def assign(
    application: Application, items: Iterable[str], membership: int | None, *, actor: User, at: dt.datetime
) -> int:
    """Let one member see to those items, or nobody with None, and return of how many. Unknown codes are left out.

    Raises PermissionDenied for who only reads, ActionRefused for a person who does not, or no longer, edit for the
    employer, and for an application that is not, or no longer, in its hands.
    """
    if not is_editor(actor, application):
        raise PermissionDenied
    if not can_assign(actor, application):
        raise ActionRefused(_("La solicitud no está en sus manos: ahora no hay nada que repartir."))
    lock(application)
    known = [code for code in dict.fromkeys(items) if application.standard.document.item(code)]
    if membership is None:
        application.item_owners.filter(item__in=known).delete()
        return len(known)
    current = Membership.objects.current().exclude(role=MemberRole.READER)
    if not current.filter(pk=membership, employer_id=application.employer_id).exists():
        raise ActionRefused(_("Esa persona ya no puede editar por la empresa. Elige a otra."))
    said = {"application": application, "membership_id": membership, "assigned_at": at, "assigned_by": actor}
    ItemOwner.objects.bulk_create(
        [ItemOwner(item=code, **said) for code in known],
        update_conflicts=True,
        unique_fields=("application", "item"),
        update_fields=("membership", "assigned_at", "assigned_by"),
    )
    return len(known)
