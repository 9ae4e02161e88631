"""What is missing before an application can be sent, all at once, each with the page that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications import figures, requirements
from certification.applications.dossier import Dossier
from certification.applications.local_answers import Statement
from certification.applications.models import Application
from certification.standards.document import Criterion, Measure, Requirement
from certification.standards.enums import GateState
from certification.standards.scoring import months_after
from employers.models import Workplace


@dataclass(frozen=True)
class Missing:
    """One thing to do. ``blocks`` tells whether the application cannot be sent without it."""

    code: str
    text: str
    url: str
    blocks: bool = True


def missing(dossier: Dossier) -> list[Missing]:
    """Blocking things first, in the order of the gates, then advice."""
    found = [
        *_requirements(dossier),
        *_letters(dossier),
        *_criteria(dossier),
        *_workforce(dossier),
        *_observations(dossier),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def item_url(dossier: Dossier, code: str) -> str:
    """Shorthand of ``item_address``."""
    return item_address(dossier.application, code)


def item_address(application: Application, code: str) -> str:
    """Address of the page where an item of an application is answered."""
    part = application.standard.document.item(code)
    if isinstance(part, Requirement):
        return reverse("participation_edit", args=[application.folio]) + f"#{code}"
    if isinstance(part, Measure):
        return reverse("measures_edit", args=[application.folio]) + f"#{code}"
    return reverse("criterion_edit", args=[application.folio, code])


def local_address(application: Application, code: str, workplace: Workplace) -> str:
    """Address of the page where one workplace answers a criterion."""
    return reverse("local_answer_edit", args=[application.folio, code, workplace.pk])


def _requirements(dossier: Dossier) -> list[Missing]:
    found = []
    for result in dossier.score.requirements:
        url = item_url(dossier, result.code)
        if result.state != GateState.OPEN and result.blocks_start:
            found.append(Missing(result.code, str(result.sentence), url))
        elif result.code in dossier.requirements and not _is_shown(dossier, result.code):
            text = _("%(title)s: adjunta el documento o escribe su número.") % {"title": result.title}
            found.append(Missing(result.code, text, url))
    return found


def _letters(dossier: Dossier) -> list[Missing]:
    return [
        Missing(letter.code, f"{letter.title}: {text}", item_url(dossier, letter.code), blocks=False)
        for letter, text in requirements.warnings(dossier)
    ]


def _is_shown(dossier: Dossier, code: str) -> bool:
    """A requirement that is said to be there is shown by its document, or at least by its number."""
    return bool(dossier.uses.get(code)) or bool(dossier.requirements[code].reference.strip())


def _criteria(dossier: Dossier) -> list[Missing]:
    found = []
    for criterion in dossier.document.criteria:
        url = item_url(dossier, criterion.code)
        if not is_answered(dossier, criterion):
            found += _unanswered(dossier, criterion)
        elif dossier.claims_something(criterion.code) and not dossier.uses.get(criterion.code):
            text = _("%s: dices que se cumple; adjunta al menos una evidencia.") % criterion.title
            found.append(Missing(criterion.code, text, url))
        elif places := dossier.without_evidence(criterion.code):
            text = _("%(title)s: dices que se cumple en %(workplaces)s; adjunta una evidencia que sirva ahí.")
            names = {"title": criterion.title, "workplaces": ", ".join(place.name for place in places)}
            found.append(Missing(criterion.code, text % names, url))
        found += [Missing(criterion.code, text, url, blocks=False) for text in _aged(dossier, criterion)]
        if criterion.critical and is_answered(dossier, criterion) and not _is_satisfied(dossier, criterion.code):
            text = _("%s: es crítico y todavía no se cumple completo. Puedes enviar, pero así no se otorga.")
            found.append(Missing(criterion.code, text % criterion.title, url, blocks=False))
    return found


def _aged(dossier: Dossier, criterion: Criterion) -> list[str]:
    """Evidence older than the standard takes, or without a date: advice, because what is practised counts more."""
    months = dossier.document.evidence_max_age_months
    if not months:
        return []
    undated = _("%(criterion)s: di cuándo se emitió «%(document)s».")
    aged = _("%(criterion)s: «%(document)s» se emitió hace más de %(months)s meses.")
    found = []
    for use in dossier.uses.get(criterion.code, []):
        said = {"criterion": criterion.title, "document": use.document.title, "months": months}
        if use.document.issued_on is None:
            found.append(undated % said)
        elif months_after(use.document.issued_on, months) < dossier.on:
            found.append(aged % said)
    return found


def _workforce(dossier: Dossier) -> list[Missing]:
    """Workplaces without figures stop the sending; figures that are doubted, or old, are advice, a line a workplace."""
    found = []
    for row in figures.by_workplace(dossier.workplaces, dossier.workforce):
        said: dict[str, Any] = {"workplace": row.workplace.name}
        if row.figures is None:
            text = _("%(workplace)s: faltan las cifras de su plantilla.") % said
            found.append(Missing("", text, row.url))
            continue
        said |= {"year": row.figures.year, "number": row.unanswered}
        if row.unanswered:
            text = ngettext(
                "%(workplace)s: un número de %(year)s llama la atención y nadie lo ha explicado.",
                "%(workplace)s: %(number)s números de %(year)s llaman la atención y nadie los ha explicado.",
                row.unanswered,
            )
            found.append(Missing("", text % said, row.url, blocks=False))
        if row.figures.year < dossier.on.year - 1:
            text = _("%(workplace)s: sus últimas cifras son de %(year)s.") % said
            found.append(Missing("", text, row.workplace_url, blocks=False))
    return found


def _observations(dossier: Dossier) -> list[Missing]:
    return [
        Missing(item, _("Observación sin responder: %s") % observation.reason, item_url(dossier, item))
        for item, observation in dossier.open_observations.items()
        if observation.answered_at is None
    ]


def is_answered(dossier: Dossier, criterion: Criterion) -> bool:
    """Tell whether every sub-item, or the criterion itself, has a claim, in every workplace."""
    return all(_is_whole(one, criterion) for one in dossier.statements(criterion.code))


def _is_whole(said: Statement, criterion: Criterion) -> bool:
    claims = said.answer.claims if said.answer else {}
    if criterion.code in claims:
        return True
    return bool(criterion.sub_items) and all(part.code in claims for part in criterion.sub_items)


def _unanswered(dossier: Dossier, criterion: Criterion) -> list[Missing]:
    found, code = [], criterion.code
    for said in dossier.statements(code):
        if _is_whole(said, criterion):
            continue
        text, url = _("%s: di si se cumple.") % criterion.title, item_url(dossier, code)
        if said.workplace:
            names = {"title": criterion.title, "workplace": said.workplace.name}
            text = _("%(title)s: di si se cumple en %(workplace)s.") % names
            url = local_address(dossier.application, code, said.workplace)
        found.append(Missing(code, text, url))
    return found


def _is_satisfied(dossier: Dossier, code: str) -> bool:
    return dossier.score.criterion(code).is_satisfied
