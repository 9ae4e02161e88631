"""The inbox in a real browser: moved with the keyboard, dragged, suggestions taken, and without JavaScript."""

import pytest
from django.urls import reverse

from certification.applications.models import EvidenceUse
from certification.evidence.search.index import index_document
from tests.browser.steps import WIDTHS, go, until
from tests.certification.applications.cases import NMX, draft
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.fixtures.browser import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ("Tabulador de salarios", "Acta del comité")


@pytest.fixture
def case():
    case = draft(NMX)
    for title in TITLES:
        document = DocumentFactory(employer=case.application.employer, created_by=case.owner, title=title)
        RevisionFactory(document=document, created_by=case.owner)
        index_document(document)
    return case


def open_inbox(page, case, log_in):
    log_in(page, case.owner)
    page.goto(reverse("inbox", args=[case.application.employer_id]))


def is_seen(place):
    box = place.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= place.page.viewport_size["height"]


def hold(page, y):
    """Stay there over the panel with what is dragged: a hand never keeps quite still."""
    box = page.locator(".inbox-places").bounding_box()
    for x in (40, 41):
        page.mouse.move(box["x"] + x, y)
    return True


def placed():
    return dict(EvidenceUse.objects.values_list("document__title", "item"))


@pytest.mark.parametrize("options", **WIDTHS)
def test_moved_with_the_keyboard_and_saved_by_the_button(new_page, log_in, case, options):
    page = new_page(**options)
    open_inbox(page, case, log_in)
    check_axe(page)
    live = page.locator("[data-live]")
    page.get_by_role("button", name=f"Mover a un criterio {TITLES[0]}").press("Enter")
    assert live.text_content().startswith(f"Mueves «{TITLES[0]}»")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "R08" in live.text_content()
    assert placed() == {}
    page.get_by_role("button", name=f"Mover a un criterio {TITLES[1]}").press("Enter")
    page.keyboard.press("Escape")
    assert live.text_content() == "Se quedó donde estaba."
    go(page.get_by_role("button", name="Guardar lo que elegí"))
    assert placed() == {TITLES[0]: "R08"}
    check_axe(page)


def test_dragged_and_a_suggestion_taken(new_page, log_in, case):
    page = new_page()
    open_inbox(page, case, log_in)
    page.locator(".file-name", has_text=TITLES[1]).drag_to(page.locator("[data-place=R03]"))
    page.get_by_role("button", name=f"Usar este criterio {TITLES[0]}").click()
    assert placed() == {}
    go(page.get_by_role("button", name="Guardar lo que elegí"))
    assert placed() == {TITLES[1]: "R03", TITLES[0]: "R07"}
    page.get_by_text("La bandeja está vacía").wait_for()


def test_dragged_to_a_place_out_of_sight(new_page, log_in, case):
    """Held at the lower edge of what is seen, the panel goes on to its last place, and back at the upper one."""
    page = new_page()
    open_inbox(page, case, log_in)
    first, last = page.locator("[data-place]").first, page.locator("[data-place]").last
    assert not is_seen(last)
    name = page.locator(".file-name", has_text=TITLES[0])
    name.hover()
    page.mouse.down()
    until(lambda: hold(page, 850) and is_seen(last), page)
    until(lambda: hold(page, 60) and is_seen(first), page)
    until(lambda: hold(page, 850) and is_seen(last), page)
    code = last.get_attribute("data-place")
    last.hover()
    page.mouse.up()
    go(page.get_by_role("button", name="Guardar lo que elegí"))
    assert placed() == {TITLES[0]: code}


def test_without_javascript(new_page, log_in, case):
    page = new_page(java_script_enabled=False)
    open_inbox(page, case, log_in)
    assert not page.get_by_text("Arrástralos aquí").is_visible()
    go(page.get_by_role("button", name=f"Usar este criterio {TITLES[0]}"))
    assert placed() == {}
    page.get_by_label("Demuestra").first.select_option("R02")
    go(page.get_by_role("button", name="Guardar lo que elegí"))
    assert placed() == {TITLES[1]: "R02", TITLES[0]: "R07"}
