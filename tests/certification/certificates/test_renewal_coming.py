"""What comes after a certificate, by day."""

import datetime as dt

import pytest

from certification.certificates.renewal.coming import coming
from tests.certification.certificates.renewals import awarded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "when"),
    [("2027-12-31", "later"), ("2028-01-01", "now"), ("2028-03-31", "now"), ("2028-04-01", "past")],
)
def test_surveillance_is_told_sixty_days_before_its_month(day, when):
    found = coming(awarded().certificate, dt.date.fromisoformat(day)).surveillance
    assert (found.month, found.opens_on, found.when) == (dt.date(2028, 3, 1), dt.date(2028, 1, 1), when)
    assert (found.notice.amount, found.rule.critical_compliance_percent, found.is_confirmed) == (60, 100, True)


@pytest.mark.parametrize(
    ("day", "when"),
    [("2030-01-14", "time"), ("2030-01-15", "late"), ("2030-03-15", "late"), ("2030-03-16", "expired")],
)
def test_renewal_is_asked_for_sixty_days_before_the_end(day, when):
    found = coming(awarded().certificate, dt.date.fromisoformat(day)).renewal
    assert (found.ask_by, found.when, found.deadline.amount) == (dt.date(2030, 1, 14), when, 60)
    assert found.rule.score_increase_percent_min == 10


def test_without_rules_it_is_asked_for_until_the_last_day():
    case = awarded("distintivo-ei")
    found = coming(case.certificate, case.certificate.valid_until)
    assert found.surveillance is None
    assert (found.renewal.ask_by, found.renewal.deadline) == (case.certificate.valid_until, None)
    assert (found.renewal.rule, found.renewal.when) == (None, "time")


def test_nothing_comes_after_a_cancellation():
    assert coming(awarded(status="cancelled").certificate, dt.date(2028, 1, 1)) is None
