"""The lines of the task list: what there is to do, how far it is, and how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from certification.applications import figures, readiness
from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.enums import State
from certification.applications.owners.team import Member, Team
from certification.applications.readiness.participation import is_shown
from certification.applications.requirements import Letter
from certification.standards.document import Criterion, Measure, Section
from certification.standards.enums import Claim, GateState
from certification.standards.languages import Words, title_of, words_of
from certification.standards.results import CriterionResult, MeasureResult, RequirementResult

Word = tuple[str, str]  # a state and what it says
LETTER_MINUTES = 10  # our estimate of attaching it and writing its date; that it takes weeks to come is said apart
FIGURES_MINUTES = 15  # of writing the figures of one workplace
SEND_MINUTES = 10
EVIDENCE_SHARE = Fraction(1, 2)  # our estimate: half of the work of a criterion is finding its evidence


@dataclass(frozen=True)
class Task:
    """A line of the task list. ``state`` is the suffix of its CSS class, ``word`` what it says, ``note`` why."""

    code: str
    title: str | Words
    url: str
    state: str
    word: str
    note: str = ""
    section: str | Words = ""
    points: str = ""
    most: str = ""
    confirmed: bool = True
    minutes: int = 0
    owner: Member | None = None
    waits: bool = False  # it cannot start yet

    @property
    def is_done(self) -> bool:
        """What does not apply is done, too."""
        return self.state == "met" or (self.state == "locked" and not self.waits)


@dataclass(frozen=True)
class Work:
    """What the lines are made from."""

    dossier: Dossier
    team: Team
    addresses: Addresses

    def is_open(self, code: str) -> bool:
        """With observations, only what was observed can be changed: the rest takes no more time."""
        return self.dossier.application.state != State.OBSERVED or code in self.dossier.open_observations


def once_a_language(say: Callable[[], Word]) -> Callable[[], Word]:
    """Keep what ``say`` says: each line says one of a few words, and to look one up takes longer than its state."""
    kept = lru_cache(maxsize=8)(lambda _language: say())
    return lambda: kept(get_language())


@once_a_language
def not_started() -> tuple[str, str]:
    return "todo", _("Sin empezar")


@once_a_language
def in_progress() -> tuple[str, str]:
    return "doing", _("En curso")


@once_a_language
def lacking_evidence() -> tuple[str, str]:
    return "doing", _("Falta evidencia")


@once_a_language
def to_confirm() -> tuple[str, str]:
    """It came from the application that this one renews, and nobody said yet that it is still so."""
    return "doing", _("Por confirmar")


@once_a_language
def done() -> tuple[str, str]:
    return "met", _("Listo")


@once_a_language
def answered_short() -> tuple[str, str]:
    """There is nothing left to answer, and the answer is that it is not met: neither missing nor fine."""
    return "attention", _("Respondido: todavía no se cumple")


@once_a_language
def cannot_start() -> tuple[str, str]:
    return "locked", _("No puede empezar todavía")


def eligibility(work: Work) -> list[Task]:
    """What must be settled before anything else counts."""
    return [_workplaces(work.dossier), _figures(work.dossier), _signatory(work)]


def workplace_names(dossier: Dossier) -> str:
    """Three of them, and how many more there are."""
    names = ", ".join(one.name for one in dossier.workplaces[:3])
    more = len(dossier.workplaces) - 3
    return _("%(names)s y %(number)s más") % {"names": names, "number": more} if more > 0 else names


def _workplaces(dossier: Dossier) -> Task:
    closed = [one.name for one in dossier.workplaces if one.closed_at]
    state, word = done()
    note = workplace_names(dossier)
    if closed:
        state, word, note = "attention", _("Revisar"), _("Ya cerraron: %s") % ", ".join(closed)
    url = reverse("employer_detail", args=[dossier.application.employer_id])
    return Task("", _("Centros de trabajo elegidos"), url, state, word, note)


def _figures(dossier: Dossier) -> Task:
    rows = figures.by_workplace(dossier.workplaces, dossier.workforce)
    lacking = [row for row in rows if row.figures is None]
    asked = [row for row in rows if row.unanswered]
    url = reverse("employer_detail", args=[dossier.application.employer_id])
    (state, word), note = done(), ""
    if lacking:
        state, word = in_progress() if len(lacking) < len(rows) else not_started()
        note = _("Faltan: %s") % ", ".join(row.workplace.name for row in lacking[:3])
    elif asked:
        state, word, note = "attention", _("Por explicar"), _("Hay números que llaman la atención")
    if lacking or asked:
        url = (lacking or asked)[0].url
    minutes = FIGURES_MINUTES * len(lacking)
    return Task("", _("Cifras de la plantilla"), url, state, word, note, minutes=minutes)


def _signatory(work: Work) -> Task:
    url = reverse("member_list", args=[work.dossier.application.employer_id])
    names = ", ".join(member.name for member in work.team.signatories)
    state, word = done() if names else not_started()
    note = names or _("Nadie puede firmar todavía: dale ese permiso a quien represente a la empresa")
    return Task("", _("Quién firma la declaración"), url, state, word, note, minutes=0 if names else 5)


def letter(work: Work, result: RequirementResult, aged: Letter | None) -> Task:
    """A document that others issue."""
    state, word = _letter_state(work.dossier, result, aged)
    note = ""
    if state == "failed":
        note = str(result.sentence)
    elif aged and aged.warning:
        note = aged.warning
    elif result.valid_until:
        note = _("Sirve hasta el %(day)s") % {"day": date_format(result.valid_until, "j b Y")}
    minutes = 0 if state == "met" or aged or not work.is_open(result.code) else LETTER_MINUTES
    url, owner = work.addresses.item(result.code), work.team.owners.get(result.code)
    title = title_of(work.dossier.document, result.code)
    return Task(result.code, title, url, state, word, note, minutes=minutes, owner=owner)


def _letter_state(dossier: Dossier, result: RequirementResult, aged: Letter | None) -> tuple[str, str]:
    if _is_observed(dossier, result.code):
        return "attention", _("Observado")
    if result.state == GateState.CLOSED:
        return "failed", _("No sirve")
    if result.code not in dossier.requirements:
        return not_started()
    if result.state != GateState.OPEN or not is_shown(dossier, result.code):
        return in_progress()
    if dossier.is_carried(result.code):
        return to_confirm()
    return ("attention", _("Por vencer")) if aged and aged.warning else done()


def criterion(work: Work, section: Section, part: Criterion, result: CriterionResult) -> Task:
    """A criterion, with its section as a word."""
    dossier = work.dossier
    state, word = _criterion_state(dossier, part, result)
    takes_time = state in {"todo", "doing", "attention"} and work.is_open(part.code)
    minutes = minutes_left(dossier, part, result) if takes_time else 0
    name: str | Words = words_of(section) if len(dossier.document.sections) > 1 else ""
    if part.critical and not section.all_required:
        name = " · ".join(filter(None, (_("Crítico"), str(name))))
    return Task(
        code=part.code,
        title=words_of(part),
        url=work.addresses.item(part.code),
        state=state,
        word=word,
        note=_own_note(dossier, part.code),
        section=name,
        points=result.shown_points,
        most=f"{part.max_points.normalize():f}",
        confirmed=part.points_confirmed is True,
        minutes=minutes,
        owner=work.team.owners.get(part.code),
    )


def _own_note(dossier: Dossier, code: str) -> str:
    number = len(dossier.local.get(code, {}))
    if not number:
        return ""
    return ngettext("Distinto en %(number)s centro", "Distinto en %(number)s centros", number) % {"number": number}


def _is_observed(dossier: Dossier, code: str) -> bool:
    observation = dossier.open_observations.get(code)
    return observation is not None and observation.answered_at is None


def _criterion_state(dossier: Dossier, part: Criterion, result: CriterionResult) -> tuple[str, str]:
    if _is_observed(dossier, part.code):
        return "attention", _("Observado")
    if result.claim == Claim.NOT_APPLICABLE:
        return "locked", _("No aplica")
    if part.code not in dossier.answers and part.code not in dossier.local:
        return not_started()
    if not result.is_complete or not readiness.is_answered(dossier, part):
        return in_progress()
    if dossier.lacks_evidence(part.code):
        return lacking_evidence()
    return _answered(dossier, part.code, is_fine=result.is_satisfied or not result.critical)


def _answered(dossier: Dossier, code: str, *, is_fine: bool) -> tuple[str, str]:
    if dossier.is_carried(code):
        return to_confirm()
    return done() if is_fine else answered_short()


def minutes_left(dossier: Dossier, part: Criterion, result: CriterionResult) -> int:
    """Our estimate of what is still to do: what has no answer, and the evidence while it lacks."""
    claims = [item.claim for item in result.sub_items] or [result.claim]
    unanswered = claims.count(None)
    seeks = unanswered == len(claims) or dossier.lacks_evidence(part.code)
    if not unanswered and not seeks:
        return 0
    share = Fraction(unanswered, len(claims)) * (1 - EVIDENCE_SHARE) + (EVIDENCE_SHARE if seeks else 0)
    return ceil(part.minutes * share)


def measure(work: Work, part: Measure, result: MeasureResult) -> Task:
    """A measure. What is computed waits for the figures; what is declared, for the employer."""
    dossier, note, minutes = work.dossier, str(result.sentence), 0
    if _is_observed(dossier, part.code):
        state, word = "attention", _("Observado")
    elif result.target is not None:
        state, word = (
            cannot_start() if result.value is None else _answered(dossier, part.code, is_fine=result.met is True)
        )
    elif part.code not in dossier.measures:
        (state, word), note, minutes = not_started(), "", part.minutes
    elif result.met and not dossier.papers.get(part.code):
        (state, word), minutes = lacking_evidence(), ceil(part.minutes * EVIDENCE_SHARE)
    else:
        state, word = _answered(dossier, part.code, is_fine=result.met is True)
    return Task(
        code=part.code,
        title=words_of(part),
        url=work.addresses.item(part.code),
        state=state,
        word=word,
        note=note,
        points=result.shown_value,
        minutes=minutes if work.is_open(part.code) else 0,
        owner=work.team.owners.get(part.code),
        waits=result.target is not None and result.value is None,
    )


def sending(work: Work, errors: int) -> Task:
    """The last one: it cannot start while something blocks it."""
    application = work.dossier.application
    url = reverse("application_submit", args=[application.folio])
    names = ", ".join(member.name for member in work.team.signatories)
    note, minutes = (_("La envía: %s") % names if names else ""), SEND_MINUTES
    if not application.is_with_employer:
        (state, word), note, minutes = done() if application.submitted_at else cannot_start(), "", 0
    elif errors:
        state, word = cannot_start()
        note = ngettext(
            "Primero resuelve lo que la detiene: falta una cosa.",
            "Primero resuelve lo que la detiene: faltan %(n)s cosas.",
            errors,
        ) % {"n": errors}
    else:
        state, word = not_started()
    title = _("Revisar lo que falta y enviar")
    return Task("", title, url, state, word, note, minutes=minutes, waits=state == "locked")
