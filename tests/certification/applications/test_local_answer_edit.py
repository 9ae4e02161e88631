"""The page of one workplace that answers otherwise: the same form, its own text, and the way back."""

import pytest

from certification.applications.enums import State
from certification.applications.models import Answer, EvidenceUse, LocalAnswer
from tests.accounts.sessions import log_in_by_form, lose_session
from tests.certification.applications.cases import NMX, base, complete_draft, draft, shown
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.review.factories import make_case
from tests.employers.factories import WorkplaceFactory

pytestmark = pytest.mark.django_db
ALL = {"claim_R07a": "met", "claim_R07b": "met", "claim_R07c": "met"}
LESS = {**ALL, "claim_R07b": "partly", "note": "Aquí sólo en un turno."}


@pytest.fixture
def case(client):
    case = several(case=draft(NMX))
    client.force_login(case.editor)
    client.post(general(case), {**ALL, "note": "Tabulador de seis niveles."})
    return case


def general(case, code="R07"):
    return f"{base(case)}criterios/{code}/"


def url(case, name="Planta Norte", code="R07"):
    return f"{general(case, code)}centros/{case.application.workplaces.get(name=name).pk}/"


def text(response):
    return response.content.decode()


def test_begins_with_what_the_others_answer_and_saves_only_what_was_changed(client, case):
    page = client.get(url(case))
    assert text(page).count("checked") == 3
    assert "«Tabulador de seis niveles.»" in text(page)
    same = client.post(url(case), {**ALL, "note": "", **shown(page)}, follow=True)
    assert not LocalAnswer.objects.exists()  # nothing was touched
    assert "No cambiaste la respuesta de Planta Norte: sigue con lo que respondiste para todos." in text(same)
    assert "Guardado." not in text(same)
    assert client.post(url(case), {**LESS, **shown(page)}).url == url(case)
    own = LocalAnswer.objects.get()
    assert own.claims == {"R07a": "met", "R07b": "partly", "R07c": "met"}
    assert (own.note, own.updated_by, own.version, own.is_in_force) == ("Aquí sólo en un turno.", case.editor, 1, True)
    assert Answer.objects.get().claims["R07b"] == "met"
    assert client.post(url(case), {**LESS, **shown(page)}).status_code == 302  # twice is once
    assert LocalAnswer.objects.get().version == 1


def test_says_what_is_kept_of_a_page_that_was_sent_as_it_was_shown(client, case):
    client.post(url(case), LESS)
    own = client.post(url(case), {**LESS, **shown(client.get(url(case)))}, follow=True)
    assert "Guardado." in text(own)  # it has its own answer, and that is what the page showed
    client.post(url(case), {**LESS, **shown(own), "then": "inherit"})
    page = client.get(url(case))
    gone_back = {**ALL, "note": LESS["note"], **shown(page)}
    assert "No cambiaste la respuesta de Planta Norte" in text(client.post(url(case), gone_back, follow=True))
    proof = {"evidence-R07-uploads": [upload("norte.pdf", files.pdf())]}
    assert "Guardado." in text(client.post(url(case), {**gone_back, **proof}, follow=True))
    assert not LocalAnswer.objects.get().is_in_force


def test_the_page_of_all_marks_the_workplace_and_leads_there(client, case):
    client.post(url(case), LESS)
    page = text(client.get(general(case)))
    assert "Igual en todos los centros, menos en uno" in page
    assert '<span class="state state-own">Planta Norte</span>' in page
    assert "Llevas 8.33 de" in page
    assert "Sólo en Planta Norte" in text(client.get(url(case)))


def test_going_to_a_workplace_saves_what_was_typed_first(client, case):
    place = case.application.workplaces.get(name="Planta Sur")
    sent = {**ALL, **shown(client.get(general(case))), "note": "Otro texto.", "then": f"workplace:{place.pk}"}
    assert client.post(general(case), sent).url == url(case, "Planta Sur")
    assert Answer.objects.get().note == "Otro texto."
    assert client.post(general(case), {**sent, "then": "workplace:999999"}).status_code == 404
    assert client.post(url(case, "Planta Sur"), {**LESS, "then": "general"}).url == general(case)


def test_going_back_keeps_what_was_just_typed_and_offers_its_note_again(client, case):
    client.post(url(case), LESS)
    page = client.get(url(case))
    assert "¿Planta Norte vuelve a lo que respondiste para todos?" in text(page)
    sent = {**LESS, **shown(page), "note": "Lo último que escribí.", "then": "inherit"}
    assert client.post(url(case), sent).url == general(case)
    own = LocalAnswer.objects.get()
    assert (own.is_in_force, own.note, own.claims["R07b"]) == (False, "Lo último que escribí.", "partly")
    assert '<span class="state state-own">' not in text(client.get(general(case)))
    page = client.get(url(case))
    assert "Lo último que escribí.</textarea>" in text(page)
    assert "¿Planta Norte vuelve" not in text(page)
    client.post(url(case), {**LESS, **shown(page)})
    assert LocalAnswer.objects.get().is_in_force


def test_the_second_of_two_editors_sees_both_texts(client, case):
    seen = shown(client.get(url(case)))
    client.post(url(case), {**LESS, **seen})
    client.force_login(case.owner)
    response = client.post(url(case), {**LESS, **seen, "note": "Lo mío."})
    assert response.status_code == 409
    assert "Aquí sólo en un turno." in text(response)
    assert "Lo mío.</textarea>" in text(response)
    assert LocalAnswer.objects.get().note == "Aquí sólo en un turno."
    client.post(url(case), {**LESS, **seen, "note": "Lo mío.", "mine": "R07=1"})
    assert LocalAnswer.objects.get().note == "Lo mío."


def test_who_types_while_another_goes_back_is_told_and_loses_nothing(client, case):
    client.post(url(case), LESS)
    seen = shown(client.get(url(case)))
    client.force_login(case.owner)
    client.post(url(case), {**LESS, **seen, "then": "inherit"})
    client.force_login(case.editor)
    response = client.post(url(case), {**LESS, **seen, "note": "Lo mío."})
    assert response.status_code == 409
    assert "volvió a lo general" in text(response)
    assert "Lo mío.</textarea>" in text(response)
    assert not LocalAnswer.objects.get().is_in_force


def test_who_goes_back_from_what_another_changed_sees_it_first(client, case):
    client.post(url(case), LESS)
    seen = shown(client.get(url(case)))
    client.force_login(case.owner)
    client.post(url(case), {**LESS, **seen, "note": "De otra persona."})
    client.force_login(case.editor)
    response = client.post(url(case), {**LESS, **seen, "then": "inherit"})
    assert response.status_code == 409
    assert "De otra persona." in text(response)
    assert LocalAnswer.objects.get().is_in_force


def test_saves_itself(client, case):
    sent = {**LESS, **shown(client.get(url(case))), "page": "one"}
    response = client.post(url(case), sent, headers={"HX-Request": "true"})
    assert "Guardado" in text(response)
    beside = client.get(url(case), headers={"HX-Request": "true"})
    assert "Llevas 8.33 de" in text(beside)
    again = client.post(url(case), {**sent, **shown(response), "note": "Más."}, headers={"HX-Request": "true"})
    assert (again.status_code, LocalAnswer.objects.get().note) == (200, "Más.")


def test_evidence_attached_there_serves_there_unless_it_is_said_to_serve_all(client, case):
    sent = {"evidence-R07-uploads": [upload("norte.pdf", files.pdf())], "then": "attach:R07"}
    client.post(url(case), sent)
    assert [str(use.workplace) for use in EvidenceUse.objects.all()] == ["Planta Norte"]
    other = {"evidence-R07-uploads": [upload("todos.pdf", files.pdf(pages=2))], "evidence-R07-serves_all": "on"}
    client.post(url(case), {**other, "then": "attach:R07"})
    assert EvidenceUse.objects.filter(workplace=None).count() == 1
    assert "norte.pdf" in text(client.get(url(case)))
    assert "norte.pdf" not in text(client.get(url(case, "Planta Sur")))
    assert "todos.pdf" in text(client.get(url(case, "Planta Sur")))


def test_a_session_that_ended_keeps_the_text(client, case):
    client.logout()
    log_in_by_form(client, case.editor)
    seen = shown(client.get(url(case)))
    lose_session(client, case.editor)
    client.post(url(case), {**LESS, **seen, "note": "Lo que escribí antes de salir"})
    log_in_by_form(client, case.editor)
    assert "Lo que escribí antes de salir" in text(client.get(url(case)))
    assert not LocalAnswer.objects.exists()


def test_not_applicable_in_one_workplace(client):
    case = several(case=draft("distintivo-mexsti"))
    client.force_login(case.editor)
    assert "No aplica en este centro de trabajo" in text(client.get(url(case, code="MX-1.2")))
    client.post(url(case, code="MX-1.2"), {"not_applicable": "on", "note": "No hay adolescentes."})
    assert LocalAnswer.objects.get().claims == {"MX-1.2": "not_applicable"}


def test_reader_reads_and_is_refused(client, case):
    client.post(url(case), LESS)
    client.force_login(case.reader)
    page = text(client.get(url(case)))
    assert "Aquí sólo en un turno." in page
    assert 'id="respuesta"' not in page
    assert "Aquí es igual que en los demás centros." in text(client.get(url(case, "Planta Sur")))
    for then in ("", "inherit"):
        assert client.post(url(case), {**LESS, "note": "No", "then": then}).status_code == 403
    assert (LocalAnswer.objects.get().note, LocalAnswer.objects.get().is_in_force) == ("Aquí sólo en un turno.", True)


@pytest.mark.parametrize("who", ["foreigner", "reviewer", "decider", "manager"])
def test_nobody_else_finds_it(client, case, who):
    client.force_login(getattr(case, who))
    assert client.get(url(case)).status_code == 404
    assert client.post(url(case), LESS).status_code == 404
    assert not LocalAnswer.objects.exists()


def test_anonymous_goes_to_log_in_and_other_methods_are_refused(client, case):
    assert client.put(url(case)).status_code == 405
    client.logout()
    assert "/cuenta/" in client.get(url(case)).url


def test_a_workplace_that_is_not_one_of_several_is_not_found(client, case):
    other = WorkplaceFactory(employer=case.application.employer)
    assert client.get(f"{general(case)}centros/{other.pk}/").status_code == 404
    assert client.post(f"{general(case)}centros/{other.pk}/", LESS).status_code == 404
    alone = complete_draft()
    client.force_login(alone.editor)
    only = alone.application.workplaces.get()
    assert client.get(f"{general(alone, 'DEI-1.1')}centros/{only.pk}/").status_code == 404
    assert "En un centro es distinto" not in text(client.get(general(alone, "DEI-1.1")))


def test_after_sending_it_is_read_and_not_changed(client):
    case = several(case=make_case(State.IN_REVIEW))
    own_answer(case, "Planta Norte", "DEI-1.1", {"DEI-1.1": "partly"})
    client.force_login(case.editor)
    page = text(client.get(url(case, code="DEI-1.1")))
    assert "Aquí es distinto." in page
    assert 'id="respuesta"' not in page
    seen = {"version": "1", "claim_DEI-1.1": "partly", "note": "Aquí es distinto.", "then": "inherit"}
    for sent in ({"claim_DEI-1.1": "met", "note": "Tarde"}, seen):
        assert "ya no se puede cambiar" in text(client.post(url(case, code="DEI-1.1"), sent))
    own = LocalAnswer.objects.get()
    assert (own.note, own.version, own.is_in_force) == ("Aquí es distinto.", 1, True)


def test_going_back_just_after_it_was_sent_is_refused_in_words(client, case):
    client.post(url(case), LESS)
    seen = shown(client.get(url(case)))
    case.application.state, case.application.submitted_at = State.SUBMITTED, case.application.created_at
    case.application.save()
    response = client.post(url(case), {**LESS, **seen, "then": "inherit"})
    assert "ya no se puede cambiar" in text(response)
    assert LocalAnswer.objects.get().is_in_force
