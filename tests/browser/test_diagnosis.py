"""The quick diagnosis in a real browser: with the keyboard, without JavaScript, and on into an application."""

import pytest

from tests.accounts.factories import UserFactory
from tests.browser.steps import WIDTHS, go, look, open_page, press
from tests.certification.review.factories import standard
from tests.employers.factories import EmployerFactory, WorkplaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NMX = "nmx-r-025-scfi-2015"


@pytest.mark.parametrize("options", **WIDTHS)
def test_a_stranger_learns_where_the_workplace_stands(new_page, options):
    page, norm = new_page(java_script_enabled=True, **options), standard(NMX)
    open_page(page, f"/diagnostico/{norm.slug}/")
    page.get_by_label("En parte").first.focus()
    page.keyboard.press("Space")
    press(page, "Ver mi resultado")
    look(page, "Te faltan 5 criterios críticos")
    press(page, "Cambiar respuestas")
    look(page, "¿Cómo está tu centro de trabajo?")
    assert page.get_by_label("En parte").first.is_checked()


def test_answers_go_along_without_script(new_page, log_in):
    page, norm, owner = new_page(java_script_enabled=False), standard(NMX), UserFactory()
    workplace = WorkplaceFactory(employer=EmployerFactory(created_by=owner, owner=owner))
    page.goto(f"/diagnostico/{norm.slug}/")
    page.get_by_label("Sí").first.check()
    press(page, "Ver mi resultado")
    log_in(page, owner)
    press(page, "Llevar mis respuestas a una solicitud")
    assert page.get_by_label("Empezar con las respuestas de mi diagnóstico").is_checked()
    page.get_by_label(workplace.name).check()
    press(page, "Abrir la solicitud")
    go(page.get_by_role("link", name=norm.document.criteria[0].title))
    assert page.get_by_label("Sí").first.is_checked()


def test_answers_outlive_a_reload_in_the_tab_alone(new_page):
    page, norm = new_page(), standard(NMX)
    address, known = f"/diagnostico/{norm.slug}/", "Aquí están las respuestas"
    open_page(page, address)
    first = page.get_by_label("En parte").first
    assert page.get_by_text("sólo en esta pestaña").is_visible()
    first.check()
    page.goto(address)
    assert first.is_checked()
    look(page, "¿Cómo está tu centro de trabajo?")
    assert page.get_by_text(known).is_visible()
    other = new_page()
    other.goto(address)
    assert not other.get_by_label("En parte").first.is_checked()
    page.get_by_role("button", name="Borrarlas y empezar de nuevo").click()
    assert not first.is_checked()
    page.goto(address)
    assert not first.is_checked()
    assert not page.get_by_text(known).is_visible()


def test_answers_that_were_changed_after_the_result_are_the_newer_ones(new_page):
    page, norm = new_page(), standard(NMX)
    page.goto(f"/diagnostico/{norm.slug}/")
    page.get_by_label("En parte").first.check()
    press(page, "Ver mi resultado")
    press(page, "Cambiar respuestas")
    page.get_by_label("Sí").first.check()
    page.goto(f"/diagnostico/{norm.slug}/")
    assert page.get_by_label("Sí").first.is_checked()
