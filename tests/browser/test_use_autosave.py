"""What a document shows saves itself in a real browser, and has its button without JavaScript."""

import re

import pytest

from certification.applications.models import EvidenceUse
from tests.browser.steps import WIDTHS, look, open_page, press, until
from tests.certification.applications.cases import base, complete_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"^\s*Guardado \d\d:\d\d\s*$")
SHOWS = "Qué demuestra"


@pytest.fixture
def case():
    return complete_draft()


@pytest.fixture
def use(case):
    return EvidenceUse.objects.filter(application=case.application).first()


def said(use, **fields):
    return lambda: EvidenceUse.objects.filter(pk=use.pk, **fields).exists()


@pytest.mark.parametrize("options", **WIDTHS)
def test_it_saves_itself_and_the_second_person_compares(new_page, log_in, case, use, options):
    page, other = new_page(**options), new_page()
    address = f"{base(case)}evidencia/{use.pk}/"
    log_in(page, case.owner)
    open_page(page, address)
    log_in(other, case.editor)
    other.goto(address)
    page.get_by_label(SHOWS).press_sequentially("El acta, firmada")
    page.locator("#saved").filter(has_text=SAVED).wait_for()
    until(said(use, shows="El acta, firmada", version=1), page)
    page.get_by_label(SHOWS).press_sequentially(" y fechada")
    until(said(use, shows="El acta, firmada y fechada", version=2), page)
    look(page)
    other.get_by_label(SHOWS).press_sequentially("La lista")
    other.locator("#saved").get_by_role("button", name="Comparar y elegir").wait_for()
    press(other, "Comparar y elegir")
    look(other, SHOWS)
    assert other.get_by_role("cell", name="El acta, firmada y fechada").is_visible()
    assert other.get_by_label(SHOWS).input_value() == "La lista"


def test_without_script_it_has_its_button(new_page, log_in, case, use):
    page = new_page(java_script_enabled=False)
    log_in(page, case.owner)
    page.goto(f"{base(case)}evidencia/{use.pk}/")
    page.get_by_label(SHOWS).fill("El acta")
    press(page, "Guardar")
    assert said(use, shows="El acta", version=1)()
