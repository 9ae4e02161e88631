"""What the pages of an application show, prepared from the dossier: no queries here but those of the history."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from certification.applications import readiness, requirements
from certification.applications.dossier import Dossier
from certification.applications.enums import State
from certification.applications.extensions.words import EXTENSION_WORDS, told
from certification.applications.models import Answer, Application, EvidenceUse, Observation
from certification.applications.requirements import Letter
from certification.applications.status import Status, status_of
from certification.standards.document import Criterion, Measure, Requirement, Section, StandardDocument
from certification.standards.enums import Claim, GateState
from certification.standards.results import CriterionResult, Gate, RequirementResult, Score

item_address = readiness.item_address

EVENT_WORDS: dict[str, Promise] = {
    "overdue_told": gettext_lazy("Venció el plazo de este paso y se avisó a la gestión del programa"),
    "open": gettext_lazy("Se abrió la solicitud"),
    "submit": gettext_lazy("Se envió"),
    "withdraw": gettext_lazy("Se retiró"),
    "assign": gettext_lazy("Se asignó a quien la revisa"),
    "reassign": gettext_lazy("Cambió quien la revisa"),
    "observe": gettext_lazy("Se enviaron observaciones"),
    "answer": gettext_lazy("Se respondieron las observaciones"),
    "recommend": gettext_lazy("Terminó la revisión y pasó a dictamen"),
    "return": gettext_lazy("Quien dictamina la devolvió a revisión"),
    "decide": gettext_lazy("Se dictaminó"),
    "publish_award": gettext_lazy("Se otorgó el certificado"),
    "publish_decline": gettext_lazy("Se publicó que no se otorga"),
    "lapse": gettext_lazy("Venció el plazo; nada se borró"),
    "resume": gettext_lazy("Se reanudó"),
    "resume_answer": gettext_lazy("Se reanudó la respuesta a las observaciones"),
    "evidence_seen": gettext_lazy("El programa vio un documento"),
    "letter_told": gettext_lazy("Se avisó que un documento de participación está por vencer"),
    **EXTENSION_WORDS,
}


@dataclass(frozen=True)
class Row:
    """An application in a list."""

    application: Application
    url: str
    status: Status
    workplaces: str = ""


@dataclass(frozen=True)
class Task:
    """A line of the task list. ``state`` is the suffix of its CSS class, ``word`` what it says."""

    code: str
    title: str
    url: str
    state: str
    word: str
    note: str
    result: CriterionResult
    confirmed: bool


@dataclass(frozen=True)
class Group:
    section: Section
    tasks: list[Task]
    points: Any


@dataclass(frozen=True)
class GateView:
    state: str
    word: str
    title: str
    text: str


@dataclass(frozen=True)
class Hub:
    status: Status
    score: Score
    gates: list[GateView]
    groups: list[Group]
    missing: list[readiness.Missing]
    profile: list[dict[str, Any]]
    observations: list[tuple[Observation, str]]  # each with the address where it is answered
    letters: list[tuple[RequirementResult, Letter | None]]

    @property
    def blocking(self) -> list[readiness.Missing]:
        return [one for one in self.missing if one.blocks]

    @property
    def advice(self) -> list[readiness.Missing]:
        return [one for one in self.missing if not one.blocks]


@dataclass(frozen=True)
class Item:
    """One criterion, requirement or measure with what is said of it."""

    code: str
    part: Criterion | Requirement | Measure
    result: Any
    url: str
    uses: list[EvidenceUse]
    observation: Observation | None
    answer: Answer | None
    next_code: str
    next_url: str
    letter: Letter | None

    @property
    def kind(self) -> str:
        """«criterion», «requirement» or «measure»."""
        return type(self.part).__name__.lower()


def row(application: Application) -> Row:
    url = reverse("application_detail", args=[application.folio])
    return Row(application, url, status_of(application.state))


def next_code(document: StandardDocument, code: str) -> str:
    """The criterion after ``code``, or nothing after the last one."""
    codes = [criterion.code for criterion in document.criteria]
    place = codes.index(code) + 1
    return codes[place] if place < len(codes) else ""


def build(dossier: Dossier) -> Hub:
    """Everything of the hub: gates, task list, points and what is missing."""
    scored, letters = dossier.score, requirements.letters(dossier)
    return Hub(
        status=status_of(dossier.application.state),
        score=scored,
        gates=gate_views(scored),
        groups=[_group(dossier, section) for section in dossier.document.sections],
        missing=readiness.missing(dossier),
        profile=[_profile_row(dossier, result) for result in scored.criteria],
        observations=[(one, readiness.item_url(dossier, code)) for code, one in dossier.open_observations.items()],
        letters=[(result, letters.get(result.code)) for result in scored.requirements],
    )


def item(dossier: Dossier, code: str) -> Item:
    """Raises KeyError for a code that is not in the standard."""
    part, application = dossier.document.item(code), dossier.application
    if part is None:
        raise KeyError(code)
    results: tuple[Any, ...] = (*dossier.score.requirements, *dossier.score.criteria, *dossier.score.measures)
    following = next_code(dossier.document, code) if isinstance(part, Criterion) else ""
    return Item(
        code=code,
        part=part,
        result=next(result for result in results if result.code == code),
        url=item_address(application, code),
        uses=dossier.uses.get(code, []),
        observation=dossier.open_observations.get(code),
        answer=dossier.answers.get(code),
        next_code=following,
        next_url=item_address(application, following) if following else "",
        letter=requirements.letters(dossier).get(code) if isinstance(part, Requirement) else None,
    )


# Reasons that the people of the programme give each other; the employer reads those of the decision, once published.
INTERNAL_REASONS = frozenset({"reassign", "return", "recommend", "decide"})


def history(application: Application, *, for_staff: bool = False) -> list[dict[str, Any]]:
    """The timeline: what happened, without the names of people of the programme, and what is next."""
    hidden = frozenset() if for_staff else INTERNAL_REASONS
    entries: list[dict[str, Any]] = [
        {
            "at": event.at,
            "title": EVENT_WORDS.get(event.action, event.action),
            "text": "" if event.action in hidden else told(event),
            "kind": "",
        }
        for event in Event.objects.about(application)
    ]
    if application.state not in (State.AWARDED, State.DECLINED, State.WITHDRAWN):
        status = status_of(application.state)
        entries.append({"when": _("Ahora"), "title": application.get_state_display(), "text": "", "kind": "now"})
        if not for_staff:  # what comes next is told in the employer's words; the banner tells it to the programme
            later = {"when": _("Después"), "title": status.next_step, "text": status.on_silence, "kind": "later"}
            entries.append(later)
    return entries


def gate_views(scored: Score) -> list[GateView]:
    """The three gates, of what is claimed or of what was verified."""
    views = []
    for number, gate in enumerate(scored.gates):
        waits = gate.is_open and not all(before.is_open for before in scored.gates[:number])
        views.append(_gate(gate, scored, waits=waits))
    return views


def _gate(gate: Gate, scored: Score, *, waits: bool) -> GateView:
    titles = {"participation": _("Participación"), "criteria": _("Requisitos"), "measures": _("Medidas")}
    shapes = {GateState.OPEN: "met", GateState.CLOSED: "failed", GateState.WAITING: "todo"}
    if waits:  # the gates open in their order: this one would, but for an earlier one
        return GateView("locked", _("Espera a la anterior"), titles[gate.code], _gate_text(gate, scored))
    return GateView(shapes[gate.state], str(gate.state.label), titles[gate.code], _gate_text(gate, scored))


def _gate_text(gate: Gate, scored: Score) -> str:
    if gate.code == "participation":
        done = sum(1 for one in scored.requirements if one.state == GateState.OPEN)
        if not scored.requirements:
            return _("Esta norma no pide documentos previos.")
        return _("%(done)s de %(all)s documentos vigentes.") % {"done": done, "all": len(scored.requirements)}
    if gate.code == "criteria":
        critical = [one for one in scored.criteria if one.critical]
        text = _("%(points)s puntos y el mínimo es %(threshold)s.") % {
            "points": scored.shown_points,
            "threshold": scored.threshold,
        }
        if critical:
            met = sum(1 for one in critical if one.is_satisfied)
            text += " " + _("Críticos completos: %(met)s de %(all)s.") % {"met": met, "all": len(critical)}
        return text
    if not scored.measures:
        return _("Esta norma no tiene medidas que suban el nivel.")
    return _("%(met)s de %(all)s cumplidas.") % {"met": scored.measures_met, "all": len(scored.measures)}


def _group(dossier: Dossier, section: Section) -> Group:
    tasks = [_task(dossier, criterion) for criterion in section.criteria]
    return Group(section, tasks, sum(task.result.points for task in tasks))


def _task(dossier: Dossier, criterion: Criterion) -> Task:
    result = dossier.score.criterion(criterion.code)
    state, word = _task_state(dossier, criterion, result)
    note = ""
    if state in ("todo", "doing"):
        note = _("Unos %(minutes)s min") % {"minutes": criterion.minutes}
    return Task(
        code=criterion.code,
        title=criterion.title,
        url=item_address(dossier.application, criterion.code),
        state=state,
        word=word,
        note=note,
        result=result,
        confirmed=criterion.points_confirmed is True,
    )


def _task_state(dossier: Dossier, criterion: Criterion, result: CriterionResult) -> tuple[str, str]:
    observation = dossier.open_observations.get(criterion.code)
    if observation is not None and observation.answered_at is None:
        return "attention", _("Observado")
    if result.claim == Claim.NOT_APPLICABLE:
        return "locked", _("No aplica")
    if criterion.code not in dossier.answers and criterion.code not in dossier.local:
        return "todo", _("Sin empezar")
    if not result.is_complete or not readiness.is_answered(dossier, criterion):
        return "doing", _("En curso")
    if dossier.lacks_evidence(criterion.code):
        return "doing", _("Falta evidencia")
    return "met", _("Listo")


def _profile_row(dossier: Dossier, result: CriterionResult) -> dict[str, Any]:
    criterion = dossier.document.criterion(result.code)
    return {
        "code": result.code,
        "title": result.title,
        "points": _number(result.points),
        "maximum": _number(result.max_points),
        "confirmed": criterion.points_confirmed,
        "short": result.critical and not result.is_satisfied,
    }


def _number(value: Fraction) -> int | float:
    """For a chart: whole where it is whole."""
    return value.numerator if value.denominator == 1 else float(value)
