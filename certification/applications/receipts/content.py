"""What a receipt says, as canonical JSON; and nothing that the declaration does not need."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from certification.applications.enums import State
from certification.applications.models import Submission
from certification.applications.workflow import STAGES
from certification.standards.calendar import term_for
from certification.standards.canonical import canonical_text
from certification.standards.document import Stage

FORMAT = 1
AFTER_SENDING = (State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)


def content_of(submission: Submission) -> dict[str, Any]:
    """Put together what the receipt of a submission says (format 1): times in UTC, dates ISO 8601, texts in Spanish.

    All of it was fixed on sending, so a receipt that is made later says the same.
    """
    sent, standard = json.loads(submission.snapshot), submission.application.standard
    with translation.override("es-mx"):
        return {
            "format": FORMAT,
            "kind": "acuse",
            "folio": submission.application.folio,
            "round": submission.round,
            "employer": sent["employer"]["legal_name"],
            "standard": {
                "code": standard.code,
                "title": standard.title,
                "version": standard.version,
                "fingerprint": standard.fingerprint,
            },
            "recipient": standard.document.authorities[0].name,
            "received_at": submission.submitted_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "sha256": submission.sha256,
            "counts": _counts(sent),
            "declaration": submission.declaration,
            "declared_by": {name: sent["sent_by"][name] for name in ("name", "charge")},
            "signed_with": _method(submission),
            "next": _next(submission),
            "is_sample": settings.DEMO or not settings.IS_HTTPS,
        }


def canonical(content: dict[str, Any]) -> bytes:
    return canonical_text(content).encode()


def _counts(sent: dict[str, Any]) -> dict[str, int]:
    files = {use["sha256"] for uses in sent["evidence"].values() for use in uses}
    return {"workplaces": len(sent["workplaces"]), "criteria": len(sent["answers"]), "files": len(files)}


def _method(submission: Submission) -> str:
    signature = getattr(submission, "signature", None)
    return signature.method if signature else ""


def _next(submission: Submission) -> list[dict[str, Any]]:
    """The steps to come: the first with its last day, the others with their terms."""
    document, first = submission.application.standard.document, 0 if submission.round == 1 else 1
    steps = [_step(document.stage(STAGES[state])) for state in AFTER_SENDING[first:]]
    on = timezone.localdate(submission.submitted_at)
    steps[0]["until"] = term_for(document, STAGES[AFTER_SENDING[first]], on).isoformat()
    return steps


def _step(stage: Stage) -> dict[str, Any]:
    return {
        "title": stage.title,
        "amount": stage.amount,
        "unit": str(stage.unit.label),
        "confirmed": stage.is_confirmed,
        "until": None,
    }
