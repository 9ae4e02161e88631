"""Files that may not be sent, personal data, the age of evidence, and what helps to find the proof in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier, Paper
from certification.applications.readiness import proofs
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.applications.requirements import visit_day
from certification.evidence.enums import REFUSED, RevisionState
from certification.standards.document import Criterion
from certification.standards.evidence_lines import most_months
from certification.standards.languages import title_of, words_of
from certification.standards.scoring import months_after


def errors(dossier: Dossier) -> Iterator[Finding]:
    """Files that wait for their checks, and files that were refused: nobody could read them."""
    addresses = Addresses.of(dossier.application)
    for code, papers in dossier.papers.items():
        for paper in papers:
            if text := _hindrance(paper.state):
                text %= {"item": title_of(dossier.document, code), "document": paper.title}
                yield Finding(Kind.ERROR, Subject.EVIDENCE, code, text, addresses.evidence(code))


def _hindrance(state: str) -> str:
    """Why a file in that state keeps an application from being sent; nothing where it does not."""
    if state == RevisionState.QUARANTINED:
        return _("%(item)s: «%(document)s» sigue en revisión; espera a que termine o quítalo.")
    if state in REFUSED:
        return _("%(item)s: no aceptamos el archivo de «%(document)s»; cámbialo o quítalo.")
    return ""


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """Documents without a date, too old already, or too old by the likely visit."""
    visit = visit_day(dossier)
    for criterion in dossier.document.criteria:
        months = most_months(dossier.document, criterion)
        for paper in dossier.papers.get(criterion.code, ()) if months else ():
            said = {"criterion": words_of(criterion), "document": paper.title, "months": months}
            day = paper.newest_day
            text = ""
            if day is None:
                text = _("%(criterion)s: di cuándo se emitió «%(document)s».") % said
            elif months_after(day, months or 0) < dossier.on:
                text = _("%(criterion)s: «%(document)s» tiene más de %(months)s meses.") % said
            elif months_after(day, months or 0) < visit:
                said["visit"] = date_format(visit, "j b Y")
                text = _("%(criterion)s: «%(document)s» tendrá más de %(months)s meses el día de la visita probable")
                text = (text + " (%(visit)s).") % said
            if text:
                url = reverse("document_update", args=[paper.document]) + "#id_issued_on"
                yield Finding(Kind.WARNING, Subject.EVIDENCE, criterion.code, text, url)


def unmasked(dossier: Dossier) -> Iterator[Finding]:
    """Documents, each at its first item, whose personal data others would see without the employer having decided."""
    rows = dossier.application.evidence_uses.undecided()
    uses = list(rows.values_list("item", "document_id", "document__title"))
    told: set[int] = set()
    for part in dossier.document.items:
        for item, document, title in uses:
            if item == part.code and document not in told:
                told.add(document)
                said = {"item": title_of(dossier.document, item), "document": title}
                text = _("%(item)s: quien revise verá los datos personales de «%(document)s»; decide si los tapas.")
                url = reverse("document_detail", args=[document]) + "#datos-personales"
                yield Finding(Kind.WARNING, Subject.EVIDENCE, item, text % said, url)


def hints(dossier: Dossier) -> Iterator[Finding]:
    """Fewer documents than required lines of evidence, and documents that do not say where the proof is.

    Each once a criterion. One document may prove two lines, so their number only hints.
    """
    addresses = Addresses.of(dossier.application)
    for criterion in dossier.document.criteria:
        vague = [paper for paper in dossier.papers.get(criterion.code, ()) if is_vague(paper)]
        if text := _too_few(dossier, criterion):
            yield Finding(Kind.HINT, Subject.EVIDENCE, criterion.code, text, addresses.evidence(criterion.code))
        if vague:
            text = ngettext(
                "%(criterion)s: un documento no dice en qué página está la prueba.",
                "%(criterion)s: %(n)s documentos no dicen en qué página está la prueba.",
                len(vague),
            ) % {"criterion": words_of(criterion), "n": len(vague)}
            yield Finding(Kind.HINT, Subject.EVIDENCE, criterion.code, text, addresses.evidence(criterion.code))


def _too_few(dossier: Dossier, criterion: Criterion) -> str:
    """Where there is none at all that is an error of its own (``criteria``), and what lacks is named in ``proofs``."""
    required = sum(rule.required for rule in criterion.evidence_rules)
    attached = len({paper.document for paper in dossier.papers.get(criterion.code, ())})
    if not 0 < attached < required or not dossier.claims_something(criterion.code):
        return ""
    open_lines, free = proofs.open_required(dossier, criterion)
    if not 0 < free < open_lines:
        return ""
    said = {"criterion": words_of(criterion), "required": required, "attached": attached}
    return _("%(criterion)s: se piden %(required)s pruebas indispensables y hay %(attached)s.") % said


def is_vague(paper: Paper) -> bool:
    """Of one page there is nothing to say."""
    return not paper.pointer and (paper.pages is None or paper.pages > 1)
