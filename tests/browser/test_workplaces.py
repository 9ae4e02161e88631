"""A workplace that answers otherwise, with a mouse, by keyboard alone and without JavaScript; and the matrix."""

import pytest

from certification.applications.models import LocalAnswer
from tests.browser.steps import WIDTHS, follow, look, press, says
from tests.certification.applications.cases import NMX, base, draft
from tests.certification.applications.large import large_case
from tests.certification.applications.workplaces import own_answer, several

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("options", **WIDTHS)
def test_a_workplace_answers_otherwise_and_goes_back(new_page, log_in, options):
    case, page = several(case=draft(NMX)), new_page(**options)
    log_in(page, case.editor)
    page.goto(f"{base(case)}criterios/R07/")
    says(page, "Igual en todos los centros")
    page.get_by_role("group", name="R07a").get_by_label("Sí").check()
    page.get_by_text("En un centro es distinto").click()
    look(page)
    press(page, "Planta Norte")
    says(page, "Lo que hacen en Planta Norte")
    page.get_by_role("group", name="R07a").get_by_label("Todavía no").check()
    page.get_by_label("¿Qué es distinto aquí?").fill("Empezamos en marzo.")
    press(page, "Guardar y volver al requisito")
    says(page, "Igual en todos los centros, menos en uno")
    look(page)
    assert case.application.answers.get().claims == {"R07a": "met"}
    assert LocalAnswer.objects.get().claims == {"R07a": "not_met"}
    press(page, "Ver lo de este centro Planta Norte")
    page.locator("summary", has_text="Volver a lo general").click()
    look(page)
    page.locator("details").get_by_role("button", name="Volver a lo general").click()
    says(page, "Este centro vuelve a lo general.")
    assert (LocalAnswer.objects.get().is_in_force, LocalAnswer.objects.get().note) == (False, "Empezamos en marzo.")


def test_it_works_without_scripts(new_page, log_in):
    case, page = several(case=draft(NMX)), new_page(java_script_enabled=False)
    log_in(page, case.editor)
    page.goto(f"{base(case)}criterios/R07/")
    page.locator("#id_claim_R07b input[value=met]").check()
    page.locator("summary", has_text="En un centro es distinto").click()
    press(page, "Planta Este")
    page.locator("#id_claim_R07b input[value=partly]").check()
    press(page, "Guardar")
    assert case.application.answers.get().claims == {"R07b": "met"}
    assert LocalAnswer.objects.get().claims == {"R07b": "partly"}
    page.locator("summary", has_text="Volver a lo general").click()
    page.locator("details").get_by_role("button", name="Volver a lo general").click()
    says(page, "Este centro vuelve a lo general.")
    assert not LocalAnswer.objects.get().is_in_force


def test_the_page_of_a_workplace_saves_itself(browser_page, log_in):
    case, page = several(case=draft(NMX)), browser_page
    log_in(page, case.editor)
    place = case.application.workplaces.get(name="Planta Sur")
    page.goto(f"{base(case)}criterios/R07/centros/{place.pk}/")
    page.get_by_label("¿Qué es distinto aquí?").fill("Aquí no hay turno de noche.")
    page.locator("#saved").get_by_text("Guardado").wait_for()
    assert LocalAnswer.objects.get().note == "Aquí no hay turno de noche."


@pytest.mark.parametrize("options", **WIDTHS)
def test_the_matrix_is_read_at_any_width(new_page, log_in, options):
    case, page = large_case(40, 0), new_page(**options)
    names = tuple(f"Centro de distribución {number:02}" for number in range(40))
    several(names, case=case)
    own_answer(case, names[7], "C003", {"C003a": "not_met"})
    log_in(page, case.reader)
    page.goto(f"{base(case)}centros/")
    look(page, "Diferencias entre centros")
    follow(page, "Ver todo: 40 requisitos en 40 centros")
    look(page)
    region = page.get_by_role("region", name="Requisitos por centro")
    head, first = region.locator("thead th").first, region.locator("tbody th").first
    if head.is_visible():  # on a phone it is a list for each criterion
        region.evaluate("box => box.scrollTo(2000, 600)")
        box, corner = region.bounding_box(), head.bounding_box()
        assert abs(corner["x"] - box["x"]) < 3
        assert abs(corner["y"] - box["y"]) < 3
        assert abs(region.locator("tbody th").nth(9).bounding_box()["x"] - box["x"]) < 3
    assert first.get_by_role("link").count() == 1
