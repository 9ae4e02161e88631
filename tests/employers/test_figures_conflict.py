"""Of two who fill in the figures of a year at once, the second sees both numbers and chooses."""

import re
from html import unescape

import pytest
from django.utils import timezone

from accounts.conflicts import ChangedMeanwhile
from employers.actions import save_figures
from employers.models import WorkforceFigures
from tests.employers.factories import WorkforceFiguresFactory

DISABILITY = "explains-part_exceeds_whole-with_disability"


def sent_by(html):
    """What a browser would send of the form of the page."""
    form = html[html.index("data-unsaved") :]
    data = {}
    for tag in re.findall(r"<input [^>]*>", form):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in said and (said.get("type") != "radio" or " checked" in tag):
            data[said["name"]] = unescape(said.get("value", ""))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form):
        data[name] = unescape(text).strip()
    return data


def open_page(client, page):
    return sent_by(client.get(page).content.decode())


def stored(*names):
    return WorkforceFigures.objects.values_list(*names).get()


def test_the_second_of_two_editors_sees_both_numbers_and_loses_neither(as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40, women_managers=3, note="De antes")
    hers, his = open_page(as_user(owner), page), open_page(as_user(editor), page)
    assert as_user(owner).post(page, hers | {"women": "33", "women_managers": "5"}).status_code == 302
    response = as_user(editor).post(page, his | {"women": "35", "note": "De quien llegó después"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Alguien guardó cambios mientras escribías" in html
    assert stored("women", "women_managers", "note") == (33, 5, "De antes")
    again = sent_by(html)
    chosen = {name: value for name, value in again.items() if name.startswith("keep-")}
    assert chosen == {"keep-women": "written", "keep-women_managers": "stored", "keep-note": "written"}
    assert re.search(r'value="stored"> <span[^>]*>Mujeres, lo guardado ahora: </span>33<', html)
    assert re.search(r'value="written" checked> <span[^>]*>Mujeres, lo que hay en tu página: </span>35<', html)
    assert as_user(editor).post(page, again).status_code == 302
    assert stored("women", "women_managers", "note", "updated_by") == (35, 5, "De quien llegó después", editor.pk)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"keep-women": "stored"}, 33),
        ({"keep-women": "written"}, 35),
        ({"keep-women": "stored", "women": "34"}, 34),  # typed below after choosing: the newest word
    ],
)
def test_what_is_chosen_is_kept(choice, kept, as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40)
    his = open_page(as_user(editor), page)
    as_user(owner).post(page, his | {"women": "33"})
    again = sent_by(as_user(editor).post(page, his | {"women": "35"}).content.decode())
    assert as_user(editor).post(page, again | choice).status_code == 302
    assert stored("women") == (kept,)


def test_a_second_conflict_keeps_what_was_typed_and_chosen(as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40)
    his = open_page(as_user(editor), page)
    as_user(owner).post(page, his | {"women": "33", "men": "44"})
    again = sent_by(as_user(editor).post(page, his | {"women": "35"}).content.decode())
    as_user(owner).post(page, open_page(as_user(owner), page) | {"women": "37", "men": "45"})
    response = as_user(editor).post(page, again)
    assert response.status_code == 409
    third = sent_by(response.content.decode())
    assert (third["women"], third["keep-women"], third["keep-men"]) == ("35", "written", "stored")
    assert as_user(editor).post(page, third).status_code == 302
    assert stored("women", "men") == (35, 45)


def test_a_fault_after_choosing_keeps_the_choice(as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=31, men=40)
    his = open_page(as_user(editor), page)
    as_user(owner).post(page, his | {"women": "33"})
    again = sent_by(as_user(editor).post(page, his | {"women": "35"}).content.decode())
    wrong = as_user(editor).post(page, again | {"keep-women": "stored", "men_pay_2": "muchos"})
    assert sent_by(wrong.content.decode())["keep-women"] == "stored"
    assert stored("women") == (33,)


def test_of_two_first_figures_of_a_year_the_second_is_asked(as_user, editor, owner, workplace, page):
    hers, his = open_page(as_user(owner), page), open_page(as_user(editor), page)
    assert as_user(owner).post(page, hers | {"women": "9", "men": "8"}).status_code == 302
    assert as_user(editor).post(page, his | {"women": "7", "men": "8"}).status_code == 409
    assert stored("women", "men") == (9, 8)


def test_the_same_sent_twice_is_saved_once_and_no_conflict(as_user, editor, workplace, page):
    client = as_user(editor)
    typed = open_page(client, page) | {"women": "9", "men": "8", "note": "Una sola vez"}
    assert [client.post(page, typed).status_code for _ in range(2)] == [302, 302]
    assert stored("women", "note", "version") == (9, "Una sola vez", 1)


def test_explanations_conflict_too_and_one_without_its_doubt_is_shown(as_user, editor, owner, workplace, page):
    WorkforceFiguresFactory(workplace=workplace, women=9, men=8, with_disability=30)
    his = open_page(as_user(editor), page)
    as_user(owner).post(page, his | {DISABILITY: "Lo explicó Olga"})
    html = as_user(editor).post(page, his | {DISABILITY: "Lo explicó otra persona"}).content.decode()
    assert sent_by(html)[f"keep-{DISABILITY}"] == "written"
    assert "Lo explicó Olga" in html
    assert '<th scope="row">Son más personas con discapacidad (30) que personas en el centro (17).</th>' in html
    as_user(owner).post(page, open_page(as_user(owner), page) | {"with_disability": "3"})
    html = as_user(editor).post(page, sent_by(html)).content.decode()
    assert "Explicaste un número que ya no está." in html
    assert "Lo explicó otra persona" in html


def test_the_other_employer_is_not_told(as_user, stranger, workplace, page):
    WorkforceFiguresFactory(workplace=workplace)
    assert as_user(stranger).post(page, {"women": "1", "men": "1", "version": "0"}).status_code == 404
    assert stored("women", "version") == (12, 1)


def test_the_action_writes_over_what_was_seen_and_nothing_else(editor, workplace):
    said = {"workplace": workplace, "year": 2026, "actor": editor, "at": timezone.now()}
    first = save_figures(**said, version=0, figures={"women": 5, "men": 5})
    second = save_figures(**said, version=first.version, figures={"women": 6})
    assert (second.version, second.women, second.men) == (2, 6, 5)
    for seen in (0, 1, 3):
        with pytest.raises(ChangedMeanwhile) as refusal:
            save_figures(**said, version=seen, figures={"women": 7})
        assert refusal.value.current.women == 6
    assert stored("women", "version") == (6, 2)
