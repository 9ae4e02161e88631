"""Measures that are declared: the third gate. None of them is asked for, so nothing here blocks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.standards.languages import words_of


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """A measure that is claimed and not shown: whoever reviews asks for it."""
    addresses = Addresses.of(dossier.application)
    for measure in dossier.document.measures:
        claim = dossier.measures.get(measure.code)
        if claim and claim.is_claimed and not dossier.papers.get(measure.code):
            text = _("%s: dices que la tienen; adjunta al menos una evidencia.") % words_of(measure)
            yield Finding(Kind.WARNING, Subject.MEASURES, measure.code, text, addresses.field(measure.code, "uploads"))
