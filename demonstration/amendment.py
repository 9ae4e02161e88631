"""The text of a standard's next version, tried and proposed by one manager: another one finds it waiting."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

from accounts.models import User
from certification.amendments import actions
from certification.standards.document import StandardDocument, canonical_data
from certification.standards.models import Standard
from certification.standards.writing import as_yaml

CRITICAL, REWORDED = "DEI-2.2", "DEI-3.1"
GUIDANCE = "Las personas incluidas se capacitan dentro de su jornada y ascienden en las mismas condiciones."
REASON = "El comité pidió que {code} sea indispensable, y que {other} se entienda sin ayuda."


def propose_amendment(standard: Standard, staff: dict[str, User], *, at: dt.datetime) -> None:
    """One criterion becomes critical and another is reworded; whoever manages as «gestion» decides."""
    proposer = staff["gestion2"]
    draft = actions.upload(
        _amended(standard.document), file_name="distintivo-ei.yaml", actor=proposer, at=at - timedelta(days=3)
    )
    actions.run_trial(draft.pk, draft.fingerprint, at=at - timedelta(days=3))
    draft.refresh_from_db()
    reason = REASON.format(code=CRITICAL, other=REWORDED)
    when = at - timedelta(days=2)
    actions.propose(draft, reason=reason, seen_version=draft.version, actor=proposer, at=when)


def _amended(document: StandardDocument) -> str:
    data = canonical_data(document)
    year, _point, number = data["version"].partition(".")
    data["version"] = f"{year}.{int(number or 0) + 1}"
    for section in data["sections"]:
        for criterion in section["criteria"]:
            if criterion["code"] == CRITICAL:
                criterion["critical"] = True
            if criterion["code"] == REWORDED:
                criterion["guidance"] = GUIDANCE
    return as_yaml(StandardDocument.model_validate(data, strict=False))
