"""The work lists of the programme: short pages whose cost does not grow with the table behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.numbers import KEY, number_in
from certification.applications.enums import State
from certification.applications.models import DECIDER_STATES, Application
from certification.applications.sent import BACK, names_as_sent
from certification.review.enums import Desk
from certification.review.items import items_of
from certification.review.models import Verdict
from certification.standards.languages import Words, words_of
from certification.standards.models import Standard
from employers.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = 25
# States with a clock: their lists begin with what is due first. The others begin with the newest.
CLOCKED = (State.SUBMITTED, State.IN_REVIEW, State.OBSERVED, State.RECOMMENDED, State.DECIDED)
# Nothing else of a row is read: people and employers have wide rows, and models take three times as long to make.
SHOWN = (
    "pk", "folio", "state", "due_on", "standard_id", "standard__fingerprint", "employer__legal_name",
    "employer__trade_name", "reviewer__full_name", "reviewer__email", "body__name",
)  # fmt: skip
FIRST_STATE = {Desk.MINE: State.IN_REVIEW, Desk.DECIDE: State.RECOMMENDED, Desk.ALL: State.SUBMITTED}


@dataclass(frozen=True, slots=True)
class Row:
    """A file as its row in a list shows it. Without a reviewer or a body, their names are empty."""

    pk: int
    folio: str
    state: State
    due_on: dt.date | None
    employer: str
    standard: Words
    reviewer: str
    body: str
    done: int
    total: int
    today: dt.date

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.today


@dataclass(frozen=True)
class DeskPage:
    rows: tuple[Row, ...]
    next_cursor: str  # empty on the last page
    is_first: bool


def desks_of(user: User) -> list[Desk]:
    """The lists that the person's roles open, the most pressing first."""
    roles = ((Role.REVIEWER, Desk.MINE), (Role.DECIDER, Desk.DECIDE), (Role.MANAGER, Desk.ALL))
    return [desk for role, desk in roles if user.has_role(role)]


def files_of(user: User, desk: Desk) -> QuerySet[Application]:
    """Files of a list, never of an employer the person works for."""
    found = Application.objects.visible_to(user)
    own = Membership.objects.filter(user=user, employer=OuterRef("employer"), ended_at=None)
    found = found.filter(~Exists(own))
    if desk == Desk.MINE:
        return found.filter(reviewer=user)
    if desk == Desk.DECIDE:
        return found.filter(state__in=DECIDER_STATES, body__in=user.body_ids).exclude(reviewer=user)
    return found


def read_page(files: QuerySet[Application], cursor: str = "", *, state: str = "") -> DeskPage:
    """Twenty-five files after ``cursor``, in the order of an index: no row is counted and none is passed over.

    ``state`` is the one state that ``files`` are in, or empty for all.
    """
    by_due_date = state in CLOCKED
    # States without a clock have no due date: naming it lets the index of the state be read backwards.
    order = ("due_on", "pk") if by_due_date else ("-due_on", "-pk") if state else ("-pk",)
    after = _after(cursor, by_due_date=by_due_date)
    found = list(files.filter(after).order_by(*order).values_list(*SHOWN, named=True)[: PAGE + 1])
    shown = found[:PAGE]
    more = _cursor(shown[-1], by_due_date=by_due_date) if len(found) > PAGE else ""
    return DeskPage(rows=tuple(_rows(shown)), next_cursor=more, is_first=not cursor)


def next_file(user: User, current: Application) -> Application | None:
    """The reviewer's next file in review, by due date."""
    mine = files_of(user, Desk.MINE).filter(state=State.IN_REVIEW).exclude(pk=current.pk)
    return mine.order_by("due_on", "pk").first()


def _cursor(file: Any, *, by_due_date: bool) -> str:
    return f"{file.due_on or ''}_{file.pk}" if by_due_date else str(file.pk)


def _after(cursor: str, *, by_due_date: bool) -> Q:
    """A cursor that nobody gave starts at the beginning."""
    day, _sep, said = cursor.rpartition("_")
    key = number_in(said, KEY)
    if key is None:
        return Q()
    if not by_due_date:
        return Q(pk__lt=key)
    try:
        due = dt.date.fromisoformat(day)
    except ValueError:
        return Q()
    # The first condition lets the index be entered at that day.
    return Q(due_on__gte=due) & (Q(due_on__gt=due) | Q(pk__gt=int(key)))


def _rows(files: list[Any]) -> Iterable[Row]:
    today = timezone.localdate()
    verdicts = Verdict.objects.filter(application__in=[one.pk for one in files]).values_list("application")
    done = dict(verdicts.annotate(done=Count("pk")).order_by())
    sent = names_as_sent([one.pk for one in files if one.state in BACK])
    for one in files:
        yield Row(
            pk=one.pk,
            folio=one.folio,
            state=State(one.state),
            due_on=one.due_on,
            employer=sent.get(one.pk) or one.employer__trade_name or one.employer__legal_name,
            standard=_read(one).title,
            reviewer=one.reviewer__full_name or one.reviewer__email or "",
            body=one.body__name or "",
            done=done.get(one.pk, 0),
            total=_read(one).items,
            today=today,
        )


@dataclass(frozen=True)
class Summary:
    """What a row tells of its standard: its title, and how many items are verified."""

    title: Words
    items: int


_summaries: dict[str, Summary] = {}


def _read(one: Any) -> Summary:
    """The standard of a row; its document is read once a process, since a fingerprint never changes."""
    fingerprint = one.standard__fingerprint
    if fingerprint not in _summaries:
        document = Standard.objects.get(pk=one.standard_id).document
        _summaries[fingerprint] = Summary(words_of(document), len(items_of(document)))
    return _summaries[fingerprint]
