"""Personal data in a file: told, covered and sealed in a real browser, at two widths and for everyone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from tests.browser.steps import go
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.evidence.test_sightings import CLABE, CURP
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DATA = files.pdf_saying(f"<h1>Plantilla 2026</h1><p>{CURP} y {CURP}</p>", f"<p>CLABE {CLABE}</p>")


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_data_are_told_and_covered(new_page, log_in, options):
    member = MembershipFactory()
    said = {"actor": member.user, "at": timezone.now()}
    document = actions.add_document(member.employer, upload("plantilla.pdf", DATA), **said).document
    page = new_page(**options)
    log_in(page, member.user)
    page.goto(reverse("document_detail", args=[document.pk]))
    page.get_by_text("2 CURP en la página 1").wait_for()
    page.get_by_text("Hace falta que se vean").click()
    check_axe(page)
    go(page.get_by_role("button", name="Hacer una copia con esos datos tapados"))
    page.get_by_text("Los datos personales están tapados").wait_for()
    check_axe(page)
