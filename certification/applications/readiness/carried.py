"""What a renewal began with and nobody confirmed: it may no longer be true, so it is not signed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.standards.document import Criterion, Measure, Requirement
from certification.standards.languages import words_of

SUBJECTS = {Requirement: Subject.PARTICIPATION, Criterion: Subject.CRITERIA, Measure: Subject.MEASURES}


def errors(dossier: Dossier) -> Iterator[Finding]:
    """Each answer that still is as it was carried, with the page that asks whether it is still so."""
    if dossier.renewal is None:
        return
    addresses = Addresses.of(dossier.application)
    for part in dossier.document.items:
        subject = SUBJECTS[type(part)]
        said = {"title": words_of(part), "folio": dossier.renewal.source.folio}
        for one in dossier.statements(part.code):
            if one.workplace and dossier.carried_from(part.code, one.workplace.pk):
                text = _("%(title)s: lo de %(place)s viene de tu solicitud %(folio)s; confirma si sigue igual.")
                text, url = text % (said | {"place": one.workplace.name}), addresses.local(part.code, one.workplace)
                yield Finding(Kind.ERROR, subject, part.code, text, url)
            elif not one.workplace and dossier.carried_from(part.code):
                text = _("%(title)s: viene de tu solicitud %(folio)s; confirma si sigue igual.") % said
                yield Finding(Kind.ERROR, subject, part.code, text, addresses.item(part.code))
