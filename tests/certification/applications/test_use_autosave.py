"""What a document shows saves itself: when it was saved, what was not, and of two people the second is told."""

import re

import pytest

from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from tests.certification.applications.cases import base
from tests.certification.applications.workplaces import several
from tests.certification.review.factories import AT, use_of

pytestmark = pytest.mark.django_db
CODE = "DEI-1.1"
SAVED = re.compile(r'<p data-at="\d\d:\d\d"><span class="state state-met">Guardado \d\d:\d\d</span></p>')


@pytest.fixture
def case():
    case = several()
    EvidenceUse.objects.all().delete()
    return case


@pytest.fixture
def use(case):
    return use_of(case.application, CODE)


@pytest.fixture
def save(client, case, use):
    client.force_login(case.editor)

    def save(*, person=None, version=0, page="mine", step=1, **said):
        if person:
            client.force_login(person)
        data = {"pointer": "p. 4", "shows": "La rampa", "version": version, "page": page, "step": step} | said
        return client.post(f"{base(case)}evidencia/{use.pk}/", data, headers={"HX-Request": "true"})

    return save


def stored():
    return EvidenceUse.objects.values_list("pointer", "shows", "workplace", "version").get()


def test_it_is_saved_and_says_when_and_on_what_the_page_goes_on(save):
    answer = save()
    assert answer.status_code == 200
    assert SAVED.search(answer.text)
    assert 'name="version" value="1" id="id_version"' in answer.text
    assert "<html" not in answer.text
    assert stored() == ("p. 4", "La rampa", None, 1)
    assert 'value="2"' in save(version=1, step=2, pointer="p. 5").text
    assert 'value="2"' in save(version=2, step=3, pointer="p. 5").text  # the same said twice is no change
    assert stored() == ("p. 5", "La rampa", None, 2)


def test_a_page_whose_answer_was_lost_goes_on_from_its_own_save(save):
    save()
    assert save(step=2, shows="La rampa nueva").status_code == 200
    assert stored() == ("p. 4", "La rampa nueva", None, 2)
    assert save(step=3, pointer="", shows="").status_code == 200  # back to what the page showed first
    assert stored() == ("", "", None, 3)


def test_a_request_that_its_next_one_overtook_changes_nothing(save):
    save(step=2, shows="Lo último")
    assert save(step=1, shows="Lo de antes").status_code == 200
    assert stored()[1] == "Lo último"


def test_the_second_of_two_people_is_told_and_compares_by_the_button(client, case, use, save):
    save(person=case.owner)
    answer = save(person=case.editor, page="theirs", shows="El baño")
    assert answer.status_code == 409
    assert "Alguien guardó cambios mientras escribías" in answer.text
    assert '<button class="button button-plain" form="respuesta">Comparar y elegir</button>' in answer.text
    assert stored() == ("p. 4", "La rampa", None, 1)
    page = client.post(f"{base(case)}evidencia/{use.pk}/", {"pointer": "p. 4", "shows": "El baño", "version": 0})
    assert page.status_code == 409
    assert "<td>La rampa</td><td>El baño</td>" in page.text


def test_a_fault_keeps_the_rest_and_says_where(save):
    answer = save(pointer="x" * 121)
    assert answer.status_code == 200
    assert "menos lo que está marcado" in answer.text
    assert 'data-fault="id_pointer"' in answer.text
    assert stored() == ("p. 2", "La rampa", None, 1)


def test_a_workplace_that_another_use_serves_is_a_fault_and_harms_nothing_else(case, use, save):
    place = case.application.workplaces.first()
    EvidenceUse.objects.create(
        application=case.application, item=CODE, document=use.document, revision=use.revision, workplace=place,
        created_at=use.created_at, created_by=use.created_by,
    )  # fmt: skip
    answer = save(workplace=place.pk)
    assert answer.status_code == 200
    assert 'data-fault="id_workplace"' in answer.text
    use.refresh_from_db()
    assert (use.shows, use.workplace, use.version) == ("La rampa", None, 1)


def test_what_was_sent_is_closed_and_a_stranger_finds_nothing(case, use, save):
    Application.objects.update(state=State.SUBMITTED, submitted_at=AT)
    answer = save()
    assert answer.status_code == 423
    assert "ya no se puede cambiar aquí" in answer.text
    assert stored() == ("p. 2", "", None, 0)
    assert save(person=case.reviewer).status_code == 404


def test_an_ended_session_asks_for_the_password_in_place(client, case, use):
    answer = client.post(f"{base(case)}evidencia/{use.pk}/", {"shows": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert 'type="password"' in answer.text


def test_a_reader_may_not_write(case, save):
    assert save(person=case.reader).status_code == 403


def test_the_page_saves_itself_and_leads_back(client, case, use):
    client.force_login(case.editor)
    page = client.get(f"{base(case)}evidencia/{use.pk}/").text
    assert 'id="autosave"' in page
    assert 'id="respuesta"' in page
    assert f'href="{base(case)}criterios/{CODE}/"' in page
