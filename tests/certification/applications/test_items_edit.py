"""Participation requirements and measures: rows that are saved one by one on a page."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications.models import MeasureClaim, RequirementRecord
from tests.accounts.sessions import log_in_by_form, lose_session
from tests.certification.applications.cases import NMX, base, draft
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return draft(NMX)


def test_requirements_are_saved_with_their_dates(client, case):
    today = timezone.localdate()
    client.force_login(case.editor)
    client.post(
        f"{base(case)}participacion/", {"P1-present": "on", "P1-issued_on": str(today), "P1-reference": "12/26"}
    )
    record = RequirementRecord.objects.get()
    assert (record.requirement, record.issued_on, record.reference) == ("P1", today, "12/26")
    client.post(f"{base(case)}participacion/", {"P1-issued_on": str(today)})
    assert not RequirementRecord.objects.exists()


def test_an_old_letter_is_said_to_be_too_old(client, case):
    old = timezone.localdate() - dt.timedelta(days=250)
    client.force_login(case.editor)
    address = f"{base(case)}participacion/"
    page = client.post(address, {"P1-present": "on", "P1-issued_on": str(old)}, follow=True).content.decode()
    assert "Se emitió hace más de 6 meses" in page


def test_a_wrong_date_harms_no_other_row(client, case):
    client.force_login(case.editor)
    sent = {"P1-present": "on", "P1-issued_on": "30/02/2026", "P2-present": "on", "P2-issued_on": "2026-03-01"}
    page = client.post(f"{base(case)}participacion/", sent).content.decode()
    assert list(RequirementRecord.objects.values_list("requirement", flat=True)) == ["P2"]
    assert 'value="30/02/2026"' in page
    assert "Esa fecha no existe." in page


def test_measures_are_declared_or_computed(client, case):
    workplace = WorkplaceFactory(employer=case.application.employer)
    figures = {"women": 45, "men": 55, "women_managers": 1, "men_managers": 9, "with_disability": 4}
    WorkforceFiguresFactory(workplace=workplace, updated_by=case.owner, **figures)
    case.application.workplaces.add(workplace)
    client.force_login(case.editor)
    client.post(
        f"{base(case)}medidas/", {"M4-is_claimed": "yes", "M4-note": "Nombrada en enero", "M5-is_claimed": "no"}
    )
    assert dict(MeasureClaim.objects.values_list("measure", "is_claimed")) == {"M4": True, "M5": False}
    page = client.get(f"{base(case)}medidas/").content.decode()
    assert "45 de 100 personas: 45 %" in page
    assert "Con 2 personas más" in page


@pytest.mark.parametrize("page", ["participacion/", "medidas/"])
def test_others_cannot(client, case, page):
    client.force_login(case.reader)
    assert client.post(base(case) + page, {}).status_code == 403
    client.force_login(case.foreigner)
    assert client.post(base(case) + page, {}).status_code == 404
    client.logout()
    assert client.post(base(case) + page, {}).url.startswith("/cuenta/login/")


def test_what_was_typed_when_the_session_ended_is_there_again(client, case):
    lose_session(client, case.editor)
    response = client.post(f"{base(case)}participacion/", {"P1-present": "on", "P1-reference": "12/26"})
    log_in_by_form(client, case.editor, response.url)
    page = client.get(f"{base(case)}participacion/").content.decode()
    assert "Tu sesión había terminado" in page
    assert 'value="12/26"' in page
