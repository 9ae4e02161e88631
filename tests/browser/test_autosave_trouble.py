"""What may happen to a draft that saves itself: no network, no portal, no session, somebody else. Nothing is lost."""

import pytest
from django.contrib.sessions.models import Session

from certification.applications.models import Answer
from tests.accounts.factories import PASSWORD
from tests.browser.steps import claim, log_in_by_form, look, open_page, press, says, until
from tests.browser.test_autosave import SAVED, address, line, note
from tests.certification.applications.cases import draft
from tests.employers.factories import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "Lo que tardé una hora en escribir."


@pytest.fixture
def case():
    return draft()


@pytest.fixture
def page(browser_page, log_in, case):
    """A criterion that was saved once, and a list of the questions the browser asked before leaving."""
    browser_page.asked = []
    browser_page.on("dialog", lambda dialog: (browser_page.asked.append(dialog.type), dialog.accept()))
    log_in(browser_page, case.owner)
    open_page(browser_page, address(case))
    with browser_page.expect_response(is_beside):  # what comes after that is of the test
        claim(browser_page, "DEI-1.1", "Sí")
    line(browser_page, SAVED)
    return browser_page


def is_beside(response):
    return response.request.method == "GET" and "hx-request" in response.request.headers


def is_stored(text=TYPED):
    return lambda: Answer.objects.get().note == text


def test_without_network_it_waits_says_so_and_goes_on(page):
    page.context.set_offline(True)
    note(page).fill(TYPED)
    line(page, "Sin conexión: no se ha guardado desde las")
    look(page)
    page.get_by_role("button", name="Guardar", exact=True).first.click()  # does not open the browser's own error
    assert note(page).input_value() == TYPED
    page.context.set_offline(False)
    until(is_stored(), page)


def test_leaving_without_network_asks_first(page):
    page.context.set_offline(True)
    note(page).fill(TYPED)
    line(page, "Sin conexión")
    page.route("**/criterios/**", lambda route: route.abort())  # before: it saves at once when there is a network
    page.context.set_offline(False)
    page.goto("/")
    assert page.asked == ["beforeunload"]


def test_a_portal_that_stops_and_comes_back(new_page, log_in, case, road):
    page = new_page(base_url=f"http://localhost:{road.port}")
    log_in(page, case.owner)
    page.goto(address(case))
    road.close()
    note(page).fill(TYPED)
    line(page, "no se ha guardado desde las")
    road.open()
    until(is_stored_somewhere, page)
    line(page, SAVED)


def is_stored_somewhere():
    return Answer.objects.filter(note=TYPED).exists()


def test_a_portal_that_fails_is_asked_again(page):
    answers = [502, 502]
    failing = lambda route: route.fulfill(status=answers.pop()) if answers else route.continue_()  # noqa: E731
    page.route("**/criterios/**", failing)
    note(page).fill(TYPED)
    line(page, "El portal no responde: no se ha guardado desde las")
    until(is_stored(), page)
    line(page, SAVED)


def lose_one_answer(page):
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/criterios/**", lose)


def test_an_answer_that_is_lost_on_the_way_is_no_conflict(page):
    lose_one_answer(page)
    note(page).fill("Lo primero.")
    until(is_stored("Lo primero."), page)
    note(page).press_sequentially(" Y lo que siguió.")
    until(is_stored("Lo primero. Y lo que siguió."), page)
    assert page.get_by_role("alert").count() == 0


def test_what_is_taken_back_after_a_lost_answer_is_taken_back_in_the_portal(page):
    lose_one_answer(page)
    note(page).fill("Lo que no era.")
    until(is_stored("Lo que no era."), page)
    note(page).fill("")
    line(page, SAVED)
    until(is_stored(""), page)


@pytest.mark.parametrize("lose_cookies", [False, True], ids=["session", "cookies"])
def test_a_session_that_ends_asks_for_the_password_and_goes_on(page, lose_cookies):
    if lose_cookies:
        page.context.clear_cookies()
    Session.objects.all().delete()
    note(page).fill(TYPED)
    says(page, "Tu sesión terminó")
    look(page)
    note(page).press_sequentially(" Y más.")
    page.get_by_label("Tu contraseña").fill("otra cosa")
    page.get_by_role("button", name="Entrar y guardar").click()
    page.locator("#session-error").filter(has_text="no coinciden").wait_for()
    page.get_by_label("Tu contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar y guardar").click()
    until(is_stored(f"{TYPED} Y más."), page)
    line(page, SAVED)
    assert page.get_by_label("Tu contraseña").count() == 0
    press(page, "Guardar")
    says(page, "Guardado.")
    assert page.asked == []


def in_another_tab(page, person):
    Session.objects.all().delete()
    note(page).fill(TYPED)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Entrar en otra pestaña").click()
    log_in_by_form(opened.value, person.email)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_logging_in_in_another_tab_is_enough(page, case):
    in_another_tab(page, case.owner)
    until(is_stored(), page)
    line(page, SAVED)


def test_nobody_elses_account_saves_what_this_person_typed(page, case):
    other = MembershipFactory(employer=case.application.employer).user
    in_another_tab(page, other)
    line(page, "Entraste con otra cuenta")
    assert note(page).input_value() == TYPED
    assert Answer.objects.get().note == ""


@pytest.fixture
def conflict(page, new_page, log_in, case):
    """Somebody else saves while the person types; the page says so."""
    other = new_page()
    log_in(other, case.editor)
    other.goto(address(case))
    note(other).fill("Lo del otro.")
    until(is_stored("Lo del otro."), other)
    note(page).fill("Lo mío.")
    line(page, "elige con cuál te quedas")
    return page


def test_a_second_editor_sees_both_texts_and_typing_is_never_overwritten(conflict):
    notice = conflict.get_by_role("alert")
    assert notice.get_by_role("cell", name="Lo del otro.").is_visible()
    assert notice.get_by_role("cell", name="Lo mío.").is_visible()
    look(conflict)
    note(conflict).press_sequentially(" Y más.")
    conflict.wait_for_timeout(1500)
    assert is_stored("Lo del otro.")()
    assert note(conflict).input_value() == "Lo mío. Y más."
    press(conflict, "Guardar lo mío")
    says(conflict, "Guardado.")
    assert is_stored("Lo mío. Y más.")()


def test_a_second_editor_can_keep_what_the_other_saved(conflict):
    conflict.get_by_role("link", name="Descartar lo mío").click()
    conflict.wait_for_load_state()
    assert note(conflict).input_value() == "Lo del otro."
    assert is_stored("Lo del otro.")()
    assert conflict.asked == []
