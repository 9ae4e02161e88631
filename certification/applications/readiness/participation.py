"""The letters that others issue: the first gate."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certification.applications import requirements
from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.standards.enums import GateState
from certification.standards.languages import title_of


def errors(dossier: Dossier) -> Iterator[Finding]:
    """Letters without which nothing starts, and those that are said to be there and are not shown."""
    addresses = Addresses.of(dossier.application)
    for result in dossier.score.requirements:
        said = result.code in dossier.requirements
        if result.state != GateState.OPEN and result.blocks_start:
            url = addresses.field(result.code, "issued_on" if said else "present")
            yield Finding(Kind.ERROR, Subject.PARTICIPATION, result.code, str(result.sentence), url)
        elif said and not is_shown(dossier, result.code):
            text = _("%(title)s: adjunta el documento o escribe su número.") % {
                "title": title_of(dossier.document, result.code)
            }
            url = addresses.field(result.code, "uploads")
            yield Finding(Kind.ERROR, Subject.PARTICIPATION, result.code, text, url)


def is_shown(dossier: Dossier, code: str) -> bool:
    """A requirement that is said to be there is shown by its document, or at least by its number."""
    return bool(dossier.papers.get(code)) or bool(dossier.requirements[code].reference.strip())


def without_proof(dossier: Dossier) -> list[str]:
    """Codes of letters that are said to be there, and in force, and are not shown: their gate opens on words alone."""
    open_ones = (one.code for one in dossier.score.requirements if one.state == GateState.OPEN)
    return [code for code in open_ones if code in dossier.requirements and not is_shown(dossier, code)]


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """Letters that do not block and are missing, and those that lapse soon or before the likely visit."""
    addresses, letters = Addresses.of(dossier.application), requirements.letters(dossier)
    for result in dossier.score.requirements:
        letter, text = letters.get(result.code), ""
        if result.state != GateState.OPEN and not result.blocks_start:
            text = str(result.sentence)
        elif letter and letter.warning:
            text = f"{letter.title}: {letter.warning}"
        if text:
            url = addresses.field(result.code, "issued_on")
            yield Finding(Kind.WARNING, Subject.PARTICIPATION, result.code, text, url)
