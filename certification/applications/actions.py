"""What an employer does with an application: open it, send it, answer, withdraw, resume; and the nightly lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ReviewBody, User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import dossier as dossiers
from certification.applications import emails, readiness, snapshot
from certification.applications.declaring import Declaration, Evidence, Sign
from certification.applications.enums import State
from certification.applications.extensions.models import is_waiting
from certification.applications.folios import APPLICATION_SERIES, next_folio
from certification.applications.models import Application, Submission
from certification.applications.receipts import actions as receipts
from certification.applications.receipts.models import Signature
from certification.applications.workflow import CHANGED, TRANSITIONS, due_date, lock, move
from certification.evidence import holds as documents
from certification.standards.canonical import sha256_of
from certification.standards.models import Standard
from employers import holds
from employers.models import Employer, Workplace
from employers.permissions import can_edit


@transaction.atomic
def open_application(
    employer: Employer,
    standard: Standard,
    workplaces: Iterable[Workplace],
    *,
    body: ReviewBody | None = None,
    actor: User,
    at: dt.datetime,
) -> Application:
    """Open a draft for chosen workplaces of one employer, give it a folio and record it. Raises like ``begin``."""
    application = begin(employer, standard, workplaces, body=body, actor=actor, at=at)
    record_opening(application, actor=actor, at=at)
    return application


def begin(
    employer: Employer,
    standard: Standard,
    workplaces: Iterable[Workplace],
    *,
    body: ReviewBody | None = None,
    opened_from: str = "",
    actor: User,
    at: dt.datetime,
) -> Application:
    """Open a draft that its caller fills and then records (``record_opening``), in one transaction.

    Raises PermissionDenied for who may not edit, ActionRefused without a workplace or with one of another employer.
    """
    if not can_edit(actor, employer):
        raise PermissionDenied
    chosen = list(workplaces)
    _require_open_workplaces(employer, chosen)
    application = _new_draft(employer, standard, body=body, actor=actor, at=at)
    application.opened_from = opened_from
    application.save(force_insert=True)
    application.workplaces.set(chosen)
    return application


def record_opening(application: Application, *, actor: User, at: dt.datetime) -> None:
    """Call it last in the transaction: the head of the events serialises all writers."""
    Event.record(application, "open", actor=actor, at=at, data={"standard": application.standard.fingerprint})


def _new_draft(
    employer: Employer, standard: Standard, *, body: ReviewBody | None, actor: User, at: dt.datetime
) -> Application:
    application = Application(
        folio=next_folio(APPLICATION_SERIES, timezone.localdate(at)),
        employer=employer,
        standard=standard,
        body=body,
        created_at=at,
        created_by=actor,
        state_since=at,
        saved_at=at,
    )
    application.due_on = due_date(application, State.DRAFT, at)
    return application


def _require_open_workplaces(employer: Employer, chosen: list[Workplace]) -> None:
    if not chosen:
        raise ActionRefused(_("Elige al menos un centro de trabajo."))
    if any(workplace.employer_id != employer.pk or workplace.closed_at for workplace in chosen):
        raise ActionRefused(_("Uno de los centros de trabajo ya no está abierto en esta empresa. Elige otra vez."))


def submit(
    application: Application, *, declaration: Declaration, sign: Sign, actor: User, at: dt.datetime
) -> Submission:
    """Sign what is claimed, freeze it, send it to the programme and mail the news; the receipt is made afterwards.

    The first time and after resuming it goes to be assigned; with observations answered it goes back to the reviewer.
    ``sign`` gets the SHA-256 of what is sent, outside any transaction. Raises PermissionDenied unless the person may
    sign, ActionRefused while something is missing, when it was not signed, or when it changed meanwhile.
    """
    verb = "answer" if application.state == State.OBSERVED else "submit"
    if not TRANSITIONS[verb].allowed(actor, application):
        raise PermissionDenied
    if application.state not in TRANSITIONS[verb].sources:
        raise ActionRefused(CHANGED)
    digest = sha256_of(_to_send(application, declaration=declaration, actor=actor, at=at))
    evidence = sign(digest)
    submission = _send(application, verb, digest, evidence, declaration=declaration, actor=actor, at=at)
    transaction.on_commit(partial(receipts.make_soon, submission))
    return submission


def _to_send(application: Application, *, declaration: Declaration, actor: User, at: dt.datetime) -> str:
    """The canonical text of what is claimed. Raises ActionRefused while something is missing."""
    dossier = dossiers.load(application, timezone.localdate(at))
    missing = [one.text for one in readiness.missing(dossier) if one.blocks]
    if missing and application.is_with_employer:
        raise ActionRefused(_("Todavía falta algo: %s") % " · ".join(missing))
    return snapshot.take(dossier, declaration=declaration, account=actor.full_name, at=at)


@transaction.atomic
def _send(
    application: Application,
    verb: str,
    digest: str,
    evidence: Evidence,
    *,
    declaration: Declaration,
    actor: User,
    at: dt.datetime,
) -> Submission:
    _lock_with_what_it_holds(application)
    text = _to_send(application, declaration=declaration, actor=actor, at=at)
    if sha256_of(text) != digest:
        raise ActionRefused(_("Algo de la solicitud cambió mientras firmabas. Revísala y fírmala otra vez."))
    submission = _freeze(application, text, declaration=declaration, actor=actor, at=at)
    _keep_signature(submission, evidence)
    changes = {"round": F("round") + 1} if verb == "answer" else {"submitted_at": at}
    move(application, verb, actor=actor, at=at, **changes)
    emails.send_receipt(application, submission)
    if verb == "submit":
        emails.send_arrived(application)
    return submission


def _freeze(
    application: Application, text: str, *, declaration: Declaration, actor: User, at: dt.datetime
) -> Submission:
    return Submission.objects.create(
        application=application,
        round=application.submissions.count() + 1,
        snapshot=text,
        sha256=sha256_of(text),
        declaration=declaration.text,
        signer_name=declaration.name,
        signer_charge=declaration.charge,
        submitted_at=at,
        submitted_by=actor,
    )


def _lock_with_what_it_holds(application: Application) -> None:
    """As ``lock``. A change of the data of the employer, its workplaces or a document is over then, or waits and sees
    that the application holds them. Always in this order: application, employer, documents.
    """
    lock(application)
    application.employer = holds.lock(application.employer_id)
    documents.lock(application.evidence_uses.order_by().values("document"))


def _keep_signature(submission: Submission, evidence: Evidence) -> None:
    Signature.objects.create(
        submission=submission,
        digest=submission.sha256,
        method=evidence.method,
        evidence=evidence.details,
        signed_at=submission.submitted_at,
        signed_by=submission.submitted_by,
    )


@transaction.atomic
def withdraw(application: Application, *, reason: str, actor: User, at: dt.datetime) -> None:
    """Take the application back before its review starts. Answers and files stay."""
    move(application, "withdraw", actor=actor, at=at, reason=reason)


@transaction.atomic
def resume(application: Application, *, actor: User, at: dt.datetime) -> None:
    """Go on with a lapsed application where it was left: a draft, or the answer to what was observed."""
    move(application, "resume_answer" if application.submitted_at else "resume", actor=actor, at=at)


def lapse_overdue(*, at: dt.datetime) -> list[Application]:
    """Close what the employer let pass, one transaction each; nothing is deleted. Returns what lapsed.

    Who asked for more days in time and has no answer yet does not pay for the silence.
    """
    today, lapsed = timezone.localdate(at), []
    overdue = Application.objects.filter(~is_waiting(), state__in=TRANSITIONS["lapse"].sources, due_on__lt=today)
    for application in overdue.select_related("standard", "employer").iterator():
        try:
            with transaction.atomic():
                move(application, "lapse", actor=None, at=at)
                emails.send_lapsed(application)
        except ActionRefused:
            continue  # somebody moved it in the meantime: the condition no longer holds
        lapsed.append(application)
    return lapsed
