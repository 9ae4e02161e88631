"""Issue and register certificates, publish decisions, and change what the register says of a certificate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.folios import next_folio
from certification.applications.models import Application
from certification.applications.workflow import TRANSITIONS, move
from certification.certificates import emails
from certification.certificates.certified import Certified, certify, sheet_of
from certification.certificates.models import Certificate, CertificateSite, StatusChange, fold
from certification.certificates.names import index_names
from certification.certificates.pdf import render_certificate
from certification.certificates.permissions import may_change_status
from certification.certificates.registry import forget_overview
from certification.certificates.storing import store_pdf
from certification.certificates.workflow import MOVES
from certification.papers.signing import load_signer, sign_pdf
from certification.review import casefile as casefiles
from certification.review.actions import require_as_sent
from certification.review.enums import Outcome
from certification.review.models import Decision
from employers.models import Workplace


@transaction.atomic
def publish_award(application: Application, *, actor: User, at: dt.datetime) -> Certificate:
    """Issue the certificate of a decided application, make the decision public and tell the employer.

    All or nothing. Raises PermissionDenied, or ActionRefused (a sentence) when the decision is another one, when it
    was published already, without a key to sign with (SignerUnavailable) or with a store that refuses to write.
    """
    decision = _to_publish(application, Outcome.AWARD, actor)
    certificate = issue_certificate(application, actor=actor, at=at)
    _sign_off(decision, actor, at)
    move(application, "publish_award", actor=actor, at=at)
    emails.send_awarded(certificate)
    return certificate


@transaction.atomic
def publish_decline(application: Application, *, actor: User, at: dt.datetime) -> None:
    """Make public that the certificate is not granted, and tell the employer. Raises like publish_award."""
    decision = _to_publish(application, Outcome.DECLINE, actor)
    _sign_off(decision, actor, at)
    move(application, "publish_decline", actor=actor, at=at)
    emails.send_declined(application, decision)


@transaction.atomic
def issue_certificate(application: Application, *, actor: User, at: dt.datetime) -> Certificate:
    """Render, sign, store and register the certificate of an application whose decision is to award.

    The state of the application stays as it is: see publish_award. The file is stored before the rows exist, so a
    crash leaves at worst a file that nothing points at. Raises ActionRefused when there is one already, when the
    company's data are not those that were sent, and as above.
    """
    if Certificate.objects.filter(application=application).exists():
        raise ActionRefused(_("El certificado de esta solicitud ya se emitió."))
    casefile = casefiles.load(application)
    require_as_sent(casefile)
    load_signer()  # before the slow part: without a key nothing is begun
    on = timezone.localdate(at)
    folio = next_folio(application.standard.document.folio_prefix, on)
    decision = application.decision
    decision.notified_on = decision.notified_on or on
    certified = certify(application, decision, casefile.verified, folio=folio, on=on)
    legal = certified.data["legal"]
    reason = _("Certificado %(folio)s") % {"folio": folio}
    name, sha256 = store_pdf(
        sign_pdf(render_certificate(sheet_of(certified, at=at)), charge=legal["signatory_charge"], reason=reason)
    )
    certificate = _register(application, certified, pdf=name, pdf_sha256=sha256, actor=actor, at=at)
    forget_overview()
    Event.record(certificate, "issue", actor=actor, at=at, data={"folio": folio, "pdf_sha256": sha256})
    return certificate


@transaction.atomic
def change_status(certificate: Certificate, action: str, *, reason: str, actor: User, at: dt.datetime) -> None:
    """Suspend, reinstate or cancel a certificate, with a reason that everybody reads.

    ``action`` is a key of workflow.MOVES. Raises PermissionDenied, or ActionRefused without a reason, to
    suspend or reinstate an expired one, or when it is not in a state that allows it.
    """
    if not may_change_status(actor, certificate):
        raise PermissionDenied
    if not reason.strip():
        raise ActionRefused(_("Escribe el motivo: se publica en el padrón."))
    allowed = MOVES[action]
    if allowed.is_late(certificate, timezone.localdate(at)):
        raise ActionRefused(_("El certificado ya venció: no se suspende ni se restablece."))
    # The old status in the WHERE clause makes one of two concurrent requests lose.
    moved = Certificate.objects.filter(pk=certificate.pk, status__in=allowed.sources).update(status=allowed.target)
    if not moved:
        raise ActionRefused(_("El certificado cambió desde que lo abriste. Vuelve a cargar la página."))
    certificate.refresh_from_db()
    change = StatusChange.objects.create(
        certificate=certificate,
        status=allowed.target,
        on=timezone.localdate(at),
        reason=reason.strip(),
        changed_by=actor,
    )
    emails.send_status_changed(certificate, change)
    forget_overview()
    Event.record(certificate, action, actor=actor, at=at, reason=reason.strip())


def _to_publish(application: Application, outcome: Outcome, actor: User) -> Decision:
    """The decision to publish, with its application locked; or the reason why not."""
    # On PostgreSQL the second of two requests waits here; on SQLite the transaction itself is exclusive.
    locked = Application.objects.select_for_update().select_related(None).get(pk=application.pk)
    verb = "publish_award" if outcome == Outcome.AWARD else "publish_decline"
    if not TRANSITIONS[verb].allowed(actor, application):
        raise PermissionDenied
    if locked.state != State.DECIDED or locked.version != application.version:
        raise ActionRefused(_("La solicitud cambió desde que la abriste. Vuelve a cargar la página."))
    decision = application.decision
    if decision.outcome != outcome:
        raise ActionRefused(_("El dictamen dice otra cosa. Vuelve a cargar la página."))
    return decision


def _sign_off(decision: Decision, actor: User, at: dt.datetime) -> None:
    """Say who publishes, which the database refuses to whoever decided.

    The notice goes out with the publication, unless whoever decided gave another date.
    """
    on = decision.notified_on or timezone.localdate(at)
    Decision.objects.filter(pk=decision.pk).update(notified_on=on, published_by=actor)
    decision.notified_on = on


def _register(
    application: Application, certified: Certified, *, pdf: str, pdf_sha256: str, actor: User, at: dt.datetime
) -> Certificate:
    workplaces = list(application.workplaces.order_by("pk"))
    certificate = Certificate(
        application=application,
        digest=certified.digest,
        data=certified.data,
        pdf=pdf,
        pdf_sha256=pdf_sha256,
        issued_at=at,
        issued_by=actor,
        women=sum(workplace.women for workplace in workplaces),
        men=sum(workplace.men for workplace in workplaces),
        state=workplaces[0].state,
        **_columns(application, certified.data),
    )
    certificate.save(force_insert=True)
    _register_sites(certificate, workplaces)
    index_names([certificate])
    certificate.refresh_from_db()
    return certificate


def _register_sites(certificate: Certificate, workplaces: list[Workplace]) -> None:
    """The workplaces as they are called today: the certificate keeps that."""
    CertificateSite.objects.bulk_create(
        CertificateSite(
            certificate=certificate,
            workplace=workplace,
            name=workplace.name,
            state=workplace.state,
            municipality=workplace.municipality,
        )
        for workplace in workplaces
    )


def _columns(application: Application, data: dict[str, Any]) -> dict[str, Any]:
    """What the register is searched by, copied from the certified data and from the employer of that day."""
    employer = application.employer
    return {
        "folio": data["folio"],
        "employer": employer,
        "standard": application.standard,
        "body": application.body,
        "holder": data["holder"],
        "holder_folded": fold(data["holder"]),
        "standard_slug": application.standard.slug,
        "level": data["level"]["code"],
        "level_title": data["level"]["title"],
        "sector": employer.sector,
        "scian": employer.scian,
        "size": employer.size.code,
        "issued_on": data["issued_on"],
        "valid_until": data["valid_until"],
        "is_sample": data["is_sample"],
    }
