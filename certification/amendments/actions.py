"""The way of a text from upload to publication: check, try, propose, and have another manager decide."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from accounts.models import User
from accounts.queueing import enqueue
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.amendments import emails
from certification.amendments.enums import DraftState, TrialState
from certification.amendments.models import StandardDraft
from certification.amendments.permissions import is_manager, may_change, may_take_back
from certification.amendments.reports import Report, document_of, report_of
from certification.amendments.running import dry_run
from certification.standards import actions as standards
from certification.standards.models import Standard

PATIENCE = dt.timedelta(minutes=30)  # a run that has not come back by then may be asked for again
MOST_CHANGES = 1_000  # kept of a dry run; the totals count all
CHANGED = gettext_lazy("Este texto cambió desde que lo abriste. Vuelve a cargar la página.")
OWN = gettext_lazy("La propusiste tú: la decide otra persona de gestión.")


@transaction.atomic
def upload(text: str, *, file_name: str, actor: User, at: dt.datetime) -> StandardDraft:
    """Keep a text, whatever its faults, with the report of them. Raises PermissionDenied for who is no manager."""
    if not is_manager(actor):
        raise PermissionDenied
    said = {"text": text, "file_name": file_name, "uploaded_at": at, "uploaded_by": actor}
    draft = StandardDraft.objects.create(**said, **_reported(report_of(text)))
    Event.record(draft, "upload", actor=actor, at=at, data={"fingerprint": draft.fingerprint})
    return draft


@transaction.atomic
def replace(
    draft: StandardDraft, text: str, *, file_name: str, seen_version: int, actor: User, at: dt.datetime
) -> StandardDraft:
    """Put another text in its place: its report is made anew, and what was tried no longer counts.

    Raises PermissionDenied for who is no manager, ActionRefused once it was proposed or when it changed meanwhile.
    """
    _require(may_change(actor, draft), actor)
    said = {"text": text, "file_name": file_name, "uploaded_at": at, "uploaded_by": actor}
    untried = {"trial_state": TrialState.NONE, "trial": None, "trial_at": None, "trial_against": None}
    _change(draft, DraftState.DRAFT, seen_version, **said, **untried, **_reported(report_of(text)))
    Event.record(draft, "replace", actor=actor, at=at, data={"fingerprint": draft.fingerprint})
    return draft


def _reported(report: Report) -> dict[str, Any]:
    return {
        "faults": report.faults,
        "warnings": report.warnings,
        "fingerprint": report.fingerprint,
        "code": report.code,
        "standard_version": report.version,
        "title": report.title,
    }


# The dry run ---------------------------------------------------------------------
@transaction.atomic
def try_soon(draft: StandardDraft, *, actor: User, at: dt.datetime) -> None:
    """Queue the dry run of the text, after commit (the immediate backend runs it at once); asked twice it runs once.

    Raises PermissionDenied for who is no manager, ActionRefused while the text has faults and once it was decided.
    """
    if not is_manager(actor):
        raise PermissionDenied
    if draft.is_frozen or not draft.fingerprint:
        raise ActionRefused(_("Corrige primero las faltas del texto: la prueba lo necesita entero."))
    idle = ~Q(trial_state=TrialState.WAITING) | Q(trial_at__lt=at - PATIENCE)
    same = StandardDraft.objects.open().filter(idle, pk=draft.pk, fingerprint=draft.fingerprint)
    if same.update(trial_state=TrialState.WAITING, trial_at=at):
        transaction.on_commit(partial(_enqueue, draft.pk, draft.fingerprint))


def _enqueue(pk: int, fingerprint: str) -> None:
    if not enqueue(run_trial_task, pk, fingerprint):
        run_failed(pk, fingerprint)  # its page says so, and offers another


@task()
def run_trial_task(pk: int, fingerprint: str) -> None:
    run_trial(pk, fingerprint, at=timezone.now())


def run_trial(pk: int, fingerprint: str, *, at: dt.datetime) -> None:
    """Run it and keep what it finds, unless the text was replaced or decided meanwhile. May run twice."""
    draft = StandardDraft.objects.open().filter(pk=pk, fingerprint=fingerprint).first()
    if draft is None or not fingerprint:
        return
    against = standards.in_force_key(draft.code)  # read before: what is published during the run makes it stale
    try:
        found = dry_run(document_of(draft.text)).as_data(MOST_CHANGES)
    except Exception:
        run_failed(pk, fingerprint)
        raise
    same = StandardDraft.objects.open().filter(pk=pk, fingerprint=fingerprint)
    same.update(trial_state=TrialState.DONE, trial=found, trial_at=at, trial_against=against)


def run_failed(pk: int, fingerprint: str) -> None:
    same = StandardDraft.objects.open().filter(pk=pk, fingerprint=fingerprint)
    same.filter(trial_state=TrialState.WAITING).update(trial_state=TrialState.FAILED)


# Proposing and deciding ----------------------------------------------------------
@transaction.atomic
def propose(draft: StandardDraft, *, reason: str, seen_version: int, actor: User, at: dt.datetime) -> None:
    """Ask another manager to publish it; mails the others. From now on the text stays as it is.

    Raises PermissionDenied for who is no manager; ActionRefused without a reason, with faults, before the dry run or
    where it was held against another version than that in force, and for what publication would refuse: unchanged
    content, a version that does not rise.
    """
    _require(may_change(actor, draft), actor)
    if not reason.strip():
        raise ActionRefused(_("Escribe por qué se cambia la norma: lo lee quien decide y queda en el registro."))
    _require_publishable(draft)
    _require_tried(draft)
    said = {"state": DraftState.PROPOSED, "reason": reason.strip(), "proposed_at": at, "proposed_by": actor}
    _change(draft, DraftState.DRAFT, seen_version, **said)
    emails.send_proposed(draft)
    Event.record(draft, "propose", actor=actor, at=at, reason=draft.reason, data={"fingerprint": draft.fingerprint})


@transaction.atomic
def take_back(draft: StandardDraft, *, seen_version: int, actor: User, at: dt.datetime) -> None:
    """Make a proposal a text in preparation again. Raises PermissionDenied and ActionRefused."""
    _require(may_take_back(actor, draft), actor)
    said = {"state": DraftState.DRAFT, "reason": "", "proposed_at": None, "proposed_by": None}
    _change(draft, DraftState.PROPOSED, seen_version, **said)
    Event.record(draft, "take_back", actor=actor, at=at)


@transaction.atomic
def publish(draft: StandardDraft, *, seen_version: int, actor: User, at: dt.datetime) -> Standard:
    """Freeze the text as the version in force; mails the other managers. Stored cases run once more.

    Raises PermissionDenied for who is no manager; ActionRefused for who proposed it, when it changed meanwhile, when it
    was tried against another version than that in force, and for what ``standards.actions.publish`` refuses. Running
    applications stay on their version.
    """
    _require_second(actor, draft)
    standards.lock_versions(draft.code)  # the version that it was tried against stays in force until it is replaced
    document = _require_publishable(draft)
    _require_tried(draft)
    standard, _is_new = standards.publish(document, actor=actor, at=at)
    said = {"state": DraftState.PUBLISHED, "standard": standard, "decided_at": at, "decided_by": actor}
    _change(draft, DraftState.PROPOSED, seen_version, **said)
    emails.send_decided(draft, actor)
    Event.record(draft, "publish", actor=actor, at=at, data={"fingerprint": standard.fingerprint})
    return standard


@transaction.atomic
def refuse(draft: StandardDraft, *, answer: str, seen_version: int, actor: User, at: dt.datetime) -> None:
    """Say why it is not published; mails the other managers. Raises like ``publish``, and without a reason."""
    _require_second(actor, draft)
    if not answer.strip():
        raise ActionRefused(_("Escribe la razón: la lee quien propuso el texto y queda en el registro."))
    said = {"state": DraftState.REFUSED, "answer": answer.strip(), "decided_at": at, "decided_by": actor}
    _change(draft, DraftState.PROPOSED, seen_version, **said)
    emails.send_decided(draft, actor)
    Event.record(draft, "refuse", actor=actor, at=at, reason=draft.answer)


def _require(allowed: bool, actor: User) -> None:
    if not is_manager(actor):
        raise PermissionDenied
    if not allowed:
        raise ActionRefused(CHANGED)


def _require_second(actor: User, draft: StandardDraft) -> None:
    _require(may_take_back(actor, draft), actor)
    if draft.proposed_by_id == actor.pk:
        raise ActionRefused(str(OWN))


def _require_publishable(draft: StandardDraft) -> Any:
    """The document. Raises ActionRefused with what publication would refuse, and for content that is in force."""
    if not draft.fingerprint:
        raise ActionRefused(_("El texto tiene faltas. Corrígelas y vuelve a subirlo."))
    document = document_of(draft.text)
    if standards.published_same(document) is not None:
        raise ActionRefused(_("Es igual a la versión vigente: no hay nada que publicar."))
    return document


def _require_tried(draft: StandardDraft) -> None:
    """Raises ActionRefused before the dry run, and when another version came into force after it."""
    if draft.trial_state != TrialState.DONE:
        raise ActionRefused(_("Corre primero la prueba: quien decide necesita ver quién cambiaría de nivel."))
    if is_trial_stale(draft):
        raise ActionRefused(
            _("La prueba es de antes: desde entonces entró en vigor otra versión. Corre la prueba otra vez.")
        )


def is_trial_stale(draft: StandardDraft) -> bool:
    """Whether it was tried against another version than the one in force."""
    return draft.trial_state == TrialState.DONE and draft.trial_against != standards.in_force_key(draft.code)


def _change(draft: StandardDraft, source: DraftState, seen_version: int, **fields: Any) -> None:
    """The state and the version that the page showed stand in the WHERE clause: of two at once, one loses."""
    rows = StandardDraft.objects.filter(pk=draft.pk, state=source, version=seen_version)
    if not rows.update(version=F("version") + 1, **fields):
        raise ActionRefused(CHANGED)
    draft.refresh_from_db()
