"""The figures of a workplace save themselves in a real browser, and ask on the open page about what is unlikely."""

import re

import pytest
from django.urls import reverse

from employers.models import FiguresExplanation, WorkforceFigures
from tests.browser.steps import WIDTHS, look, open_page, press, says, until
from tests.employers.factories import EmployerFactory, UserFactory, WorkplaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"^\s*Guardado \d\d:\d\d\s*$")


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def address(owner):
    workplace = WorkplaceFactory(employer=EmployerFactory(owner=owner))
    return reverse("figures_edit", args=[workplace.employer_id, workplace.pk, 2026])


def line(page, text):
    """Wait until the line of the bar says it."""
    page.locator("#saved").filter(has_text=text).wait_for()


def figures(**said):
    return WorkforceFigures.objects.filter(**said).exists()


def begin(page, address):
    page.goto(address)
    page.locator("#id_women").press_sequentially("12")
    page.locator("#id_men").press_sequentially("9")
    line(page, SAVED)


@pytest.mark.parametrize("options", **WIDTHS)
def test_what_is_typed_is_saved_said_and_there_again(new_page, log_in, owner, address, options):
    page, asked = new_page(**options), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, owner)
    open_page(page, address)
    page.locator("#id_women").press_sequentially("12")
    line(page, "Se guarda cuando digas cuántas mujeres y cuántos hombres son")
    assert not figures()
    page.locator("#id_men").press_sequentially("9")
    line(page, SAVED)
    look(page)
    page.get_by_label("Nota para quien revise").press_sequentially("Con la planta nueva.")
    until(lambda: figures(women=12, men=9, note="Con la planta nueva."), page)
    line(page, SAVED)
    page.reload()
    assert page.locator("#id_women").input_value() == "12"
    assert asked == []


def test_leaving_before_the_first_save_asks(browser_page, log_in, owner, address):
    page, asked = browser_page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, owner)
    page.goto(address)
    page.locator("#id_women").press_sequentially("12")
    line(page, "Se guarda cuando digas")
    page.goto("/")
    assert asked == ["beforeunload"]


def test_a_doubt_is_asked_where_it_is_and_explained_without_the_button(browser_page, log_in, owner, address):
    page = browser_page
    log_in(page, owner)
    begin(page, address)
    page.locator("#disability summary").click()
    page.locator("#id_with_disability").press_sequentially("30")
    page.locator("#doubts-with_disability").get_by_text("Son más personas con discapacidad (30)").wait_for()
    line(page, "Hay algo que no esperábamos")
    look(page)
    page.get_by_label("Si así es, cuéntanos por qué").press_sequentially("Vienen de otra planta.")
    page.locator("#doubts-with_disability").get_by_text("Explicado").wait_for()
    line(page, SAVED)
    assert FiguresExplanation.objects.get().text == "Vienen de otra planta."
    page.locator("#id_with_disability").fill("3")
    page.locator("#doubts-with_disability .has-doubt").wait_for(state="detached")
    assert WorkforceFigures.objects.get().with_disability == 3


def test_of_two_windows_the_second_compares_and_chooses(browser_page, log_in, owner, address):
    page = browser_page
    log_in(page, owner)
    begin(page, address)
    WorkforceFigures.objects.update(women=20, version=7, saved_from="another window")
    page.locator("#id_women").fill("13")
    line(page, "Alguien guardó otras cifras mientras escribías")
    press(page, "Comparar y elegir")
    look(page)
    says(page, "Elige qué queda en cada renglón")
    assert page.locator("#keep-women-written").is_checked()
    press(page, "Guardar")
    until(lambda: figures(women=13), page)


def test_what_is_no_number_is_said_beside_it(browser_page, log_in, owner, address):
    page = browser_page
    log_in(page, owner)
    begin(page, address)
    page.locator("#id_men").fill("nueve")
    page.locator("#id_men_error").get_by_text("Escribe un número entero").wait_for()
    line(page, "menos lo que está marcado")
    page.locator("#id_men").fill("10")
    page.locator("#id_men_error").wait_for(state="detached")
    until(lambda: figures(men=10), page)
