"""Actions of an improvement plan for tests."""

import datetime as dt

from django.urls import reverse
from factory import SubFactory
from factory.django import DjangoModelFactory

from certification.applications.plan.models import ImprovementAction
from tests.certification.review.factories import AT
from tests.employers.factories import EmployerFactory, UserFactory

DUE = dt.date(2026, 12, 11)
WHAT = "Firmar y difundir la política"


class ImprovementActionFactory(DjangoModelFactory):
    """An open action for a criterion of the distintivo; the trait ``done`` closes it."""

    class Meta:
        model = ImprovementAction

    employer = SubFactory(EmployerFactory)
    standard_code = "DEI"
    criterion = "DEI-1.1"
    what = WHAT
    due_on = DUE
    created_at = AT
    created_by = SubFactory(UserFactory)


def plan_page(employer, view="improvement_plan", *more):
    return reverse(view, args=[employer.pk, *more])
