"""What the programme does with an application: assign, verify, observe, recommend, return, decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import ReviewBody, User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import snapshot
from certification.applications.enums import State
from certification.applications.models import Application, Observation
from certification.applications.permissions import is_decider, is_member, is_reviewer
from certification.applications.workflow import move
from certification.review import casefile as casefiles
from certification.review import emails
from certification.review.bodies import bodies_for
from certification.review.casefile import CaseFile, Line
from certification.review.enums import Outcome
from certification.review.items import Item, outcome_of
from certification.review.models import Decision, Recommendation, Verdict
from certification.review.reasons import is_negative, missing_reasons
from certification.standards.enums import Claim, SchemeKind
from certification.standards.languages import words_of

LEGAL_FIELDS = ("legal_basis", "office", "signatory_charge", "appeal")


class VerdictConflict(ActionRefused):
    """The item was saved from another tab or by another person. ``stored`` is what is kept, None if taken away."""

    def __init__(self, stored: Verdict | None) -> None:
        super().__init__(_("Este resultado cambió desde que lo abriste. Abajo están los dos; guarda el que vale."))
        self.stored = stored


@transaction.atomic
def assign(application: Application, *, reviewer: User, actor: User, at: dt.datetime) -> None:
    """Give a sent application to a reviewer, and with it to the reviewer's body, and write to that person.

    Raises PermissionDenied for who is not a manager, ActionRefused for a person who cannot review this file: of a body
    that does not certify the standard, or of another one than the employer chose.
    """
    body = _body_for(application, reviewer)
    move(application, "assign", actor=actor, at=at, reviewer=reviewer, body=body)
    emails.send_assigned(application)


@transaction.atomic
def reassign(application: Application, *, reviewer: User, reason: str, actor: User, at: dt.datetime) -> None:
    """Take the file from one reviewer and give it to another of the same body; verdicts that were saved stay.

    Raises like ``assign``, and ActionRefused without a reason or for the person who already has it.
    """
    if application.reviewer_id == reviewer.pk:
        raise ActionRefused(_("Esa persona ya tiene el expediente. Elige a otra."))
    body = _body_for(application, reviewer)
    move(application, "reassign", actor=actor, at=at, reason=reason, reviewer=reviewer, body=body)
    emails.send_assigned(application)


def _body_for(application: Application, reviewer: User) -> ReviewBody:
    """The body the reviewer works for that may certify the standard; the one of the file, where it has one already."""
    if not reviewer.has_role(Role.REVIEWER):
        raise ActionRefused(_("Esa persona no tiene la función de revisión."))
    if is_member(reviewer, application):
        raise ActionRefused(_("Esa persona trabaja en la empresa que lo pide: no puede revisarlo."))
    current = reviewer.body_memberships.filter(ended_at=None, body__closed_at=None).select_related("body")
    if not current:
        raise ActionRefused(_("Esa persona no pertenece a ninguna unidad u organismo que revise."))
    fit = current.filter(body__in=bodies_for(application)).first()
    if fit is None:
        raise ActionRefused(_unfit(application))
    return fit.body


def _unfit(application: Application) -> str:
    if application.body is not None:
        return _("El expediente es de %(body)s: elige a una persona de ahí.") % {"body": application.body.name}
    if application.standard.kind == SchemeKind.NORM:
        return _("Esta norma la certifica un organismo acreditado: elige a una persona de uno de ellos.")
    return _("Este distintivo lo otorga la Secretaría: elige a una persona de una de sus unidades.")


@transaction.atomic
def save_verdict(  # noqa: PLR0913 - the fields of a verdict, each by its name
    application: Application,
    item: Item,
    *,
    claims: Mapping[str, str],
    pointer: str,
    rule: str,
    reason: str,
    seen_version: int,
    actor: User,
    at: dt.datetime,
) -> Verdict:
    """Save what was verified of one item; the outcome comes from its parts. ``seen_version`` 0 is «never saved».

    Raises PermissionDenied unless the person is the file's reviewer, ActionRefused out of review, without a result
    for every part or without the reasons of a negative result, VerdictConflict when somebody saved in between.
    """
    _require_in_review(application, actor)
    texts = {"pointer": pointer.strip(), "rule": rule.strip(), "reason": reason.strip()}
    outcome = _outcome(item, claims, texts)
    found = {"claims": dict(claims), "outcome": outcome.value, "round": application.round}
    fields = {**found, **_without_old_reasons(application, item, outcome, texts), "updated_at": at, "reviewer": actor}
    verdict = _store(application, item.code, fields, seen_version)
    # About the verdict, not the application: the employer reads the application's history while the review goes on.
    data = {"item": item.code, **found}
    Event.record(verdict, "verify", actor=actor, at=at, reason=verdict.reason, data=data)
    return verdict


def _without_old_reasons(application: Application, item: Item, outcome: Claim, texts: dict[str, str]) -> dict[str, str]:
    """What was written against an earlier, negative result does not stay beside a positive one."""
    if is_negative(outcome):
        return texts
    nothing = dict.fromkeys(texts, "")
    old = application.verdicts.filter(item=item.code, **texts).exclude(outcome=outcome).exists()
    return nothing if old else texts


def _outcome(item: Item, claims: Mapping[str, str], texts: Mapping[str, str]) -> Claim:
    allowed = {part.code: {value for value, _label in part.choices} for part in item.parts}
    if set(claims) != set(allowed) or any(value not in allowed[code] for code, value in claims.items()):
        raise ActionRefused(_("Da un resultado a cada línea de la rúbrica."))
    outcome = outcome_of(claims.values())
    missing = missing_reasons(item, outcome, **texts)
    if missing:
        raise ActionRefused(" ".join(missing.values()))
    return outcome


def _require_in_review(application: Application, actor: User) -> None:
    if not is_reviewer(actor, application):
        raise PermissionDenied
    # Locked, so that a verdict cannot slip in while the file is being recommended in another tab.
    if not Application.objects.select_for_update().filter(pk=application.pk, state=State.IN_REVIEW).exists():
        raise ActionRefused(_("El expediente ya no está en revisión: vuelve a cargar la página."))


def _store(application: Application, item: str, fields: dict[str, Any], seen_version: int) -> Verdict:
    stored = Verdict.objects.filter(application=application, item=item)
    if seen_version:
        if not stored.filter(version=seen_version).update(version=F("version") + 1, **fields):
            raise VerdictConflict(stored.select_related("reviewer").first())
        return stored.get()
    try:
        with transaction.atomic():
            return Verdict.objects.create(application=application, item=item, version=1, **fields)
    except IntegrityError:
        found = stored.select_related("reviewer").first()
        if found is None:
            raise
        raise VerdictConflict(found) from None


@transaction.atomic
def observe(application: Application, *, items: Collection[str] | None = None, actor: User, at: dt.datetime) -> None:
    """Ask the employer to mend what is not met: one observation for each negative verdict in ``items`` (None: all).

    The employer answers those and nothing else, and its people are told by mail. Raises ActionRefused when there is
    nothing to observe, an item has not been looked at since the employer changed it, or the rounds of the standard
    are used up.
    """
    _require_in_review(application, actor)
    casefile = casefiles.load(application)
    if not casefile.may_observe:
        raise ActionRefused(
            _("Ya se pidieron todas las correcciones que permite la norma. Lo que sigue es recomendar con lo que hay.")
        )
    lines = [line for line in casefile.refused if items is None or line.code in items]
    if not lines:
        raise ActionRefused(_("No hay nada que observar: ningún resultado negativo está elegido."))
    if any(line.is_stale for line in lines):
        raise ActionRefused(
            _("La empresa cambió algo después de que lo verificaste. Vuelve a verlo antes de observarlo.")
        )
    Observation.objects.bulk_create(_observation(application, line, actor, at) for line in lines)
    move(application, "observe", actor=actor, at=at)
    emails.send_observed(application)


def _observation(application: Application, line: Line, actor: User, at: dt.datetime) -> Observation:
    verdict = line.verdict
    assert verdict is not None  # noqa: S101 - only lines with a negative verdict come here
    return Observation(
        application=application,
        round=application.round,
        item=line.code,
        pointer=verdict.pointer,
        rule=verdict.rule,
        reason=verdict.reason,
        created_at=at,
        created_by=actor,
    )


@transaction.atomic
def recommend(
    application: Application, *, outcome: str, level: str, reason: str, actor: User, at: dt.datetime
) -> Recommendation:
    """Hand the file to whoever decides. ``level`` is a code of the standard's document, empty to decline.

    Raises ActionRefused while an item has no verdict, without reasons, or for an award that the verified score does
    not give, level included: points never hide a failed gate.
    """
    _require_in_review(application, actor)
    reason = _reason(reason)
    casefile = casefiles.load(application)
    _require_complete(casefile)
    _require_level(casefile, outcome, level)
    recommendation = Recommendation.objects.create(
        application=application,
        round=application.round,
        outcome=outcome,
        level=level,
        reason=reason,
        recommended_at=at,
        reviewer=actor,
    )
    move(application, "recommend", actor=actor, at=at)
    emails.send_recommended(application)
    return recommendation


@transaction.atomic
def return_to_review(application: Application, *, reason: str, actor: User, at: dt.datetime) -> None:
    """Send the file back to its reviewer, with the reason, instead of deciding it."""
    move(application, "return", actor=actor, at=at, reason=reason)
    emails.send_returned(application, reason)


@transaction.atomic
def decide(
    application: Application,
    *,
    outcome: str,
    level: str,
    reason: str,
    legal: Mapping[str, str],
    actor: User,
    at: dt.datetime,
) -> Decision:
    """Award or decline. ``legal`` holds legal_basis, office, signatory_charge and appeal.

    Raises PermissionDenied where four eyes would be two, ActionRefused in another state, without reasons or legal
    fields, for an award that the verified score does not give, or when the company is not as it was sent.
    """
    reviewer = _reviewer_of(application, actor)
    texts = {"reason": _reason(reason), **_legal(legal)}
    _require_level(casefiles.load(application), outcome, level)
    decision = Decision.objects.create(
        application=application,
        outcome=outcome,
        level=level,
        reviewed_by=reviewer,
        decided_by=actor,
        decided_at=at,
        **texts,
    )
    move(application, "decide", actor=actor, at=at)
    return decision


def _reviewer_of(application: Application, actor: User) -> User:
    """Who reviewed what ``actor`` is about to decide.

    Four eyes: raises PermissionDenied for the file's reviewer, and for whoever verified, observed or recommended any
    of it before a change of reviewer; the database refuses the first case too. Raises ActionRefused in another state.
    """
    if not is_decider(actor, application) or worked_on(actor, application):
        raise PermissionDenied
    if application.state != State.RECOMMENDED or application.reviewer is None:
        raise ActionRefused(_("El expediente no está en dictamen. Vuelve a cargar la página."))
    return application.reviewer


def worked_on(user: User, application: Application) -> bool:
    """Whether the person ever verified, observed or recommended anything in the file, also before a reassignment."""
    return (
        application.verdicts.filter(reviewer=user).exists()
        or application.recommendations.filter(reviewer=user).exists()
        or application.observations.filter(created_by=user).exists()
        or Event.objects.filter(
            actor=user,
            action="verify",
            subject_kind=Verdict._meta.label_lower,
            subject_id__in=application.verdicts.values("pk"),
        ).exists()
    )


def require_as_sent(casefile: CaseFile) -> None:
    """What is decided and certified is what was sent: raises ActionRefused when the company's data are others now."""
    if not snapshot.is_as_sent(casefile.dossier):
        raise ActionRefused(
            _(
                "Los datos de la empresa cambiaron desde que se envió la solicitud. "
                "Obsérvala desde la revisión para que la envíe otra vez."
            )
        )


def _legal(legal: Mapping[str, str]) -> dict[str, str]:
    texts = {name: legal.get(name, "").strip() for name in LEGAL_FIELDS}
    if not all(texts.values()):
        raise ActionRefused(
            _("Faltan datos legales: fundamento, oficina, cargo de quien firma y medio de impugnación.")
        )
    return texts


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ActionRefused(_("Escribe las razones."))
    return reason.strip()


def _require_complete(casefile: CaseFile) -> None:
    if casefile.pending:
        sentence = ngettext("Falta verificar %(codes)s.", "Faltan por verificar: %(codes)s.", len(casefile.pending))
        raise ActionRefused(sentence % {"codes": ", ".join(line.code for line in casefile.pending)})


def _require_level(casefile: CaseFile, outcome: str, level: str) -> None:
    """An award is of what was sent, and of exactly the level that the verified score gives."""
    reached = casefile.verified.level
    if outcome == Outcome.DECLINE:
        if level:
            raise ActionRefused(_("Cuando no se otorga no hay nivel. Deja el nivel vacío."))
        return
    require_as_sent(casefile)
    if reached is None:
        raise ActionRefused(_("Con lo verificado no se abren las tres puertas: no se puede otorgar."))
    if level != reached.code:
        raise ActionRefused(
            _("Con lo verificado el nivel es %(level)s, ni más ni menos.") % {"level": words_of(reached)}
        )
