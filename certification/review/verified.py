"""What was verified of a file, as the scoring function reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from certification.standards.document import Criterion, StandardDocument
from certification.standards.enums import Claim
from certification.standards.results import Facts, RequirementFact


class Found(NamedTuple):
    """One verdict: the code of its item, the claims of its parts, and the outcome of the whole."""

    item: str
    claims: Mapping[str, str]
    outcome: str


def verified_facts(
    document: StandardDocument,
    verdicts: Iterable[Found],
    *,
    issued: Mapping[str, dt.date | None],
    figures: Mapping[str, int | None],
    on: dt.date,
) -> Facts:
    """What has no verdict counts for nothing. ``issued``: by requirement, the day on which its paper was issued."""
    found = list(verdicts)
    met = {one.item for one in found if one.outcome == Claim.MET}
    criteria = [one for one in found if isinstance(document.item(one.item), Criterion)]
    looked_at = {one.item for one in found}
    requirements = [part.code for part in document.participation_requirements if part.code in looked_at]
    return Facts(
        on=on,
        claims={part: Claim(value) for one in criteria for part, value in one.claims.items()},
        requirements={code: RequirementFact(code in met, issued.get(code)) for code in requirements},
        measures={measure.code: measure.code in met for measure in document.measures},
        figures=figures,
    )
