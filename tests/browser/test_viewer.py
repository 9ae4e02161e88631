"""Reading files in a real browser: size and page by key, words, and the same by links without JavaScript."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from certification.evidence import actions
from tests.browser.steps import go
from tests.certification.evidence import files
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory, upload
from tests.certification.review.factories import make_case, stored_use_of
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = files.pdf_saying(*(f"<h1>Hoja {n}</h1><p>La política de igualdad se aplica.</p>" for n in range(1, 46)))
ROWS = "puesto;sueldo;área\n" + "".join(f"Puesto {n};{12_000 + n};Área {n % 7}\n" for n in range(1, 201))


@pytest.fixture
def member():
    return MembershipFactory()


def address(member, name, content):
    revision = actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())
    return reverse("document_view", args=[revision.document_id, 1])


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_a_long_document_is_read_by_keys(new_page, log_in, member, options):
    page = new_page(**options)
    log_in(page, member.user)
    page.goto(address(member, "Acta.pdf", LONG))
    check_axe(page)
    width = page.locator("#p1 img").bounding_box()["width"]
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_function("document.querySelector('#p1 img').src.includes('grande')")
    assert page.locator("#p1 img").bounding_box()["width"] > 1.5 * width
    check_axe(page)
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Math.abs(document.querySelector('#p2').getBoundingClientRect().top) < 100")
    assert page.url.endswith("zoom=100")


def test_turning_the_last_page_of_a_part_goes_to_the_next(new_page, log_in, member):
    page = new_page()
    log_in(page, member.user)
    page.goto(address(member, "Acta.pdf", LONG) + "?pag=20#p20")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**pag=21*")


def test_everything_works_without_javascript(new_page, log_in, member):
    page = new_page(java_script_enabled=False)
    log_in(page, member.user)
    page.goto(address(member, "Acta.pdf", LONG))
    page.get_by_label("Ir a la página").fill("33")
    go(page.get_by_role("button", name="Ir", exact=True))
    assert page.url.endswith("pag=33#p33")
    go(page.get_by_role("link", name="Ver al 200 %"))
    assert page.locator("#p33 img").get_attribute("src").endswith("grande")
    page.get_by_label("Buscar en el documento").fill("politicas")
    go(page.get_by_role("button", name="Buscar", exact=True))
    page.get_by_role("heading", name="está en 45 lugares").wait_for()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_tables_and_broken_files_are_for_everyone(new_page, log_in, member, options):
    page = new_page(**options)
    log_in(page, member.user)
    page.goto(address(member, "Tabulador.csv", ROWS.encode()))
    check_axe(page)
    go(page.get_by_role("link", name="Siguientes").first)
    assert page.locator("tbody tr").count() == 100
    name = default_storage.save("evidence/1/broken", ContentFile(b"%PDF-1.7 nothing"))
    broken = RevisionFactory(document=DocumentFactory(employer=member.employer), file=name)
    page.goto(reverse("document_view", args=[broken.document_id, 1]))
    page.get_by_role("heading", name="Sin vista previa").wait_for()
    check_axe(page)


def test_a_picture_that_fails_on_the_way_says_so(new_page, log_in, member):
    page = new_page()
    log_in(page, member.user)
    page.route("**/paginas/2/", lambda route: route.fulfill(status=404, body=""))
    page.goto(address(member, "Acta.pdf", LONG))
    page.locator("#p2").scroll_into_view_if_needed()
    page.get_by_text("Página 2: sin vista previa.").wait_for()


def test_reviewer_reads_what_is_pointed_at(new_page, log_in):
    case = make_case(State.IN_REVIEW)
    use = stored_use_of(case.application, "DEI-1.1", content=LONG)
    EvidenceUse.objects.filter(pk=use.pk).update(pointer="págs. 3-4, 27")
    page = new_page()
    log_in(page, case.reviewer)
    page.goto(reverse("review_item", args=[case.application.folio, "DEI-1.1"]))
    page.get_by_role("link", name="página 4", exact=True).click()
    page.wait_for_url("**pag=4")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**pag=5")
    check_axe(page)
    go(page.get_by_role("link", name="Leer el documento completo"))
    check_axe(page)
    go(page.get_by_role("link", name="página 27"))
    page.locator("#p27").wait_for()
