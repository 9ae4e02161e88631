"""A page that saves itself: what it is told, what it costs, and what it never overwrites."""

import datetime as dt
import itertools
import re

import pytest
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Answer, RequirementRecord
from tests.certification.applications.cases import NMX, base, draft, shown
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TYPED = {"claim_R07a": "met", "note": "Tabulador de seis niveles."}


@pytest.fixture
def case():
    return draft(NMX)


@pytest.fixture
def url(case, client):
    client.force_login(case.editor)
    return f"{base(case)}criterios/R07/"


STEPS = itertools.count(1)


def autosave(client, url, *typed, **more):
    sent = (
        {"page": "one", "step": next(STEPS)}
        | {name: value for fields in typed for name, value in fields.items()}
        | more
    )
    return client.post(url, sent, headers=HTMX)


def test_says_when_and_goes_on_from_its_own_version(client, url):
    first = autosave(client, url, shown(client.get(url)), TYPED)
    assert first.status_code == 200
    now = timezone.localtime().strftime("%H:")
    assert re.search(rf"Guardado {now}\d\d<", first.content.decode())
    second = autosave(client, url, TYPED, shown(first), note="Tabulador de siete niveles.")
    assert second.status_code == 200
    answer = Answer.objects.get()
    assert (answer.claims, answer.note, answer.version) == ({"R07a": "met"}, "Tabulador de siete niveles.", 2)


def test_what_did_not_change_is_not_written(client, url):
    seen = shown(autosave(client, url, TYPED))
    autosave(client, url, TYPED, seen)
    assert Answer.objects.get().version == 1


def test_points_are_asked_for_when_they_moved_and_only_then(client, url):
    first = autosave(client, url, TYPED)
    assert first.headers["HX-Trigger"] == "points-moved"
    assert "Llevas" not in first.content.decode()
    assert "HX-Trigger" not in autosave(client, url, TYPED, shown(first), note="Otra cosa.").headers


def test_points_and_gates_beside_the_work(client, case, url):
    autosave(client, url, TYPED)
    fragment = client.get(url, headers=HTMX)
    assert "Llevas 3.33 de" in fragment.content.decode()
    assert 'id="avance"' in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "no-store" in fragment.headers["Cache-Control"]  # «back» shows the page, which has the same address
    rows = client.get(f"{base(case)}participacion/", headers=HTMX).content.decode()
    assert 'id="result-P1" hx-swap-oob="true"' in rows


def test_a_save_costs_itself_and_no_more(client, url, django_assert_num_queries):
    seen = shown(autosave(client, url, TYPED))
    # session, person, application with employer and membership, BEGIN, saved_at, the answer, COMMIT
    with django_assert_num_queries(7):
        seen = shown(autosave(client, url, TYPED, seen, note="Otra cosa."))
    with django_assert_num_queries(7):
        autosave(client, url, seen, claim_R07a="partly", note="Otra cosa.")


def test_leaves_no_event(client, url):
    before = Event.objects.count()
    autosave(client, url, TYPED)
    assert Event.objects.count() == before


def test_the_second_editor_is_shown_both_texts_and_nothing_is_overwritten(client, case, url):
    seen = shown(client.get(url))
    autosave(client, url, seen, TYPED)
    client.force_login(case.owner)
    response = autosave(client, url, seen, TYPED, page="another", note="Lo mío.")
    fragment = response.content.decode()
    assert response.status_code == 409
    assert "Otra persona guardó esto mientras escribías" in fragment
    assert "<td>Tabulador de seis niveles.</td><td>Lo mío.</td>" in fragment
    assert Answer.objects.get().note == "Tabulador de seis niveles."
    client.post(url, TYPED | seen | {"note": "Lo mío.", "mine": "R07=1"})  # «Guardar lo mío»
    assert (Answer.objects.get().note, Answer.objects.get().updated_by) == ("Lo mío.", case.owner)


def test_a_page_whose_answer_was_lost_goes_on_from_its_own_save(client, url):
    seen = shown(client.get(url))
    autosave(client, url, seen, TYPED)  # the answer never arrives
    assert autosave(client, url, seen, TYPED, note="Y lo que siguió.").status_code == 200
    assert (Answer.objects.get().note, Answer.objects.get().version) == ("Y lo que siguió.", 2)


def test_a_request_that_arrives_after_its_retry_changes_nothing(client, url):
    seen = shown(client.get(url))
    late, retry = next(STEPS), next(STEPS)  # the first one is given up by the page while it is on its way
    newer = autosave(client, url, seen, TYPED, note="Lo que siguió.", step=retry)
    assert autosave(client, url, seen, TYPED, step=late).status_code == 200
    assert (Answer.objects.get().note, Answer.objects.get().version) == ("Lo que siguió.", 1)
    autosave(client, url, TYPED, shown(newer), note="Y lo demás.")
    autosave(client, url, TYPED, shown(newer), note="Lo que siguió, ya tarde.", step=retry)
    assert (Answer.objects.get().note, Answer.objects.get().version) == ("Y lo demás.", 2)


def test_a_late_request_of_one_row_leaves_the_others_their_own(client, case):
    client.force_login(case.editor)
    address = f"{base(case)}participacion/"
    seen = shown(client.get(address))
    late = next(STEPS)
    autosave(client, address, seen, {"P1-reference": "1/26"})
    autosave(client, address, seen, {"P1-reference": "1/", "P2-reference": "2/"}, step=late)
    kept = RequirementRecord.objects.values_list("requirement", "reference")
    assert sorted(kept) == [("P1", "1/26"), ("P2", "2/")]


@pytest.mark.parametrize("step", ["", "-1", "1.5", "99999999999999", "uno"])
def test_a_step_that_is_none_writes_over_nothing_unseen(client, url, step):
    seen = shown(client.get(url))
    autosave(client, url, seen, TYPED)
    assert autosave(client, url, seen, TYPED, note="Otra cosa.", step=step).status_code == 409
    assert Answer.objects.get().note == TYPED["note"]


def test_without_scripts_there_is_no_step_and_it_is_saved(client, url):
    for note in ("Uno.", "Dos."):
        client.post(url, shown(client.get(url)) | TYPED | {"note": note})
        assert Answer.objects.get().note == note


def test_what_is_taken_back_after_a_lost_answer_is_saved_as_it_was(client, url):
    seen = shown(autosave(client, url, TYPED))
    for lost in ({"note": "Otra cosa."}, {"claim_R07a": "partly"}):
        autosave(client, url, TYPED, seen, lost)  # the answer never arrives, and the person goes back
        response = autosave(client, url, TYPED, seen)
        assert (response.status_code, response.headers["HX-Trigger"]) == (200, "points-moved")
        assert (Answer.objects.get().claims, Answer.objects.get().note) == ({"R07a": "met"}, TYPED["note"])
        seen = shown(response)
    version = Answer.objects.get().version
    autosave(client, url, TYPED, seen)
    assert Answer.objects.get().version == version == 5


def test_a_first_save_whose_answer_was_lost_is_taken_back_to_nothing(client, url):
    seen = shown(client.get(url))
    autosave(client, url, seen, TYPED)
    client.post(url, seen | {"page": "one", "step": next(STEPS), "note": ""})  # by the button
    assert (Answer.objects.get().claims, Answer.objects.get().note) == ({}, "")


def test_rows_are_taken_back_each_on_its_own(client, case, url):
    address = f"{base(case)}participacion/"
    seen = shown(client.get(address))
    autosave(client, address, seen, {"P1-reference": "1/26", "P2-reference": "2/26"})
    client.force_login(case.owner)
    autosave(client, address, seen, {"P3-reference": "3/26"}, page="another")
    client.force_login(case.editor)
    assert autosave(client, address, seen, {"P2-reference": "2/26"}).status_code == 200
    assert dict(RequirementRecord.objects.values_list("requirement", "reference")) == {
        "P1": "", "P2": "2/26", "P3": "3/26",
    }  # fmt: skip


@pytest.mark.parametrize("page", ["another", ""])
def test_another_page_that_touched_nothing_takes_nothing_back(client, url, page):
    seen = shown(autosave(client, url, TYPED))
    autosave(client, url, TYPED, seen, note="Otra cosa.")
    assert autosave(client, url, TYPED, seen, page=page).status_code == 200
    assert Answer.objects.get().note == "Otra cosa."


@pytest.mark.parametrize("page", ["another", ""])
def test_the_same_person_in_another_window_is_asked_too(client, url, page):
    seen = shown(client.get(url))
    autosave(client, url, seen, TYPED, page="one")
    assert "en otra ventana" in autosave(client, url, seen, page=page, note="Otra.").content.decode()
    assert Answer.objects.get().note == "Tabulador de seis niveles."


def test_a_date_that_is_none_is_said_beside_it_and_blocks_nothing(client, case, url):
    address = f"{base(case)}participacion/"
    autosave(client, address, {"P1-present": "on", "P1-issued_on": "2026-03-01", "P1-reference": "1/26"})
    typed = {"P1-present": "on", "P1-issued_on": "30/02/2026", "P1-reference": "2/26", "P2-reference": "9/26"}
    response = autosave(client, address, shown(client.get(address)), typed)
    assert response.status_code == 200
    assert '<div data-fault="id_P1-issued_on"' in response.content.decode()
    assert "menos lo que está marcado" in response.content.decode()
    kept = RequirementRecord.objects.values_list("requirement", "issued_on", "reference")
    assert sorted(kept) == [("P1", dt.date(2026, 3, 1), "2/26"), ("P2", None, "9/26")]


def test_half_a_date_changes_nothing_of_the_stored_one(client, case, url):
    address = f"{base(case)}participacion/"
    autosave(client, address, {"P1-present": "on", "P1-issued_on": "2026-03-01"})
    seen = shown(client.get(address))
    del seen["P1-issued_on"]  # Chromium has no value for it, and static/js/autosave.js leaves it out
    autosave(client, address, seen, {"P1-present": "on", "P1-reference": "2/26"})
    record = RequirementRecord.objects.get()
    assert (record.issued_on, record.reference) == (dt.date(2026, 3, 1), "2/26")


def test_a_year_of_one_digit_is_asked_again(client, case, url):
    response = autosave(client, f"{base(case)}participacion/", {"P1-issued_on": "0002-03-01"})
    assert "cuatro cifras" in response.content.decode()
    assert RequirementRecord.objects.get().issued_on is None


def test_lines_count_alike_in_browser_and_portal(client, url):
    note = "\r\n".join(["x" * 99] * 100)  # 9,999 characters for the browser
    assert "menos" not in autosave(client, url, TYPED, note=note).content.decode()
    assert len(Answer.objects.get().note) == 9_999


def test_chosen_evidence_waits_for_its_button(client, url):
    response = autosave(client, url, TYPED, {"then": "attach:R07", "evidence-R07-issued_on": "30/02/2026"})
    assert response.status_code == 200
    assert "Elige al menos un archivo" not in response.content.decode()


def test_after_sending_the_page_is_told(client):
    case = make_case(State.SUBMITTED)
    client.force_login(case.editor)
    response = autosave(client, f"{base(case)}criterios/DEI-1.1/", {"version": "1", "note": "Tarde"})
    assert response.status_code == 423
    assert "la solicitud se envió o cambió de manos" in response.content.decode()
    assert Answer.objects.get(criterion="DEI-1.1").note == "Así lo hacemos."


@pytest.mark.parametrize("page", ["criterios/R07/", "participacion/", "medidas/"])
def test_only_editors_of_the_employer(client, case, page):
    for who, status in (("reader", 403), ("foreigner", 404), ("manager", 404), ("reviewer", 404)):
        client.force_login(getattr(case, who))
        assert autosave(client, base(case) + page, {"note": "no"}).status_code == status
    client.logout()
    assert autosave(client, base(case) + page, {"note": "no"}).status_code == 401
    assert not Answer.objects.exists()


@pytest.mark.parametrize("version", ["7", "7-xx", "-1", "99999999999999", "1-000000000000-000000000000"])
def test_a_version_that_never_was_is_no_fault_of_the_portal(client, url, version):
    assert autosave(client, url, TYPED, version=version).status_code == 200
    assert Answer.objects.get().version == 1
