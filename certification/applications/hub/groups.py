"""The task list in its order: the cheap questions first, and what others must issue before all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from certification.applications import requirements
from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier
from certification.applications.hub import durations, tasks
from certification.applications.hub.tasks import Task, Work
from certification.applications.owners.team import Team

SHORT = 30  # minutes: a criterion that takes longer is a long one


@dataclass(frozen=True)
class Group:
    """Some tasks under a title. ``key`` is its anchor."""

    key: str
    title: str
    text: str
    tasks: list[Task]

    @property
    def minutes(self) -> int:
        return sum(task.minutes for task in self.tasks)

    @property
    def done(self) -> int:
        return sum(1 for task in self.tasks if task.is_done)

    @property
    def time_left(self) -> str:
        """«3 h 20 min», or nothing where nothing is left."""
        return durations.in_words(self.minutes) if self.minutes else ""


def groups(dossier: Dossier, team: Team, errors: int) -> list[Group]:
    """Eligibility, letters, short criteria, long ones, measures, sending; a group without tasks is left out."""
    work = Work(dossier, team, Addresses.of(dossier.application))
    short, long = _criteria(work)
    found = [
        Group("elegibilidad", _("Antes de empezar"), "", tasks.eligibility(work)),
        Group(
            "cartas",
            _("Cartas y constancias"),
            _("Pide primero las que emite alguien más: tardan semanas, y algunas caducan."),
            _letters(work),
        ),
        Group("cortos", _("Requisitos cortos"), _("Media hora o menos cada uno."), short),
        Group(
            "largos",
            _("Requisitos largos"),
            _("Más de media hora cada uno desde el principio; puedes dejarlos a medias."),
            long,
        ),
        Group("medidas", _("Medidas"), _("No dan puntos: dan el nivel."), _measures(work)),
        Group("envio", _("Revisar y enviar"), "", [tasks.sending(work, errors)]),
    ]
    return [group for group in found if group.tasks]


def declared(found: Iterable[Group]) -> list[Group]:
    """The same groups once there is a result: what was declared, and nothing to hurry for or to send."""
    found = (one for one in found if one.key != "envio")
    return [Group(one.key, one.title, "", [_calm(task) for task in one.tasks]) for one in found]


def _calm(task: Task) -> Task:
    state, word = tasks.done()
    return replace(task, state=state, word=word, note="") if task.state == "attention" else task


def only(found: Iterable[Group], items: set[str]) -> list[Group]:
    """The same groups with those items alone."""
    kept = (Group(one.key, one.title, one.text, [task for task in one.tasks if task.code in items]) for one in found)
    return [group for group in kept if group.tasks]


def _letters(work: Work) -> list[Task]:
    aged = requirements.letters(work.dossier)
    return [tasks.letter(work, result, aged.get(result.code)) for result in work.dossier.score.requirements]


def _criteria(work: Work) -> tuple[list[Task], list[Task]]:
    results = {result.code: result for result in work.dossier.score.criteria}
    short: list[Task] = []
    long: list[Task] = []
    for section in work.dossier.document.sections:
        for part in section.criteria:
            task = tasks.criterion(work, section, part, results[part.code])
            (short if part.minutes <= SHORT else long).append(task)
    return short, long


def _measures(work: Work) -> list[Task]:
    results = {result.code: result for result in work.dossier.score.measures}
    return [tasks.measure(work, part, results[part.code]) for part in work.dossier.document.measures]
