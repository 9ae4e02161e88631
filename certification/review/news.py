"""Which evidence of an item is new in this round: what the submission before the newest one did not have."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from certification.applications.models import EvidenceUse
from certification.review.casefile import Line


class Said(NamedTuple):
    """A file with what is said of it: another file, page or explanation is something new to look at."""

    sha256: str
    pointer: str
    shows: str
    workplace: str


def new_uses(line: Line) -> list[bool]:
    """For each of ``line.uses`` whether it was added or changed in the last answer. One query at most.

    Only what was observed can change, so that nothing is new elsewhere or before the first answer.
    """
    before = _sent_before(line)
    if before is None:
        return [False] * len(line.uses)
    known = {_of_snapshot(one) for one in before}
    return [_of_use(use) not in known for use in line.uses]


def _sent_before(line: Line) -> list[dict[str, Any]] | None:
    """The item's evidence in the last submission but one; None where there is none to compare with."""
    if not line.observations or not line.uses:
        return None
    sent = line.observations[0].application.submissions.order_by("-round").values_list("snapshot", flat=True)
    before = next(iter(sent[1:2]), None)
    return json.loads(before).get("evidence", {}).get(line.code, []) if before else None


def _of_snapshot(one: dict[str, Any]) -> Said:
    return Said(one["sha256"], one["pointer"], one["shows"], one.get("workplace", ""))


def _of_use(use: EvidenceUse) -> Said:
    return Said(use.revision.sha256, use.pointer, use.shows, use.workplace.name if use.workplace else "")
