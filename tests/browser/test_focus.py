"""What is typed in is never under the bar that stays at the bottom (WCAG 2.2, 2.4.11)."""

import pytest

from tests.browser.steps import open_page
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.fixtures.browser import LAPTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNDER_THE_BAR = """() => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect();
  return document.activeElement.getBoundingClientRect().bottom - bar.top;
}"""
SHOW_ITS_FIRST_LINE = """field => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect();
  window.scrollBy({ top: field.getBoundingClientRect().top - bar.top + 20, behavior: "instant" });
}"""


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", ["criterios/R01/", "medidas/"])
def test_the_last_field_comes_out_from_under_the_bar(new_page, log_in, viewport, path):
    page, case = new_page(viewport=viewport), complete_draft(NMX)
    log_in(page, case.owner)
    open_page(page, base(case) + path)
    field = page.locator("main textarea:visible").last
    field.evaluate(SHOW_ITS_FIRST_LINE)
    box = field.bounding_box()
    page.mouse.click(box["x"] + 30, box["y"] + 10)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.evaluate(UNDER_THE_BAR) < 0
    page.keyboard.press("Control+End")
    for _line in range(12):
        page.keyboard.press("Enter")
    page.keyboard.type("La firma la dirección.")
    assert page.evaluate(UNDER_THE_BAR) < 0


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["wide", "narrow"])
def test_a_choice_under_the_bar_is_still_chosen_by_a_click(new_page, log_in, viewport):
    page, case = new_page(viewport=viewport), complete_draft(NMX)
    log_in(page, case.owner)
    open_page(page, base(case) + "criterios/R01/")
    choice = page.get_by_label("Todavía no").first
    choice.evaluate(SHOW_ITS_FIRST_LINE)
    choice.click()
    assert choice.is_checked()
