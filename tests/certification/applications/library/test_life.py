"""Until when documents serve, by each standard's rule of age, and how a library is narrowed by it."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.library.life import SOON, Courses
from certification.applications.library.uses import lives_of
from certification.applications.models import Application, EvidenceUse
from certification.standards.scoring import months_after
from tests.certification.applications.cases import DEI, NMX, draft
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.certification.review.factories import make_application, standard

pytestmark = pytest.mark.django_db
ANY_ITEM = "R01"


@pytest.fixture
def case():
    return draft(NMX)


def used(case, item=ANY_ITEM, application=None, **said):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner, **said)
    EvidenceUse.objects.create(
        application=application or case.application, item=item, document=document,
        revision=RevisionFactory(document=document, created_by=case.owner), created_at=timezone.now(),
        created_by=case.owner,
    )  # fmt: skip
    return document


def test_it_lives_as_long_as_the_standard_says(case):
    today = timezone.localdate()
    (life,) = lives_of(used(case, issued_on=today))
    assert (life.age.months, life.age.is_confirmed, life.valid_until) == (12, True, months_after(today, 12))
    assert str(life.standard) == case.application.standard.document.short_title
    assert {life.is_over, life.ends_soon, life.lapses_before_visit} == {False}


def test_the_end_of_what_it_proves_counts_where_it_is_later(case):
    today = timezone.localdate()
    (life,) = lives_of(used(case, issued_on=dt.date(2020, 1, 1), proves_until=today))
    assert life.valid_until == months_after(today, 12)


def test_without_a_date_nobody_knows(case):
    assert lives_of(used(case)) == []


def test_unused_it_lives_by_the_standards_in_force(case):
    document = DocumentFactory(employer=case.application.employer, issued_on=timezone.localdate())
    assert [str(life.standard) for life in lives_of(document)] == [case.application.standard.document.short_title]


def test_what_was_in_force_when_it_was_sent_stays_so(case):
    sent = timezone.now() - dt.timedelta(days=30)
    Application.objects.update(state=State.SUBMITTED, submitted_at=sent, state_since=sent)
    issued = months_after(timezone.localdate(sent), -12)
    (life,) = lives_of(used(case, issued_on=issued))
    assert (life.is_over, life.on) == (False, timezone.localdate(sent))


def test_each_standard_has_its_own_rule_and_says_whether_it_is_official(case):
    other = make_application(case.application.employer, standard(DEI), case.body, None, State.DRAFT)
    courses = Courses.of(case.application.employer, timezone.localdate())
    course = next(one for one in courses.under_way if one.application == other.pk)
    item, age = next(iter(course.ages.items()))
    document = used(case, item, other, issued_on=timezone.localdate())
    (life,) = lives_of(document)
    assert (life.age, str(life.standard)) == (age, other.standard.document.short_title)


@pytest.mark.parametrize(
    ("days", "found"),
    [(0, {"soon", "visit"}), (SOON, {"soon"}), (SOON + 1, set()), (-1, {"over"}), (400, set())],
)
def test_the_library_is_narrowed_as_the_rows_say(client, case, days, found):
    until = timezone.localdate() + dt.timedelta(days=days)
    day = next(day for day in around(months_after(until, -12)) if months_after(day, 12) >= until)
    document = used(case, issued_on=day)
    (life,) = lives_of(document)
    said = {"soon": life.ends_soon, "visit": life.lapses_before_visit, "over": life.is_over}
    assert {name for name, holds in said.items() if holds} >= found - {"visit"}
    client.force_login(case.owner)
    address = f"/empresa/{case.application.employer_id}/documentos/"
    for end, holds in said.items():
        assert list(client.get(address, {"life": end}).context["page_obj"]) == [document] * holds


def around(day):
    return (day + dt.timedelta(days=shift) for shift in range(-4, 5))
