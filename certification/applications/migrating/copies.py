"""Everything that an application says, as plain data, whatever version asks for it: kept before it moves."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from certification.applications.models import Application
from certification.applications.owners.models import ItemOwner
from certification.standards.canonical import day_text

Said = dict[str, Any]


def take(application: Application) -> Said:
    """By kind and code, with the fingerprint of the version that it followed. Dates are ISO 8601."""
    return {
        "standard": application.standard.fingerprint,
        "answers": {one.criterion: {"claims": one.claims, "note": one.note} for one in application.answers.all()},
        "local": _local(application),
        "requirements": {
            one.requirement: {
                "present": one.is_present,
                "issued_on": day_text(one.issued_on),
                "reference": one.reference,
            }
            for one in application.requirement_records.all()
        },
        "measures": {
            one.measure: {"claimed": one.is_claimed, "note": one.note} for one in application.measure_claims.all()
        },
        "evidence": _evidence(application),
        "owners": dict(ItemOwner.objects.filter(application=application).values_list("item", "membership_id")),
    }


def _local(application: Application) -> Said:
    """By workplace, which is named as people know it; a row out of force keeps what was typed, too."""
    found: Said = {}
    for one in application.local_answers.select_related("workplace"):
        place = found.setdefault(str(one.workplace_id), {"name": one.workplace.name, "answers": {}})
        place["answers"][one.criterion] = {"claims": one.claims, "note": one.note, "in_force": one.is_in_force}
    return found


def _evidence(application: Application) -> Said:
    found: dict[str, list[Said]] = defaultdict(list)
    for use in application.evidence_uses.select_related("document", "revision", "workplace"):
        found[use.item].append(
            {
                "document": use.document_id,
                "title": use.document.title,
                "revision": use.revision.number,
                "pointer": use.pointer,
                "shows": use.shows,
                "workplace": use.workplace.name if use.workplace else "",
            }
        )
    return dict(found)
