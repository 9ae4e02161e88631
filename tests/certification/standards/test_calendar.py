import datetime as dt

import pytest

from certification.standards.calendar import add_term, is_business_day, term_for
from certification.standards.enums import StageCode, TermUnit
from tests.certification.standards.factories import NMX, document_of

MONDAY = dt.date(2026, 11, 9)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        (MONDAY, 180, TermUnit.CALENDAR_DAYS, dt.date(2027, 5, 8)),
        (MONDAY, 3, TermUnit.DAYS, dt.date(2026, 11, 12)),
        (MONDAY, 4, TermUnit.BUSINESS_DAYS, dt.date(2026, 11, 13)),
        (MONDAY, 5, TermUnit.BUSINESS_DAYS, dt.date(2026, 11, 17)),  # Monday 16 is the day of the Revolution
        (dt.date(2026, 11, 14), 1, TermUnit.BUSINESS_DAYS, dt.date(2026, 11, 17)),  # from a Saturday
        (dt.date(2026, 12, 30), 3, TermUnit.BUSINESS_DAYS, dt.date(2027, 1, 5)),  # over the new year
        (dt.date(2026, 11, 17), -1, TermUnit.BUSINESS_DAYS, dt.date(2026, 11, 13)),
        (MONDAY, 0, TermUnit.BUSINESS_DAYS, MONDAY),
    ],
)
def test_last_day_of_a_term(start, amount, unit, last):
    assert add_term(start, amount, unit) == last
    assert add_term(start, amount, unit.value) == last


def test_days_of_mandatory_rest_and_weekends_are_no_business_days():
    assert [is_business_day(dt.date(2026, 5, day)) for day in (1, 2, 3, 4)] == [False, False, False, True]


def test_unknown_unit():
    with pytest.raises(ValueError, match="semanas"):
        add_term(MONDAY, 1, "semanas")


def test_terms_of_the_stages_come_from_the_document():
    last = {code: term_for(document_of(NMX), code, MONDAY) for code in StageCode}
    assert last[StageCode.PREPARATION] == dt.date(2027, 5, 8)
    assert last[StageCode.ASSIGNMENT] == last[StageCode.PUBLICATION] == dt.date(2026, 11, 17)
    assert last[StageCode.REVIEW] == dt.date(2026, 12, 1)
    assert last[StageCode.ANSWER] == last[StageCode.DECISION] == dt.date(2026, 11, 24)
    assert term_for(document_of(NMX), "review", MONDAY) == last[StageCode.REVIEW]
