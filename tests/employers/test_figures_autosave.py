"""The figures of a year save themselves: what the page is told, what it never overwrites, what it waits for."""

import re

import pytest
from django.utils import timezone

from employers.models import FiguresExplanation, WorkforceFigures
from tests.employers.factories import WorkforceFiguresFactory

HTMX = {"HX-Request": "true"}
DISABILITY = "explains-part_exceeds_whole-with_disability"


def autosave(client, address, /, **typed):
    return client.post(address, {"page": "one", "step": "1", **typed}, headers=HTMX)


def stored(*names):
    return WorkforceFigures.objects.values_list(*names).get()


def test_says_when_and_goes_on_from_its_own_version(as_user, editor, page):
    client = as_user(editor)
    first = autosave(client, page, women="9", men="8", version="0")
    assert first.status_code == 200
    assert re.search(rf"Guardado {timezone.localtime():%H}:\d\d<", first.text)
    assert 'name="version" value="1" id="id_version"' in first.text
    assert autosave(client, page, women="10", men="8", version="1").status_code == 200
    assert stored("women", "men", "version", "updated_by") == (10, 8, 2, editor.pk)


@pytest.mark.parametrize(("typed", "faults"), [({"women": "9"}, []), ({"women": "9", "men": "ocho"}, ["id_men"])])
def test_a_year_begins_with_women_and_men(as_user, editor, page, typed, faults):
    response = autosave(as_user(editor), page, version="0", **typed)
    assert response.status_code == 200
    assert '<p data-at="">' in response.text
    assert "Se guarda cuando digas cuántas mujeres y cuántos hombres son" in response.text
    assert re.findall(r'data-fault="([^"]+)"', response.text) == faults
    assert not WorkforceFigures.objects.exists()


def test_what_has_a_fault_holds_nothing_else_up(as_user, editor, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40, women_managers=3)
    response = autosave(as_user(editor), page, women="", men="41", women_managers="tres", note="Nueva", version="1")
    assert "menos lo que está marcado" in response.text
    assert re.findall(r'data-fault="([^"]+)"', response.text) == ["id_women", "id_women_managers"]
    assert stored("women", "men", "women_managers", "note") == (31, 41, 3, "Nueva")


def test_what_is_hardly_possible_is_asked_on_the_open_page(as_user, editor, workplace, page):
    client, numbers = as_user(editor), {"women": "9", "men": "8", "with_disability": "30"}
    first = autosave(client, page, version="0", **numbers)
    assert "Hay algo que no esperábamos" in first.text
    assert 'hx-swap-oob="beforeend:#doubts-with_disability"' in first.text
    assert f'name="{DISABILITY}"' in first.text
    second = autosave(client, page, version="1", **numbers, **{DISABILITY: "También las de otra planta."})
    assert f'<textarea name="{DISABILITY}"' not in second.text  # the person may be writing in it
    assert f'id="asked-{DISABILITY}" hx-swap-oob="true"><span class="state state-met">Explicado' in second.text
    third = autosave(client, page, version="2", **numbers | {"with_disability": "3"}, **{DISABILITY: "Ya no."})
    assert f'<div id="doubt-{DISABILITY}" hx-swap-oob="delete">' in third.text
    assert "no esperábamos" not in third.text


def test_an_explanation_that_the_page_does_not_show_stays(as_user, editor, workplace, page):
    numbers = {"women": "9", "men": "8", "with_disability": "30"}
    client = as_user(editor)
    autosave(client, page, version="0", **numbers)
    autosave(client, page, version="1", **numbers, **{DISABILITY: "Cierto."})
    autosave(client, page, version="2", **numbers, note="Otra página, que se abrió antes")
    assert FiguresExplanation.objects.get().text == "Cierto."


def test_the_second_of_two_editors_is_told_and_compares_by_the_button(as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40)
    seen = {"women": "31", "men": "40", "initial-women": "31", "initial-men": "40", "version": "1"}
    autosave(as_user(owner), page, **seen | {"women": "33"})
    response = autosave(as_user(editor), page, **seen | {"women": "35"})
    assert response.status_code == 409
    assert "Alguien guardó otras cifras mientras escribías" in response.text
    assert 'form="respuesta">Comparar y elegir</button>' in response.text
    assert 'id="id_version"' not in response.text
    assert stored("women", "updated_by") == (33, owner.pk)
    page_of_both = as_user(editor).post(page, seen | {"women": "35"})
    assert page_of_both.status_code == 409
    assert 'name="keep-women"' in page_of_both.text


def test_the_same_sent_twice_is_no_conflict(as_user, editor, page):
    said = {"women": "9", "men": "8", "version": "0"}
    assert [autosave(as_user(editor), page, **said).status_code for _time in range(2)] == [200, 200]
    assert stored("version") == (1,)


def test_the_page_whose_answer_was_lost_goes_on_from_its_own_save(as_user, editor, page):
    client, said = as_user(editor), {"women": "9", "men": "8", "version": "0"}
    autosave(client, page, **said)
    assert autosave(client, page, **said | {"women": "10"}, step="2").status_code == 200
    assert stored("women", "version", "saved_from", "saved_step") == (10, 2, "one", 2)


def test_what_arrives_after_its_retry_changes_nothing(as_user, editor, page):
    client, said = as_user(editor), {"women": "9", "men": "8", "with_disability": "30", "version": "0"}
    autosave(client, page, **said, step="1")
    autosave(client, page, **said | {"women": "10"}, step="3")
    late = autosave(client, page, **said | {"women": "7"}, **{DISABILITY: "Tarde."}, step="2")
    assert late.status_code == 200
    assert stored("women", "version", "saved_step") == (10, 2, 3)
    assert not FiguresExplanation.objects.exists()


@pytest.mark.parametrize("other", ["another page", "another person", "no page"])
def test_nobody_else_goes_on_from_it(as_user, editor, owner, page, other):
    said = {"women": "9", "men": "8", "version": "0"}
    name = {"page": ""} if other == "no page" else {}
    autosave(as_user(editor), page, **said, **name)
    name = {"page": "two"} if other == "another page" else name
    person = owner if other == "another person" else editor
    response = autosave(as_user(person), page, **said | {"women": "10", "step": "2"}, **name)
    assert response.status_code == 409
    assert stored("women", "version") == (9, 1)


def test_what_was_saved_counts_as_seen(as_user, editor, owner, workplace, page):
    """What a page saved and somebody changed afterwards is not its person's any more."""
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40)
    seen = {"women": "31", "men": "40", "initial-women": "31", "initial-men": "40"}
    first = autosave(as_user(editor), page, **seen | {"women": "33"}, version="1")
    assert re.search(r'name="initial-women" value="33"[^>]* hx-swap-oob="true"', first.text)
    assert 'name="initial-men"' not in first.text


def test_the_page_saves_itself_and_has_its_button(as_user, editor, page):
    html = as_user(editor).get(page).text
    for part in ('id="respuesta"', 'id="autosave"', 'id="saved"', "js/autosave", 'form="respuesta">Guardar</button>'):
        assert part in html


def test_only_editors_of_the_employer(as_user, stranger, reader, client, page):
    said = {"women": "9", "men": "8", "version": "0"}
    assert autosave(as_user(stranger), page, **said).status_code == 404
    assert autosave(as_user(reader), page, **said).status_code == 403
    client.logout()
    assert autosave(client, page, **said).status_code == 401
    assert not WorkforceFigures.objects.exists()
