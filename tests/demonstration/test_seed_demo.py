"""The demonstration: whole, the same each time, harmless when run again, and refused where it does not belong."""

import datetime as dt

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from accounts.models import User
from audit import chain
from certification.amendments.models import StandardDraft
from certification.applications.enums import State
from certification.applications.models import Application, LocalAnswer
from certification.applications.plan.models import ImprovementAction
from certification.certificates.models import Certificate
from certification.evidence.checking import reading_later
from certification.evidence.models import Document
from certification.standards import actions as standards
from certification.standards.reading import parse_yaml
from demonstration import files
from demonstration.actions import PRACTICES, seed
from employers.models import Employer, WorkforceFigures, Workplace
from good_practices.models import Practice
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 3, 18, tzinfo=dt.UTC)
DATA = django_settings.BASE_DIR / "certification/standards/data"


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    for file in sorted(DATA.glob("*.yaml")):
        standards.publish(parse_yaml(file.read_text(encoding="utf-8")), actor=None, at=AT)
    call_command("make_dev_signer", verbosity=0)


def statuses():
    return {certificate.public_status(AT.date()).value for certificate in Certificate.objects.all()}


def _told_elsewhere():
    """Practices whose employer is of another sector of the economy than the text."""
    sectors = {text["title"]: text["scian"] for text in yaml.safe_load(PRACTICES.read_text(encoding="utf-8"))}
    published = Practice.objects.published().select_related("employer")
    return [one.title for one in published if one.employer.scian != sectors[one.title]]


@pytest.mark.usefixtures("demo")
def test_it_shows_everything_once(capsys):
    with reading_later():  # as the command does: check_files reads them once it stands
        seed(at=AT)
    assert Employer.objects.count() >= 40
    assert Workplace.objects.values("state").distinct().count() == 32
    assert {employer.size.code for employer in Employer.objects.all()} == {"micro", "pequena", "mediana", "grande"}
    assert set(Application.objects.values_list("state", flat=True)) == set(State.values)
    differing = LocalAnswer.objects.filter(is_in_force=True).values_list("application__state", flat=True)
    assert set(differing) == {State.DRAFT, State.IN_REVIEW}
    assert Certificate.objects.count() >= 30
    assert set(Certificate.objects.values_list("level", flat=True)) == {"simple", "bronce", "plata", "oro", "otorgado"}
    assert statuses() == {"in_force", "suspended", "cancelled", "expired"}
    assert Practice.objects.published().count() == 60
    assert Practice.objects.published().values("topic").distinct().count() == 5
    assert _told_elsewhere() == []
    assert {one.state for one in ImprovementAction.objects.all()} == {"open", "done", "dropped"}
    asked = WorkforceFigures.objects.filter(explanations__isnull=False)
    assert {len(figures.unanswered) for figures in asked} == {1}
    waiting = StandardDraft.objects.get()
    assert (waiting.state, waiting.proposed_by.email) == ("proposed", "gestion2@demo.constancia.example")
    assert waiting.trial["applications"] > 0
    assert dict(Document.objects.values_list("title", "kind")) == files.KINDS
    assert chain.prove().problem == ""
    counts = [model.objects.count() for model in (User, Application, Certificate, Practice)]
    call_command("seed_demo")
    assert [model.objects.count() for model in (User, Application, Certificate, Practice)] == counts
    assert "gestion@demo.constancia.example" in capsys.readouterr().out


def test_a_real_portal_is_refused():
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("seed_demo")


def test_a_database_with_people_of_its_own_is_refused(settings):
    settings.DEMO = True
    UserFactory()
    with pytest.raises(CommandError, match="accounts of its own"):
        call_command("seed_demo")


def test_without_standards_it_says_what_to_do_first(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="standard publish"):
        call_command("seed_demo")
