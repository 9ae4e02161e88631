"""A draft saves itself in a real browser: as it is typed, whatever is wrong in it, and with its own button."""

import re

import pytest

from certification.applications.models import Answer, EvidenceUse, RequirementRecord
from tests.browser.steps import WIDTHS, attach, claim, look, open_page, press, says, until
from tests.certification.applications.cases import NMX, base, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"^\s*Guardado \d\d:\d\d\s*$")


@pytest.fixture
def case():
    return draft()


def address(case, code="DEI-1.1"):
    return f"{base(case)}criterios/{code}/"


def note(page):
    return page.get_by_label("¿Cómo lo hacen?")


def line(page, text):
    """Wait until the line of the bar says it."""
    page.locator("#saved").filter(has_text=text).wait_for()


@pytest.fixture
def slow_page(new_page, log_in, case, road):
    """A criterion whose saves take their time; ``under_way`` says after each step how many were on their way."""
    page, saves, road.delay = new_page(base_url=f"http://localhost:{road.port}"), [0], 0.7
    page.under_way = saves

    def count(request, step):
        if "hx-request" in request.headers:
            saves.append(saves[-1] + step)

    page.on("request", lambda request: count(request, 1))
    page.on("response", lambda response: count(response.request, -1))
    log_in(page, case.owner)
    page.goto(address(case))
    return page


@pytest.mark.parametrize("options", **WIDTHS)
def test_what_is_typed_is_saved_and_said(new_page, log_in, case, options):
    page, asked = new_page(**options), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, case.owner)
    open_page(page, address(case))
    claim(page, "DEI-1.1", "Sí")
    line(page, SAVED)
    note(page).press_sequentially("La firma la dirección.")
    until(lambda: Answer.objects.get().note == "La firma la dirección.")
    line(page, SAVED)
    assert Answer.objects.get().claims == {"DEI-1.1": "met"}
    look(page)
    page.goto("/")
    assert asked == []


def test_points_beside_the_work_follow(browser_page, log_in):
    page, case = browser_page, draft(NMX)
    log_in(page, case.owner)
    page.goto(address(case, "R07"))
    beside = page.locator("#al-lado")
    before = beside.inner_text()
    claim(page, "R07a", "Sí")
    beside.get_by_text("Llevas 3.33 de").wait_for()
    assert before != beside.inner_text()


def test_one_request_at_a_time_and_the_newest_wins(slow_page):
    for text in ("Uno. ", "Dos. ", "Tres. ", "Cuatro. "):
        note(slow_page).press_sequentially(text)
        note(slow_page).dispatch_event("change")
        slow_page.wait_for_timeout(50)
    until(lambda: Answer.objects.filter(note="Uno. Dos. Tres. Cuatro.").exists(), slow_page)
    until(lambda: slow_page.under_way[-1] == 0, slow_page)
    assert max(slow_page.under_way) == 1
    assert slow_page.under_way.count(1) < 4


def test_the_button_waits_for_the_save_under_way(slow_page):
    note(slow_page).fill("Uno.")
    note(slow_page).dispatch_event("change")
    until(lambda: slow_page.under_way[-1] == 1, slow_page)
    note(slow_page).press_sequentially(" Dos.")
    press(slow_page, "Guardar")
    says(slow_page, "Guardado.")
    assert slow_page.get_by_role("alert").count() == 0
    assert Answer.objects.get().note == "Uno. Dos."


def test_a_file_is_attached_beside_what_saves_itself(browser_page, log_in, case):
    page = browser_page
    log_in(page, case.owner)
    page.goto(address(case))
    note(page).press_sequentially("Firmada.")
    attach(page)
    line(page, SAVED)
    assert Answer.objects.get().note == "Firmada."
    assert EvidenceUse.objects.count() == 1


def test_a_file_that_was_only_chosen_is_not_sent_and_asks_before_leaving(browser_page, log_in, case):
    page, asked = browser_page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, case.owner)
    page.goto(address(case))
    upload = {"name": "uno.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("[name$=-uploads]").first.set_input_files([upload])
    claim(page, "DEI-1.1", "Sí")
    line(page, SAVED)
    assert not EvidenceUse.objects.exists()
    page.goto("/")
    assert asked == ["beforeunload"]


def test_letters_are_saved_one_by_one_and_half_a_date_is_said(browser_page, log_in):
    page, case = browser_page, draft(NMX)
    log_in(page, case.owner)
    open_page(page, f"{base(case)}participacion/")
    page.locator("[name=P1-present]").check()
    line(page, SAVED)
    page.locator("[name=P1-issued_on]").press("1")  # a day, or a month, and no more
    page.locator("[name=P1-reference]").fill("12/26")
    page.locator("#P1").get_by_text("Termina de escribir la fecha").wait_for()
    until(lambda: RequirementRecord.objects.get().reference == "12/26")
    look(page)
    page.locator("[name=P1-issued_on]").fill("2026-03-01")
    page.locator("[name=P1-issued_on]").press("Tab")
    page.locator("#P1").get_by_text("Termina de escribir la fecha").wait_for(state="detached")
    page.locator("#result-P1").get_by_text("2026").wait_for()
    record = RequirementRecord.objects.get()
    assert (record.is_present, str(record.issued_on), record.reference) == (True, "2026-03-01", "12/26")
