from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject


def errors(dossier: Dossier) -> Iterator[Finding]:
    """What was observed in this round and has no answer yet."""
    addresses = Addresses.of(dossier.application)
    for item, one in dossier.open_observations.items():
        if one.answered_at is None:
            text = _("Observación sin responder: %s") % one.reason
            yield Finding(Kind.ERROR, Subject.OBSERVATIONS, item, text, addresses.item(item))
