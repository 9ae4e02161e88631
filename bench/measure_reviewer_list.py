"""The programme's work lists with 1,000 and with 100,000 applications. Run: ``python -m bench.measure_reviewer_list``.

Every list at both sizes; and the rows of a reviewer's first page, as the template gets them, against the best SQL by
hand whose rows are made into dictionaries.
"""

import datetime as dt
import random
from typing import Any

from bench import harness

PAGES = (
    ("reviewer", ""), ("reviewer", "estado=todas"), ("reviewer", "estado=awarded"), ("reviewer", "atrasadas=on"),
    ("decider", ""), ("manager", ""), ("manager", "estado=in_review"), ("manager", "estado=todas"),
    ("manager", "estado=awarded"), ("manager", "estado=in_review&despues={cursor}"),
)  # fmt: skip
BY_HAND = """
    SELECT a.id, a.folio, a.state, a.due_on, e.legal_name, e.trade_name, s.title, u.full_name, b.name,
           (SELECT count(*) FROM certification_verdict v WHERE v.application_id = a.id) AS done
    FROM certification_application a
    JOIN employers_employer e ON e.id = a.employer_id
    JOIN certification_standard s ON s.id = a.standard_id
    LEFT JOIN accounts_user u ON u.id = a.reviewer_id
    LEFT JOIN accounts_reviewbody b ON b.id = a.body_id
    WHERE a.reviewer_id = %s AND a.state = 'in_review' AND a.submitted_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM employers_membership m
                      WHERE m.employer_id = a.employer_id AND m.user_id = %s AND m.ended_at IS NULL)
    ORDER BY a.due_on, a.id LIMIT 26
"""


def prepare(size: int) -> harness.Calls:
    from accounts.models import User
    from certification.review.desk import Desk, files_of, read_page
    from tests.certification.review.factories import State, make_case

    case = make_case(State.IN_REVIEW)
    make_applications(case, 0, size)
    reviewer = User.objects.get(pk=case.reviewer.pk)
    visitors = {who: harness.client(getattr(case, who)) for who in ("reviewer", "decider", "manager")}

    def rows() -> list[Any]:
        return list(read_page(files_of(reviewer, Desk.MINE).filter(state="in_review"), state="in_review").rows)

    def by_hand() -> list[dict[str, Any]]:
        return harness.fetch(BY_HAND, [reviewer.pk, reviewer.pk])

    assert [row.pk for row in rows()] == [row["id"] for row in by_hand()[:25]]
    pages = {
        f"{who} «{query or 'first page'}»": harness.page(visitors[who], f"/revision/?{query.format(cursor=middle())}")
        for who, query in PAGES
    }
    total = rows()[0].total
    minimal = harness.against_minimal_view(visitors["reviewer"], "/revision/", lambda: page_by_hand(by_hand(), total))
    return harness.Calls(
        pages, {"rows of the reviewer's first page": (rows, by_hand)}, {"reviewer's first page": minimal}
    )


def page_by_hand(found: list[dict[str, Any]], total: int) -> dict[str, object]:
    """What the template of the list gets from the rows by hand. The items of the one standard are counted before."""
    from django.utils import timezone

    from certification.applications.enums import State
    from certification.review.desk import DeskPage, Row
    from certification.standards.languages import Words

    today = timezone.localdate()
    rows = tuple(
        Row(
            pk=row["id"], folio=row["folio"], state=State(row["state"]), due_on=row["due_on"],
            employer=row["trade_name"] or row["legal_name"], standard=Words(row["title"]),
            reviewer=row["full_name"] or "", body=row["name"] or "", done=row["done"], total=total, today=today,
        )
        for row in found[:25]
    )  # fmt: skip
    return {"page": DeskPage(rows, f"{rows[-1].due_on}_{rows[-1].pk}", is_first=True)}


def middle() -> str:
    """A cursor in the middle of the files in review."""
    from certification.applications.models import Application

    files = Application.objects.filter(state="in_review").order_by("due_on", "pk")
    one = files[files.count() // 2]
    return f"{one.due_on}_{one.pk}"


def make_applications(case, first: int, last: int) -> None:  # type: ignore[no-untyped-def]
    """Applications of six years, one in ten still open; half of those in review are the measured reviewer's."""
    from certification.applications.models import Application
    from certification.review.desk import CLOCKED
    from tests.certification.review.factories import AT
    from tests.employers.factories import EmployerFactory

    rng, employers = random.Random(first), [EmployerFactory() for _ in range(200)]
    common = {
        "standard_id": case.application.standard_id, "body_id": case.body.pk, "created_by_id": case.owner.pk,
        "created_at": AT, "saved_at": AT, "submitted_at": AT, "state_since": AT,
    }  # fmt: skip
    for start in range(first, last, 5_000):
        rows = []
        for number in range(start, min(start + 5_000, last)):
            is_open = number % 10 == 0 or number < 400
            state = rng.choice((*CLOCKED, "in_review")) if is_open else rng.choice(("awarded", "declined", "withdrawn"))
            reviewer = case.reviewer if rng.random() < 0.5 else case.other_reviewer
            due = dt.date(2026, 1, 1) + dt.timedelta(days=rng.randrange(700)) if is_open else None
            rows.append(
                Application(
                    folio=f"B-{number}", employer=rng.choice(employers), state=state, due_on=due, reviewer=reviewer,
                    **common,
                )
            )  # fmt: skip
        add_verdicts(case, Application.objects.bulk_create(rows))


def add_verdicts(case, made) -> None:  # type: ignore[no-untyped-def]
    """Six verdicts for each file in review."""
    from certification.review.models import Verdict
    from tests.certification.review.factories import AT

    Verdict.objects.bulk_create(
        Verdict(application=one, item=f"DEI-{n}", outcome="met", updated_at=AT, reviewer=case.reviewer)
        for one in made
        if one.state == "in_review"
        for n in range(6)
    )


if __name__ == "__main__":
    harness.run("reviewer_list", prepare)
