"""What had been explained of a whole year answers each doubt of the older rules, and stays as a note."""

from importlib import import_module

import pytest
from django.apps import apps

from employers.models import FiguresExplanation
from tests.employers.factories import WorkforceFiguresFactory

migration = import_module("employers.migrations.0005_employers_explanations")


@pytest.mark.django_db
def test_each_doubt_takes_the_explanation_of_its_year():
    both = WorkforceFiguresFactory(women=3, men=5, women_managers=4, with_disability=9, note="Dirigen dos centros.")
    WorkforceFiguresFactory(women=3, men=5, women_managers=4)  # nobody explained it
    WorkforceFiguresFactory(women=13, men=5, note="Sin nada raro.")
    for _ in range(2):
        migration.explain_each_doubt(apps, None)
    said = {(one.figures, one.rule, one.text, one.explained_by) for one in FiguresExplanation.objects.all()}
    assert said == {
        (both, f"part_exceeds_whole:{field}", "Dirigen dos centros.", both.updated_by)
        for field in ("women_managers", "with_disability")
    }
    assert both.unanswered == []
