"""Participation requirements and measures: rows that are saved one by one on a page."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import dossier
from certification.applications.models import MeasureClaim, RequirementRecord
from tests.accounts.sessions import log_in_by_form, lose_session
from tests.certification.applications.cases import NMX, base, draft, shown
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
    seen = shown(client.get(f"{base(case)}participacion/"))
    client.post(f"{base(case)}participacion/", {"P1-issued_on": str(today), **seen})
    record.refresh_from_db()
    assert (record.is_present, record.issued_on, record.version) == (False, today, 2)


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
    kept = RequirementRecord.objects.values_list("requirement", "is_present", "issued_on")
    assert sorted(kept) == [("P1", True, None), ("P2", True, dt.date(2026, 3, 1))]
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


def test_what_is_typed_before_it_is_claimed_is_kept_and_counts_for_nothing(client, case):
    client.force_login(case.editor)
    client.post(f"{base(case)}participacion/", {"P1-reference": "12/26"})
    client.post(f"{base(case)}medidas/", {"M4-note": "La nombran en enero"})
    assert RequirementRecord.objects.get().is_present is False
    assert MeasureClaim.objects.get().is_claimed is None
    assert 'value="12/26"' in client.get(f"{base(case)}participacion/").content.decode()
    assert "La nombran en enero</textarea>" in client.get(f"{base(case)}medidas/").content.decode()
    loaded = dossier.load(case.application, timezone.localdate())
    assert (loaded.requirements, loaded.measures) == ({}, {})


def test_a_row_that_somebody_else_saved_is_not_overwritten(client, case):
    address = f"{base(case)}participacion/"
    client.force_login(case.editor)
    seen = shown(client.get(address))
    client.post(address, {**seen, "P1-present": "on", "P1-reference": "1/26"})
    client.force_login(case.owner)
    response = client.post(address, {**seen, "P1-present": "on", "P1-reference": "2/26", "P2-present": "on"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "P1: Otra persona guardó esto mientras escribías" in page
    assert "<td>1/26</td><td>2/26</td>" in page
    assert dict(RequirementRecord.objects.values_list("requirement", "reference")) == {"P1": "1/26", "P2": ""}
    mine = {**shown(response), "P1-present": "on", "P1-reference": "2/26", "P2-present": "on", "mine": "P1=1"}
    assert client.post(address, mine).status_code == 302
    assert RequirementRecord.objects.get(requirement="P1").reference == "2/26"


CONFLICTS = [
    (
        "participacion/",
        {"P1-present": "on", "P1-issued_on": "2026-03-01"},
        {"P1-reference": "2/26", "P1-issued_on": ""},
    ),
    ("medidas/", {"M4-is_claimed": "yes"}, {"M4-is_claimed": "no", "M4-note": "Se fue"}),
]
EMPTY = "Sin responder"
IN_WORDS = {
    "participacion/": ["Ya la tengo|Sí|No", "Fecha de emisión|1 mar 2026|", "Número o folio||2/26"],
    "medidas/": ["¿La tienen?|Sí|No", "¿Cómo funciona?||Se fue"],
}


@pytest.mark.parametrize(("page", "theirs", "mine"), CONFLICTS)
def test_both_texts_are_told_in_the_words_of_the_page(client, case, page, theirs, mine):
    client.force_login(case.editor)
    seen = shown(client.get(base(case) + page))
    client.post(base(case) + page, {**seen, **theirs})
    client.force_login(case.owner)
    told = client.post(base(case) + page, {**seen, **mine}).content.decode()
    for question, stored, typed in (row.split("|") for row in IN_WORDS[page]):
        assert f"{question}</th><td>{stored or EMPTY}</td><td>{typed or EMPTY}</td>" in told


def test_rows_that_this_page_did_not_touch_stay_as_others_left_them(client, case):
    address = f"{base(case)}medidas/"
    client.force_login(case.editor)
    seen = shown(client.get(address))
    client.post(address, {**seen, "M4-is_claimed": "yes", "M4-note": "Nombrada en enero"})
    client.force_login(case.owner)
    assert client.post(address, {**seen, "M5-is_claimed": "no"}).status_code == 302
    assert dict(MeasureClaim.objects.values_list("measure", "note")) == {"M4": "Nombrada en enero", "M5": ""}


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
