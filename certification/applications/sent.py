"""What the programme reads while an application is back with its employer: what was last sent.

Only what was observed can be changed then, and the company's figures (``saving``, ``holding``). Of those nothing that
was typed or attached since is read by anybody else before it is signed and sent: they come from the newest snapshot.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from certification.applications.dossier import Dossier, Paper
from certification.applications.enums import State
from certification.applications.local_answers import LocalAnswers
from certification.applications.models import (
    Answer,
    Application,
    EvidenceUse,
    LocalAnswer,
    MeasureClaim,
    Observation,
    RequirementRecord,
    Submission,
)
from certification.evidence.enums import DocumentLanguage
from certification.evidence.models import Document, Revision
from certification.evidence.sealing import masked_copies
from certification.standards.canonical import day_of
from employers.models import FiguresExplanation, WorkforceFigures, Workplace

EMPLOYER = ("legal_name", "trade_name", "rfc", "sector", "scian")
PLACE = ("name", "state", "municipality", "address")
BACK = (State.OBSERVED, State.LAPSED, State.WITHDRAWN)  # with the employer, or given up by it


@dataclass(frozen=True)
class SentDossier(Dossier):
    """A dossier whose evidence is that of the submission, too."""

    sent_uses: dict[str, list[EvidenceUse]] = field(default_factory=dict)

    @cached_property
    def uses(self) -> dict[str, list[EvidenceUse]]:
        return self.sent_uses

    @cached_property
    def papers(self) -> dict[str, list[Paper]]:
        return {item: [Paper.of(use) for use in uses] for item, uses in self.sent_uses.items()}


def as_sent(dossier: Dossier) -> Dossier:
    """The dossier as the programme may read it: as it stands, or as it was last sent while the employer has it back.

    Its rows are then made from the snapshot and cannot be saved. A use of evidence has the key of the row that it is
    still used by, None where the employer took it off since.
    """
    application = dossier.application
    if application.state not in BACK:
        return dossier
    said, at = _newest(application)
    dossier = _named(dossier, said)
    codes, places = set(dossier.open_observations), _places(dossier.workplaces, said.get("workplaces", []))
    now = {name: getattr(dossier, name) for name in ("answers", "requirements", "measures", "local")}
    kept = {name: {code: row for code, row in rows.items() if code not in codes} for name, rows in now.items()}
    uses = {code: own for code, own in dossier.uses.items() if code not in codes}
    values = vars(replace(dossier)) | {
        "answers": kept["answers"] | _answers(dossier, said, codes, at),
        "requirements": kept["requirements"] | _requirements(dossier, said, codes, at),
        "measures": kept["measures"] | _measures(dossier, said, codes, at),
        "local": kept["local"] | _local(dossier, places, codes, at),
        "workforce": tuple(_workforce(dossier, places, at)),
        "observations": tuple(_unanswered(one, application.round) for one in dossier.observations),
    }
    sent = {code: _uses(application, code, said.get("evidence", {}).get(code, []), at) for code in sorted(codes)}
    return SentDossier(**values, sent_uses=uses | {code: own for code, own in sent.items() if own})


def use_as_sent(application: Application, use: EvidenceUse) -> EvidenceUse | None:
    """The use with the file that the programme may open; None where none was sent, or the version asks for none."""
    if application.standard.document.item(use.item) is None:
        return None
    observed = application.observations.filter(round=application.round, item=use.item)
    if application.state not in BACK or not observed.exists():
        return use
    said, at = _newest(application)
    sent = _uses(application, use.item, said.get("evidence", {}).get(use.item, []), at)
    return next((one for one in sent if one.pk == use.pk), None)


def use_as_shown(application: Application, use: EvidenceUse) -> EvidenceUse | None:
    """The same with the masked copy of the file, where there is one: what the programme sees without a reason."""
    sent = use_as_sent(application, use)
    if sent and (masked := masked_copies([sent.revision]).get(sent.revision.pk)):
        sent.revision = masked
    return sent


def as_named(application: Application) -> Application:
    """The application with its employer as the programme calls it, for reading only."""
    if application.state not in BACK:
        return application
    named = copy.copy(application)
    named.employer = _copy(application.employer, _newest(application)[0].get("employer", {}), EMPLOYER)
    return named


def names_as_sent(keys: Collection[int]) -> dict[int, str]:
    """What employers were called when their applications were last sent, by the application's key; one query."""
    if not keys:
        return {}
    # The database takes the names out: snapshots are long, and a list shows twenty-five.
    employer = KeyTransform("employer", Cast("snapshot", JSONField()))
    sent = Submission.objects.filter(application__in=keys).order_by("round").annotate(employer=employer)
    newest = dict(sent.values_list("application", "employer"))
    return {key: said["trade_name"] or said["legal_name"] for key, said in newest.items() if said}


def _newest(application: Application) -> tuple[dict[str, Any], dt.datetime]:
    """What was sent last, and when; nothing where there is no submission."""
    last = application.submissions.order_by("-round").first()
    return (json.loads(last.snapshot), last.submitted_at) if last else ({}, application.state_since)


def _places(workplaces: Iterable[Workplace], sent: list[dict[str, Any]]) -> list[tuple[Workplace, dict[str, Any]]]:
    """Each workplace with what was sent of it: by name, those renamed since in their order."""
    named = {one["name"]: one for one in sent}
    places = list(workplaces)
    left = iter([one for one in sent if one["name"] not in {place.name for place in places}])
    return [(place, named.get(place.name) or next(left, {})) for place in places]


def _named(dossier: Dossier, said: Mapping[str, Any]) -> Dossier:
    """The dossier of the employer and the workplaces as they were called when it was sent."""
    application = copy.copy(dossier.application)
    application.employer = _copy(application.employer, said.get("employer", {}), EMPLOYER)
    sent = _places(dossier.workplaces, said.get("workplaces", []))
    places = {place.pk: _copy(place, one, PLACE) for place, one in sent}
    found = replace(dossier, application=application, workplaces=tuple(places.values()))
    for answer in (answer for own in found.local.values() for answer in own.values()):
        answer.workplace = places[answer.workplace_id]
    for use in (use for own in found.uses.values() for use in own):
        use.workplace = places.get(use.workplace_id, use.workplace) if use.workplace_id else None
    return found


def _copy(row: Any, sent: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The row with what was sent of these fields, for reading only."""
    found = copy.copy(row)
    for name in names:
        setattr(found, name, sent.get(name, getattr(row, name)))
    return found


def _when(row: Any, at: dt.datetime) -> dt.datetime:
    """When the claim that was sent was made: what was saved later is not it."""
    return min(row.updated_at, at) if row else at


def _answers(dossier: Dossier, said: Mapping[str, Any], codes: set[str], at: dt.datetime) -> dict[str, Answer]:
    sent = {code: one for code, one in said.get("answers", {}).items() if code in codes}
    return {
        code: Answer(
            application=dossier.application, criterion=code, updated_at=_when(dossier.answers.get(code), at), **one
        )
        for code, one in sent.items()
    }


def _requirements(
    dossier: Dossier, said: Mapping[str, Any], codes: set[str], at: dt.datetime
) -> dict[str, RequirementRecord]:
    sent = {code: one for code, one in said.get("requirements", {}).items() if code in codes}
    return {
        code: RequirementRecord(
            application=dossier.application,
            requirement=code,
            issued_on=day_of(one["issued_on"]),
            reference=one["reference"],
            updated_at=_when(dossier.requirements.get(code), at),
        )
        for code, one in sent.items()
    }


def _measures(dossier: Dossier, said: Mapping[str, Any], codes: set[str], at: dt.datetime) -> dict[str, MeasureClaim]:
    sent = {code: one for code, one in said.get("measures", {}).items() if code in codes}
    return {
        code: MeasureClaim(
            application=dossier.application,
            measure=code,
            is_claimed=one["claimed"],
            note=one["note"],
            updated_at=_when(dossier.measures.get(code), at),
        )
        for code, one in sent.items()
    }


def _local(
    dossier: Dossier, places: list[tuple[Workplace, dict[str, Any]]], codes: set[str], at: dt.datetime
) -> LocalAnswers:
    found: LocalAnswers = {}
    for place, sent in places:
        for code, one in sent.get("answers", {}).items():
            if code in codes:
                when = _when(dossier.local.get(code, {}).get(place.pk), at)
                said = {"application": dossier.application, "workplace": place, "criterion": code, **one}
                found.setdefault(code, {})[place.pk] = LocalAnswer(updated_at=when, **said)
    return found


def _workforce(
    dossier: Dossier, places: list[tuple[Workplace, dict[str, Any]]], at: dt.datetime
) -> Iterable[WorkforceFigures]:
    """The figures that were sent; the year before, which questions compare with, was not and is left out."""
    rows = {row.workplace_id: row for row in dossier.workforce}
    for place, sent in places:
        figures = dict(sent.get("figures") or {})
        if not figures:
            continue
        texts = figures.pop("explanations", {})
        figures.setdefault("note", figures.pop("explanation", ""))  # the name in older snapshots
        row = rows.get(place.pk)
        made = WorkforceFigures(pk=row.pk if row else 0, workplace=place, updated_at=_when(row, at), **figures)
        explained = [FiguresExplanation(rule=rule, text=text, explained_at=at) for rule, text in texts.items()]
        made.previous = None
        made._prefetched_objects_cache = {"explanations": explained}  # type: ignore[attr-defined]
        yield made


def _unanswered(observation: Observation, current: int) -> Observation:
    """Answers of the current round are not there before they are sent."""
    if observation.round != current:
        return observation
    found = copy.copy(observation)
    found.answered_at = None
    return found


def _uses(application: Application, item: str, sent: list[dict[str, Any]], at: dt.datetime) -> list[EvidenceUse]:
    """The uses of one item that were sent, each with the file of then, in at most two queries."""
    hashes = {one["sha256"] for one in sent}
    known = Revision.objects.filter(document__employer=application.employer_id, sha256__in=hashes)
    revisions = list(known.select_related("document").order_by("pk"))
    rows = list(application.evidence_uses.filter(item=item).select_related("workplace"))
    return [_use(one, EvidenceUse(application=application, item=item, created_at=at), rows, revisions) for one in sent]


def _use(sent: Mapping[str, Any], use: EvidenceUse, rows: list[EvidenceUse], revisions: list[Revision]) -> EvidenceUse:
    """Fill ``use`` with what was sent; take the row that it is still used by, where there is one, from ``rows``."""
    same = [one for one in revisions if one.sha256 == sent["sha256"] and one.number == sent["revision"]]
    same.sort(key=lambda one: one.document.title != sent["title"])
    documents = [one.document_id for one in same]
    still = [row for row in rows if row.document_id in documents]
    place = sent.get("workplace", "")
    still.sort(
        key=lambda row: ((row.workplace.name if row.workplace else "") != place, documents.index(row.document_id))
    )
    row = still[0] if still else None
    if row:
        rows.remove(row)
        same = [one for one in same if one.document_id == row.document_id]
        use.pk, use.created_at = row.pk, min(row.created_at, use.created_at)
    revision = copy.copy(same[0])
    revision.document = document = copy.copy(revision.document)
    _say(document, sent)
    use.document, use.revision = document, revision
    use.pointer, use.shows = sent["pointer"], sent["shows"]
    use.workplace = Workplace(name=place) if place else None
    return use


def _say(document: Document, sent: Mapping[str, Any]) -> None:
    """What was sent of a document. Older snapshots say less of it; what is confidential now is so in them, too."""
    document.title, document.kind = sent["title"], sent["kind"]
    document.issued_on = day_of(sent["issued_on"])
    document.proves_from, document.proves_until = (day_of(day) for day in sent["proves"])
    document.language = sent.get("language", DocumentLanguage.SPANISH)
    document.signatory, document.note = sent.get("signatory", ""), sent.get("note", "")
    document.is_confidential = document.is_confidential or sent.get("confidential", False)
