"""A criterion is answered: saved as it is, by the right people, and never over somebody else's text."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from certification.applications.enums import State
from certification.applications.models import Answer, Application
from tests.accounts.sessions import log_in_by_form, lose_session
from tests.certification.applications.cases import NMX, base, draft, shown
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db

SENT = {"version": "0", "claim_R07a": "met", "claim_R07b": "partly", "note": "Tabulador de seis niveles."}


@pytest.fixture
def case():
    return draft(NMX)


def url(case, code="R07"):
    return f"{base(case)}criterios/{code}/"


def test_saves_what_there_is_and_who(client, case):
    client.force_login(case.editor)
    response = client.post(url(case), SENT)
    answer = Answer.objects.get()
    assert response.status_code == 302
    assert (answer.criterion, answer.claims) == ("R07", {"R07a": "met", "R07b": "partly"})
    assert (answer.note, answer.updated_by, answer.version) == ("Tabulador de seis niveles.", case.editor, 1)
    assert Application.objects.get().saved_at == answer.updated_at


def test_twice_is_once(client, case):
    client.force_login(case.editor)
    client.post(url(case), SENT)
    assert client.post(url(case), SENT).status_code == 302
    assert Answer.objects.get().version == 1


def test_save_and_go_on_opens_the_next(client, case):
    client.force_login(case.editor)
    assert client.post(url(case), {**SENT, "then": "next"}).url == url(case, "R08")


def test_the_second_of_two_editors_sees_both_texts(client, case):
    client.force_login(case.editor)
    client.post(url(case), SENT)
    client.force_login(case.owner)
    response = client.post(url(case), {**SENT, "claim_R07b": "met", "note": "Lo mío."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "R07: Otra persona guardó esto mientras escribías" in page
    assert "Tabulador de seis niveles." in page
    assert "Lo mío.</textarea>" in page
    assert Answer.objects.get().note == "Tabulador de seis niveles."


def test_the_second_editor_can_keep_theirs_knowingly(client, case):
    client.force_login(case.editor)
    client.post(url(case), SENT)
    client.force_login(case.owner)
    mine = {**SENT, "note": "Lo mío."}
    page = client.post(url(case), mine).content.decode()
    assert 'name="mine" value="R07=1"' in page
    assert client.post(url(case), mine).status_code == 409  # «Guardar» is no choice
    assert client.post(url(case), {**mine, "mine": "R07=1"}).status_code == 302
    assert Answer.objects.get().note == "Lo mío."


def test_a_choice_counts_for_what_was_seen_alone(client, case):
    client.force_login(case.editor)
    client.post(url(case), SENT)
    client.post(url(case), {**SENT, "version": "1", "note": "Y otra vez."})
    client.force_login(case.owner)
    for choice in ("R07=1", "R08=2", "R07=x", "R07"):
        assert client.post(url(case), {**SENT, "note": "Lo mío.", "mine": choice}).status_code == 409
    assert Answer.objects.get().note == "Y otra vez."


def test_not_applicable_only_where_allowed(client):
    case = draft("distintivo-mexsti")
    client.force_login(case.editor)
    client.post(url(case, "MX-1.2"), {"version": "0", "not_applicable": "on", "note": "No hay adolescentes."})
    client.post(url(case, "MX-1.1"), {"version": "0", "not_applicable": "on"})
    claims = {answer.criterion: answer.claims for answer in Answer.objects.all()}
    assert claims == {"MX-1.2": {"MX-1.2": "not_applicable"}, "MX-1.1": {}}


def test_a_claim_out_of_the_list_is_said_and_the_text_is_saved(client, case):
    client.force_login(case.editor)
    page = client.post(url(case), {**SENT, "claim_R07a": "quizá"}).content.decode()
    assert "Revisa un dato" in page
    assert "Tabulador de seis niveles.</textarea>" in page
    answer = Answer.objects.get()
    assert (answer.claims, answer.note) == ({}, "Tabulador de seis niveles.")
    client.post(url(case), {**SENT, "version": "1", "claim_R07a": "quizá", "note": "Otro texto."})
    assert Answer.objects.get().note == "Otro texto."


def test_a_page_in_which_nothing_was_touched_saves_nothing(client, case):
    client.force_login(case.editor)
    client.post(url(case), SENT)
    seen = {**SENT, **shown(client.get(url(case)))}
    client.force_login(case.owner)
    client.post(url(case), {**SENT, "version": "1", "note": "Otro texto."})
    client.force_login(case.editor)
    assert client.post(url(case), seen).status_code == 302
    assert (Answer.objects.get().note, Answer.objects.get().version) == ("Otro texto.", 2)


def test_reader_is_refused(client, case):
    client.force_login(case.reader)
    assert client.post(url(case), SENT).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["foreigner", "reviewer", "decider", "manager"])
def test_nobody_else_finds_it(client, case, who):
    client.force_login(getattr(case, who))
    assert client.get(url(case)).status_code == 404
    assert client.post(url(case), SENT).status_code == 404


def test_a_code_that_is_not_there_is_not_found(client, case):
    client.force_login(case.editor)
    assert client.get(url(case, "R99")).status_code == 404
    assert client.get(url(case, "P1")).status_code == 404


def test_after_sending_nothing_changes(client):
    case = make_case(State.SUBMITTED)
    client.force_login(case.editor)
    address = url(case, "DEI-1.1")
    page = client.post(address, {"version": "1", "claim_DEI-1.1": "not_met", "note": "Tarde"}).content.decode()
    assert "la solicitud se envió o cambió de manos" in page
    assert "Lo que escribiste no se guardó" in page
    assert "<dd>Tarde</dd>" in page
    assert Answer.objects.get(criterion="DEI-1.1").note == "Así lo hacemos."
    assert "Ahora no se puede cambiar" in client.get(address).content.decode()


def test_a_session_that_ended_keeps_the_text(client, case):
    lose_session(client, case.editor)
    response = client.post(url(case), SENT)
    assert response.url == f"/cuenta/login/?next={url(case)}"
    log_in_by_form(client, case.editor, response.url)
    for _look in range(2):  # until it is sent again, looking at it does not lose it
        page = client.get(url(case)).content.decode()
        assert "Todavía no se guarda" in page
        assert "Tabulador de seis niveles.</textarea>" in page
    client.post(url(case), SENT)
    assert "Todavía no se guarda" not in client.get(url(case)).content.decode()


def test_guidance_and_evidence_rules_stand_beside_the_work(client, case):
    client.force_login(case.owner)
    criterion = case.application.standard.document.criterion("R01")
    page = client.get(url(case, "R01")).content.decode()
    assert all(escape(text) in page for text in (criterion.why, criterion.example, criterion.enough))
    assert "Indispensable</b>: documento" in page
    assert "Orientación nuestra: no es texto oficial." in page


def test_in_english_the_work_is_in_english(client, case):
    client.force_login(case.owner)
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get(url(case, "R01")).content.decode()
    assert "<h1>Policy on labour equality and non-discrimination</h1>" in page
    assert "Document signed by the highest authority" in page
    assert "Without a written position of management" in page
