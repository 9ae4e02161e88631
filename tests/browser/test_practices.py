import pytest
import yaml

from tests.accounts.factories import UserFactory
from tests.browser.steps import go
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE, check_axe
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def practices(base_dir):
    rows = yaml.safe_load((base_dir / "demonstration/data/practices.yaml").read_text(encoding="utf-8"))
    certificates = [CertificateFactory(state="14", size="mediana"), CertificateFactory(state="09", size="grande")]
    return [
        PracticeFactory(published=True, certificate=certificates[number % 2], **row)
        for number, row in enumerate({**row} for row in rows[:24])
        if row.pop("scian")  # whose it is, says the certificate here
    ]


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}])
def test_from_the_words_to_the_certificate(new_page, practices, options):
    page = new_page(**options)
    page.goto("/practicas/")
    page.get_by_label("Palabras que buscas").fill("horario flexible")
    go(page.get_by_role("button", name="Buscar"))
    if options.get("java_script_enabled", True):
        check_axe(page)
    assert page.locator("mark").first.is_visible()
    go(page.get_by_role("link", name="Horario flexible en planta con tres turnos"))
    if options.get("java_script_enabled", True):
        check_axe(page)
    assert page.get_by_role("link", name="Ver el certificado").is_visible()


def test_filters_are_applied_and_removed(phone_page, practices):
    phone_page.goto("/practicas/")
    phone_page.get_by_text("Filtrar").click()
    phone_page.get_by_label("Conciliación trabajo-familia").check()
    go(phone_page.get_by_role("button", name="Aplicar filtros"))
    check_axe(phone_page)
    found, filters = phone_page.locator(".results").bounding_box(), phone_page.locator(".facets").bounding_box()
    assert found["y"] < filters["y"]
    go(phone_page.get_by_role("link", name="Quitar Conciliación trabajo-familia"))
    assert phone_page.get_by_role("heading", name="24 prácticas").is_visible()


def test_nothing_found_says_what_there_is(browser_page, practices):
    browser_page.goto("/practicas/?q=orario+flexivle")
    check_axe(browser_page)
    go(browser_page.get_by_role("link", name="horario flexible"))
    assert browser_page.locator(".results mark").first.is_visible()


def fill_the_rest(page):
    page.get_by_label("Tema").select_option(label="Permisos y licencias")
    for label in ("¿Cuál era el problema?", "¿Qué hicieron?", "¿Qué costó?", "¿Qué se logró?"):
        page.get_by_label(label).fill("Un texto con <etiquetas> & acentos: mañana.")


def test_from_a_draft_to_the_search(new_page, log_in):
    certificate = CertificateFactory()
    employer, editor = new_page(), new_page()
    log_in(employer, MembershipFactory(employer=certificate.employer, owner=True).user)
    employer.goto("/empresa/practicas/")
    check_axe(employer)
    go(employer.get_by_role("link", name=certificate.folio))
    employer.get_by_label("Título").fill("Bolsa de horas")
    go(employer.get_by_role("button", name="Guardar y proponer"))
    check_axe(employer)
    fill_the_rest(employer)
    employer.get_by_label("La empresa acepta").check()
    go(employer.get_by_role("button", name="Guardar y proponer"))
    check_axe(employer)
    log_in(editor, UserFactory(editor=True))
    editor.goto("/programa/practicas/")
    check_axe(editor)
    go(editor.get_by_role("link", name="Bolsa de horas"))
    check_axe(editor)
    go(editor.get_by_role("button", name="Publicar"))
    editor.goto("/practicas/?q=manana")
    assert editor.get_by_role("heading", name="Ninguna práctica").is_visible()
    editor.goto("/practicas/?q=mañana")
    assert editor.get_by_role("link", name="Bolsa de horas").is_visible()
