"""A file that was refused, or that another one was made from, makes room for the newer one where it is used."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from certification.applications.models import WITH_EMPLOYER, EvidenceUse
from certification.applications.saving import can_edit_item
from certification.applications.workflow import wait_for
from certification.evidence.enums import REFUSED, Derivation
from certification.evidence.models import Revision


@transaction.atomic
def use_newer_file(revision: Revision, *, actor: User) -> None:
    """Point the uses that ``actor`` may change now at ``revision``. What was sent keeps the file that was sent.

    Whoever is sending an application is waited for, and is then seen to have sent it.
    """
    older = Q(revision__state__in=REFUSED) | Q(revision=revision.derived_from_id)
    if revision.derivation == Derivation.MASKED:
        older |= Q(revision__derived_from=revision.derived_from_id, revision__derivation=Derivation.MASKED)
    uses = EvidenceUse.objects.filter(older, document=revision.document_id).exclude(revision=revision)
    uses = uses.filter(application__state__in=WITH_EMPLOYER)
    for use in uses.select_related("application").order_by("application", "pk"):
        is_as_read = wait_for(use.application) == use.application.version
        if is_as_read and can_edit_item(actor, use.application, use.item):
            EvidenceUse.objects.filter(pk=use.pk).update(revision=revision)
