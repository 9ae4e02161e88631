"""What a practice rests on, for whoever edits it: the criteria of its topic, what was verified, and which documents.

Who curates reads titles, dates and the reviewer's words, and that is on record (``actions.record_proofs``). The files
stay private: ``visible_to`` does not give them. Of a confidential document an editor reads that there is one, and of
what was verified with it the outcome alone: words and pointer could name it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from certification.applications.models import EvidenceUse
from certification.review.models import Verdict
from certification.standards.languages import Words, words_of
from good_practices.beside import relation
from good_practices.models import Practice
from good_practices.permissions import is_curator


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
    title: Words
    verdict: Verdict | None
    papers: list[Paper]

    @property
    def is_confidential(self) -> bool:
        return any(not paper.title for paper in self.papers)


def proofs(practice: Practice, user: User) -> list[Proof]:
    """The items in the order of the relation, in a constant number of queries.

    None where the subtopic serves no item, and for who does not curate the practice.
    """
    if not is_curator(user, practice):
        return []
    certificate = practice.certificate
    known = relation().get(certificate.standard.code, {})
    codes = [code for code, subtopics in known.items() if practice.subtopic in subtopics]
    if not codes:
        return []
    items = {code: item for code in codes if (item := certificate.standard.document.item(code))}
    curated = Practice.objects.visible_to(user).filter(pk=practice.pk).order_by().values("certificate__application")
    verdicts = Verdict.objects.filter(application__in=curated, item__in=items)
    verified = {verdict.item: verdict for verdict in verdicts}
    papers = _papers(EvidenceUse.objects.filter(application__in=curated, item__in=codes))
    return [Proof(code, words_of(item), verified.get(code), papers[code]) for code, item in items.items()]


def _papers(uses: QuerySet[EvidenceUse]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = defaultdict(list)
    rows = uses.order_by("pk").values_list(
        "document__is_confidential", "item", "document__title", "document__issued_on", "pointer", "shows"
    )
    for is_confidential, item, title, issued_on, pointer, shows in rows:
        paper = Paper("", None, "", "") if is_confidential else Paper(title, issued_on, pointer, shows)
        if paper not in found[item]:
            found[item].append(paper)
    return found
