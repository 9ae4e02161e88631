"""What is claimed of each criterion: the second gate."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.local_answers import Statement
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.standards.document import Criterion
from certification.standards.enums import Claim
from certification.standards.languages import title_of, words_of


def errors(dossier: Dossier) -> Iterator[Finding]:
    """A claim for each criterion in every workplace, evidence of what is claimed, and why something does not apply."""
    addresses = Addresses.of(dossier.application)
    for criterion in dossier.document.criteria:
        open_ones = [one for one in dossier.statements(criterion.code) if first_unanswered(one, criterion)]
        for one in open_ones:
            yield _unanswered(one, criterion, addresses)
        if open_ones:
            continue
        if text := _without_evidence(dossier, criterion):
            url = addresses.field(criterion.code, "uploads")
            yield Finding(Kind.ERROR, Subject.EVIDENCE, criterion.code, text, url)
        yield from _without_reason(dossier, criterion, addresses)


def _unanswered(said: Statement, criterion: Criterion, addresses: Addresses) -> Finding:
    field = f"claim_{first_unanswered(said, criterion)}_0"
    text, url = _("%s: di si se cumple.") % words_of(criterion), addresses.field(criterion.code, field)
    if said.workplace:
        text = _("%(title)s: di si se cumple en %(workplace)s.")
        text %= {"title": words_of(criterion), "workplace": said.workplace.name}
        url = f"{addresses.local(criterion.code, said.workplace)}#id_{field}"
    return Finding(Kind.ERROR, Subject.CRITERIA, criterion.code, text, url)


def _without_evidence(dossier: Dossier, criterion: Criterion) -> str:
    if dossier.claims_something(criterion.code) and not dossier.papers.get(criterion.code):
        return _("%s: dices que se cumple; adjunta al menos una evidencia.") % words_of(criterion)
    if places := dossier.without_evidence(criterion.code):
        names = {"title": words_of(criterion), "workplaces": ", ".join(place.name for place in places)}
        return _("%(title)s: dices que se cumple en %(workplaces)s; adjunta una evidencia que sirva ahí.") % names
    return ""


def _without_reason(dossier: Dossier, criterion: Criterion, addresses: Addresses) -> Iterator[Finding]:
    for one in dossier.statements(criterion.code) if criterion.justification_required else ():
        if one.answer and Claim.NOT_APPLICABLE in one.answer.claims.values() and not one.answer.note.strip():
            text = _("%s: marcaste «no aplica»; escribe en la nota por qué.") % words_of(criterion)
            url = addresses.field(criterion.code, "note")
            if one.workplace:
                url = f"{addresses.local(criterion.code, one.workplace)}#id_note"
            yield Finding(Kind.ERROR, Subject.CRITERIA, criterion.code, text, url)


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """A critical criterion that is not met whole, and «no aplica» where the standard does not take it."""
    addresses = Addresses.of(dossier.application)
    for result in dossier.score.criteria:
        said = {"title": title_of(dossier.document, result.code)}
        if not result.is_complete:
            continue
        text = ""
        if result.is_na_refused:
            text = _("%(title)s: esta norma no admite «no aplica» aquí; cuenta cero puntos.") % said
        elif result.critical and not result.is_satisfied:
            text = _("%(title)s: es crítico y todavía no se cumple completo; así no se otorga.") % said
        if text:
            yield Finding(Kind.WARNING, Subject.CRITERIA, result.code, text, addresses.item(result.code))


def hints(dossier: Dossier) -> Iterator[Finding]:
    """A claim without a word on how it is done."""
    addresses = Addresses.of(dossier.application)
    for criterion in dossier.document.criteria:
        answer = dossier.answers.get(criterion.code)
        said = dossier.statements(criterion.code)[:1]
        if answer and said and said[0].answer is answer and said[0].claims_something and not answer.note.strip():
            text = _("%s: cuenta en pocas líneas cómo lo hacen.") % words_of(criterion)
            url = addresses.field(criterion.code, "note")
            yield Finding(Kind.HINT, Subject.CRITERIA, criterion.code, text, url)


def is_answered(dossier: Dossier, criterion: Criterion) -> bool:
    """Tell whether every sub-item, or the criterion itself, has a claim, in every workplace."""
    return not any(first_unanswered(one, criterion) for one in dossier.statements(criterion.code))


def first_unanswered(said: Statement, criterion: Criterion) -> str:
    """The code of the first sub-item, or of the criterion itself, without a claim; nothing when all have one."""
    claims = said.answer.claims if said.answer else {}
    if criterion.code in claims:
        return ""
    if not criterion.sub_items:
        return criterion.code
    return next((part.code for part in criterion.sub_items if part.code not in claims), "")
