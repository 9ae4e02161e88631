"""The library in a real browser, at two widths, and without JavaScript; see test_uploads for what scripts add."""

import pytest
from django.urls import reverse

from certification.evidence.models import Document
from tests.browser.steps import go
from tests.certification.evidence import files
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHOSEN = [
    {"name": "Tabulador 2026.pdf", "mimeType": "application/pdf", "buffer": files.pdf(2)},
    {"name": "cifrado.pdf", "mimeType": "application/pdf", "buffer": files.pdf_encrypted()},
]


def test_files_are_uploaded_without_javascript_and_each_has_its_fate(new_page, log_in):
    member = MembershipFactory()
    page = new_page(java_script_enabled=False)
    log_in(page, member.user)
    page.goto(reverse("document_list", args=[member.employer_id]))
    page.set_input_files("[name=files]", CHOSEN)
    go(page.get_by_role("button", name="Subir y guardar"))
    page.get_by_text("El archivo pide contraseña").wait_for()
    assert page.locator(".file.has-error").count() == 1
    assert [document.title for document in Document.objects.all()] == ["Tabulador 2026"]


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_pages_of_the_library_are_for_everyone(new_page, log_in, options):
    member = MembershipFactory()
    page = new_page(**options)
    log_in(page, member.user)
    page.goto(reverse("document_list", args=[member.employer_id]))
    check_axe(page)
    page.set_input_files("[name=files]", CHOSEN)
    page.get_by_role("button", name="Subir y guardar").click()
    page.get_by_text("El archivo pide contraseña").wait_for()
    check_axe(page)
    with page.expect_response(lambda response: response.url.endswith("/paginas/1/")) as drawn:
        go(page.get_by_role("link", name="Tabulador 2026.pdf"))
        page.locator("img.sheet").first.scroll_into_view_if_needed()
    assert drawn.value.headers["content-type"] == "image/jpeg"
    check_axe(page)
    go(page.get_by_role("link", name="Cambiar estos datos"))
    check_axe(page)
