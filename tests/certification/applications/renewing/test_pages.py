"""What was carried is marked in words until somebody saves it or says that it is still so."""

import pytest

from accounts.refusals import ActionRefused
from certification.applications import dossier as dossiers
from certification.applications import readiness
from certification.applications.actions import submit
from certification.applications.models import Answer, MeasureClaim, RequirementRecord
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.certificates.renewals import LATER, awarded, renewed
from tests.certification.review.factories import AT, DECLARED

pytestmark = pytest.mark.django_db
STILL = 'name="then" value="still:'


@pytest.fixture
def case():
    return awarded()


@pytest.fixture
def opened(case):
    return renewed(case)


def address(application, page):
    return f"/empresa/solicitudes/{application.folio}/{page}"


def carried(application):
    """Codes of what the check before sending asks to confirm."""
    found = readiness.missing(dossiers.load(application, AT.date()))
    return {one.code for one in found if "confirma si sigue igual" in one.text and one.blocks}


def test_what_nobody_confirmed_is_not_sent(client, case, opened):
    client.force_login(case.owner)
    page = client.get(address(opened, "enviar/")).content.decode()
    assert "Está completa" not in page
    assert f"viene de tu solicitud {case.application.folio}; confirma si sigue igual." in page
    assert address(opened, "criterios/R01/") in page
    assert "Está completa" not in client.get(address(opened, "")).content.decode()
    said = {"declaration": DECLARED, "sign": lambda _digest: None, "actor": case.owner, "at": LATER}
    with pytest.raises(ActionRefused, match="confirma si sigue igual"):
        submit(opened, **said)
    opened.refresh_from_db()
    assert opened.state == "draft"


@pytest.mark.parametrize(("page", "item"), [("criterios/R01/", "R01"), ("participacion/", "P1"), ("medidas/", "M4")])
def test_it_is_marked_and_confirmed(client, case, opened, page, item):
    client.force_login(case.editor)
    text = client.get(address(opened, page)).content.decode()
    assert f"De tu solicitud {case.application.folio}: confirma si sigue igual" in text
    assert f"{STILL}{item}" in text
    assert item in carried(opened)
    done = client.post(address(opened, page), {"then": f"still:{item}"}, follow=True).content.decode()
    assert "Confirmaste que sigue igual." in done
    assert item not in carried(opened)
    assert f"{STILL}{item}" not in client.get(address(opened, page)).content.decode()
    again = client.post(address(opened, page), {"then": f"still:{item}"}, follow=True).content.decode()
    assert "Confirmaste que sigue igual." not in again


def test_saving_a_criterion_confirms_it_and_other_buttons_do_not(client, case, opened):
    client.force_login(case.editor)
    client.post(address(opened, "criterios/R02/"), {"then": "plan:R02"})
    assert "R02" in carried(opened)
    client.post(address(opened, "criterios/R02/"), {})
    assert "R02" not in carried(opened)
    assert Answer.objects.get(application=opened, criterion="R02").note == "Así lo hacemos."


def test_a_change_that_saves_itself_is_no_longer_as_it_was_carried(client, case, opened):
    client.force_login(case.editor)
    typed = {"version": "1", "note": "Ahora de otro modo"}
    answer = client.post(address(opened, "criterios/R03/"), typed, headers={"HX-Request": "true"})
    assert '<div id="carried-R03" hidden hx-swap-oob="true">' in answer.content.decode()
    assert "R03" not in carried(opened)


def test_everything_that_was_carried_is_asked_about(case, opened):
    document = opened.standard.document
    declared = {one.code for one in document.measures if one.metric.kind == "boolean"}
    letters = {one.code for one in document.participation_requirements}
    assert carried(opened) == {one.code for one in document.criteria} | letters | declared
    assert carried(complete_draft(NMX).application) == set()


def test_the_task_list_waits_for_confirmation_and_ages_count_as_always(client, case, opened):
    client.force_login(case.editor)
    page = client.get(address(opened, "")).content.decode()
    assert page.count("Por confirmar") == len(opened.standard.document.criteria)
    assert "No sirve" in page  # a letter of months ago


def test_who_only_reads_sees_the_mark_without_the_button(client, case, opened):
    client.force_login(case.reader)
    page = client.get(address(opened, "criterios/R01/")).content.decode()
    assert "confirma si sigue igual" in page
    assert STILL not in page
    refused = client.post(address(opened, "criterios/R01/"), {"then": "still:R01"})
    assert (refused.status_code, "R01" in carried(opened)) == (403, True)
    client.force_login(case.foreigner)
    assert client.post(address(opened, "criterios/R01/"), {"then": "still:R01"}).status_code == 404


def test_a_workplace_is_asked_about_its_own_answer(client):
    case = awarded("distintivo-ei")
    several(("Planta Norte", "Planta Sur"), case=case)
    own_answer(case, "Planta Sur", "DEI-1.1", {"DEI-1.1": "partly"})
    opened = renewed(case)
    place = opened.workplaces.get(name="Planta Sur")
    local = address(opened, f"criterios/DEI-1.1/centros/{place.pk}/")
    client.force_login(case.editor)
    assert f"{STILL}DEI-1.1" in client.get(local).content.decode()
    client.post(local, {"then": "still:DEI-1.1"})
    assert f"{STILL}DEI-1.1" not in client.get(local).content.decode()
    assert "DEI-1.1" in carried(opened)  # what is said for all still waits
    client.post(address(opened, "criterios/DEI-1.1/"), {"then": "still:DEI-1.1"})
    assert "DEI-1.1" not in carried(opened)


def test_what_is_no_draft_any_more_is_not_asked_about(opened):
    type(opened).objects.filter(pk=opened.pk).update(state="lapsed")
    opened.refresh_from_db()
    assert carried(opened) == set()
    assert RequirementRecord.objects.filter(application=opened).exists()
    assert MeasureClaim.objects.filter(application=opened).exists()
