"""What is frozen when an application is sent: one canonical text."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from certification.applications.declaring import Declaration
from certification.applications.dossier import Dossier
from certification.applications.models import EvidenceUse
from certification.standards.canonical import canonical_text, day_text
from certification.standards.explanation import as_data
from employers.models import Employer, WorkforceFigures, Workplace

FORMAT = 1


def take(dossier: Dossier, *, declaration: Declaration, account: str = "", at: dt.datetime) -> str:
    """Return the whole of what is sent as canonical JSON (format 1). Times are UTC, dates ISO 8601.

    ``account``: the name of the account that sends; who declares writes a name of their own. Older ones lack it.
    """
    application, standard = dossier.application, dossier.application.standard
    return canonical_text(
        {
            "format": FORMAT,
            "folio": application.folio,
            "round": application.round,
            "sent_at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "sent_by": {"name": declaration.name, "charge": declaration.charge, "account": account},
            "declaration": declaration.text,
            "standard": {"code": standard.code, "version": standard.version, "fingerprint": standard.fingerprint},
            **_company(dossier),
            **_claims(dossier),
            "evidence": {item: [_use(use) for use in uses] for item, uses in sorted(dossier.uses.items())},
            "score": {
                "points": str(dossier.score.points),
                "shown": dossier.score.shown_points,
                "level": dossier.score.level.code if dossier.score.level else None,
                "explanation": as_data(dossier.score.explanation),
            },
        }
    )


def is_as_sent(dossier: Dossier) -> bool:
    """Whether the company, its workplaces and their figures are still those of the last submission.

    The trade name does not count: nothing is certified of it.
    """
    text = dossier.application.submissions.order_by("-round").values_list("snapshot", flat=True).first()
    return _to_certify(json.loads(text or "{}")) == _to_certify(_company(dossier))


def _to_certify(company: dict[str, Any]) -> tuple[Any, Any]:
    employer = {name: value for name, value in company.get("employer", {}).items() if name != "trade_name"}
    return (employer, [_said(workplace) for workplace in company.get("workplaces", [])])


def _said(workplace: dict[str, Any]) -> dict[str, Any]:
    """A workplace with what was said of it, in the words of today: an older snapshot has no place for newer figures.

    Explanations do not count: nothing is certified of them, and older snapshots have one for the whole year.
    """
    figures = dict(workplace.get("figures") or {})
    figures.setdefault("note", figures.pop("explanation", ""))
    figures.pop("explanations", None)
    return {**workplace, "figures": {name: value for name, value in figures.items() if value not in (None, "")}}


def _company(dossier: Dossier) -> dict[str, Any]:
    return {
        "employer": _employer(dossier.application.employer),
        "workplaces": [_workplace(one, dossier) for one in dossier.workplaces],
    }


def _claims(dossier: Dossier) -> dict[str, Any]:
    """What the employer says of each part of the standard, by code."""
    return {
        "answers": {
            code: {"claims": answer.claims, "note": answer.note} for code, answer in sorted(dossier.answers.items())
        },
        "requirements": {
            code: {"issued_on": day_text(record.issued_on), "reference": record.reference}
            for code, record in sorted(dossier.requirements.items())
        },
        "measures": {
            code: {"claimed": claim.is_claimed, "note": claim.note} for code, claim in sorted(dossier.measures.items())
        },
    }


def _employer(employer: Employer) -> dict[str, Any]:
    return {
        "legal_name": employer.legal_name,
        "trade_name": employer.trade_name,
        "rfc": employer.rfc,
        "sector": employer.sector,
        "scian": employer.scian,
    }


def _workplace(workplace: Workplace, dossier: Dossier) -> dict[str, Any]:
    figures = next((row for row in dossier.workforce if row.workplace_id == workplace.pk), None)
    return {
        "name": workplace.name,
        "state": workplace.state,
        "municipality": workplace.municipality,
        "address": workplace.address,
        "figures": figures and _figures(figures),
        **_own_answers(workplace, dossier),
    }


def _own_answers(workplace: Workplace, dossier: Dossier) -> dict[str, Any]:
    """What the workplace answers otherwise than its employer; nothing is written where it does not."""
    own = {code: answers[workplace.pk] for code, answers in dossier.local.items() if workplace.pk in answers}
    said = {code: {"claims": answer.claims, "note": answer.note} for code, answer in sorted(own.items())}
    return {"answers": said} if said else {}


def _figures(figures: WorkforceFigures) -> dict[str, Any]:
    """Every count, what was asked about them and what was answered."""
    return {
        "year": figures.year,
        **figures.counts,
        "note": figures.note,
        "explanations": figures.answers,
    }


def _use(use: EvidenceUse) -> dict[str, Any]:
    return {
        "title": use.document.title,
        "kind": use.document.kind,
        "issued_on": day_text(use.document.issued_on),
        "proves": [day_text(use.document.proves_from), day_text(use.document.proves_until)],
        "language": use.document.language,
        "signatory": use.document.signatory,
        "note": use.document.note,
        "confidential": use.document.is_confidential,
        "revision": use.revision.number,
        "name": use.revision.original_name,
        "sha256": use.revision.sha256,
        "size": use.revision.size,
        "pointer": use.pointer,
        "shows": use.shows,
        **({"workplace": use.workplace.name} if use.workplace else {}),
        **({"link": use.revision.link, "seen_on": day_text(use.revision.seen_on)} if use.revision.link else {}),
    }
