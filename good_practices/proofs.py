"""What a practice rests on, for whoever edits it: the criteria of its topic, what was verified, and which documents.

Who edits reads titles, dates and the reviewer's words. The files stay private: ``visible_to`` does not give them. Of a
confidential document an editor reads that there is one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from certification.applications.models import EvidenceUse
from certification.review.models import Verdict
from good_practices.beside import relation
from good_practices.models import Practice


@dataclass(frozen=True)
class Paper:
    """A document used for an item, by name; a confidential one has neither name nor words."""

    title: str
    issued_on: dt.date | None
    pointer: str
    shows: str


@dataclass(frozen=True)
class Proof:
    """An item of the standard that serves the practice's subtopic, as it was verified for its certificate."""

    code: str
    title: str
    verdict: Verdict | None
    papers: list[Paper]


def proofs(practice: Practice) -> list[Proof]:
    """The items in the order of the relation, in two queries; none where the subtopic serves no item."""
    certificate = practice.certificate
    known = relation().get(certificate.standard.code, {})
    codes = [code for code, subtopics in known.items() if practice.subtopic in subtopics]
    if not codes:
        return []
    items = {code: item for code in codes if (item := certificate.standard.document.item(code))}
    verdicts = Verdict.objects.filter(application=certificate.application_id, item__in=items)
    verified = {verdict.item: verdict for verdict in verdicts}
    papers = _papers(certificate.application_id, codes)
    return [Proof(code, item.title, verified.get(code), papers[code]) for code, item in items.items()]


def _papers(application: int, codes: list[str]) -> dict[str, list[Paper]]:
    uses = EvidenceUse.objects.filter(application=application, item__in=codes).order_by("pk")
    found: dict[str, list[Paper]] = defaultdict(list)
    rows = uses.values_list(
        "document__is_confidential", "item", "document__title", "document__issued_on", "pointer", "shows"
    )
    for is_confidential, item, *said in rows:
        paper = Paper("", None, "", "") if is_confidential else Paper(*said)
        if paper not in found[item]:
            found[item].append(paper)
    return found
