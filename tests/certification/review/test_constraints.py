"""What the database refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from certification.applications.enums import State
from certification.review.models import Decision, Recommendation
from tests.certification.review.factories import AT, LEGAL, make_case

pytestmark = pytest.mark.django_db
WRONG = [("maybe", "oro"), ("decline", "oro"), ("award", "")]


@pytest.mark.parametrize(("outcome", "level"), WRONG)
def test_a_recommendation_is_an_award_with_its_level_or_a_refusal_without(outcome, level):
    case = make_case(State.RECOMMENDED)
    said = {"application": case.application, "round": 1, "reason": "x", "recommended_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.create(outcome=outcome, level=level, reviewer=case.reviewer, **said)


@pytest.mark.parametrize(("outcome", "level"), WRONG)
def test_so_is_a_decision(outcome, level):
    case = make_case(State.RECOMMENDED)
    said = {"application": case.application, "reason": "x", "decided_at": AT, **LEGAL}
    people = {"reviewed_by": case.reviewer, "decided_by": case.decider}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(outcome=outcome, level=level, **said, **people)
