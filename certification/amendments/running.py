"""The dry run over the database: what every past application of a standard would get under a draft. It only reads.

Applications are read in key ranges, each in two queries. With several processes each reads ranges of its own: they are
started afresh (``spawn``), for a connection to a database must never be in two processes at once.
"""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from certification.amendments.workers import begin, run_range
from certification.applications.models import Submission
from certification.applications.trial import Findings, Past, Trial, facts_of
from certification.review.models import Verdict
from certification.review.verified import Found, verified_facts
from certification.standards.cases import facts_of as facts_of_case
from certification.standards.document import StandardDocument, canonical_data
from certification.standards.models import Standard

RANGE = 1_000  # applications read and scored at a time: some ten megabytes
Range = tuple[int, int]  # the first and the last key


def dry_run(draft: StandardDocument, *, processes: int = 1) -> Findings:
    """Score every stored case and everything that was sent under any version of the draft's standard.

    What was sent is read from the newest submission of each application, verdicts from the review, where there is one.
    Ranges come back in their order, so the findings do not depend on ``processes``.
    """
    trial = trial_of(draft)
    found = _cases(trial)
    ranges = ranges_of(draft.code)
    if processes < 2 or len(ranges) < 2:
        for one in ranges:
            found += run_one(trial, one)
        return found
    with workers(draft, min(processes, len(ranges))) as pool:
        for part in pool.map(run_range, ranges):
            found += part
    return found


def trial_of(draft: StandardDocument) -> Trial:
    published = Standard.objects.filter(code=draft.code)
    return Trial(draft, {standard.fingerprint: standard.document for standard in published})


def ranges_of(code: str) -> list[Range]:
    """Key ranges of the applications of a standard with something sent, in all its versions."""
    keys = Submission.objects.filter(round=1, application__standard__code=code).order_by("application_id")
    stream = keys.values_list("application_id", flat=True).iterator(chunk_size=10_000)
    ranges = []
    while part := list(islice(stream, RANGE)):
        ranges.append((part[0], part[-1]))
    return ranges


def run_one(trial: Trial, keys: Range) -> Findings:
    """The applications of one range."""
    found = Findings()
    for past in read_past(trial, keys):
        found += trial.of(past)
    return found


def read_past(trial: Trial, keys: Range) -> Iterator[Past]:
    """What the applications of a range said when they were last sent, and what was verified of them: two queries."""
    verdicts = _verdicts(trial.draft.code, keys)
    later = Submission.objects.filter(application=OuterRef("application"), round__gt=OuterRef("round"))
    newest = Submission.objects.filter(~Exists(later), **_within(trial.draft.code, keys))
    fields = ("application_id", "application__folio", "application__standard__fingerprint", "snapshot")
    for key, folio, fingerprint, snapshot in newest.order_by("application_id").values_list(*fields).iterator(200):
        claimed = facts_of(snapshot)
        verified = None
        if key in verdicts:
            verified = verified_facts(
                trial.documents[fingerprint],
                verdicts[key],
                issued={code: fact.issued_on for code, fact in claimed.requirements.items()},
                figures=claimed.figures,
                on=claimed.on,
            )
        yield Past(folio, fingerprint, claimed, verified)


def _within(code: str, keys: Range) -> dict[str, Any]:
    return {"application_id__gte": keys[0], "application_id__lte": keys[1], "application__standard__code": code}


def _verdicts(code: str, keys: Range) -> dict[int, list[Found]]:
    rows = Verdict.objects.filter(**_within(code, keys)).order_by()
    found: dict[int, list[Found]] = defaultdict(list)
    for key, *verdict in rows.values_list("application_id", "item", "claims", "outcome").iterator(2_000):
        found[key].append(Found(*verdict))
    return found


def _cases(trial: Trial) -> Findings:
    """The stored cases of the version in force, then those that the draft has besides."""
    found, in_force = Findings(), Standard.objects.in_force().filter(code=trial.draft.code).first()
    own = in_force.document if in_force else trial.draft
    for case in own.cases:
        found += trial.of_case(case.code, own, facts_of_case(own, case))
    known = {case.code for case in own.cases}
    for case in trial.draft.cases:
        if case.code not in known:
            found += trial.of_case(case.code, own, facts_of_case(trial.draft, case))
    return found


@contextmanager
def workers(draft: StandardDocument, count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that know the draft and the database of this one, also where tests have given it another."""
    databases: dict[str, Any] = {"default": dict(connection.settings_dict)}
    fresh = multiprocessing.get_context("spawn")
    given = (databases, canonical_data(draft))
    with ProcessPoolExecutor(count, mp_context=fresh, initializer=begin, initargs=given) as pool:
        yield pool
