"""What a refusal offers, and a web page as evidence, in a real browser at two widths and without JavaScript."""

import pytest
from django.urls import reverse

from certification.applications.enums import State
from certification.evidence.models import Document, Revision
from tests.browser.steps import go
from tests.certification.evidence import files
from tests.certification.review.factories import make_case, use_of
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACTING = {"name": "formato.pdf", "mimeType": "application/pdf", "buffer": files.pdf_javascript()}
PHOTO = {"name": "comité.jpg", "mimeType": "image/jpeg", "buffer": files.photograph()}


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_refusal_leads_to_a_clean_copy(new_page, log_in, options):
    member = MembershipFactory()
    page = new_page(java_script_enabled=False, **options)
    log_in(page, member.user)
    page.goto(reverse("document_list", args=[member.employer_id]))
    page.set_input_files("[name=files]", [ACTING, PHOTO])
    go(page.get_by_role("button", name="Subir y guardar"))
    go(page.get_by_role("link", name="O guarda una copia limpia"))
    page.get_by_text("Rechazado").wait_for()
    go(page.get_by_role("button", name="Quitar lo que se ejecuta y guardar la copia limpia"))
    page.get_by_text("Guardamos la copia limpia como versión nueva.").wait_for()
    page.goto(reverse("document_detail", args=[Document.objects.get(title="comité").pk]))
    go(page.get_by_role("button", name="Quitar el lugar y guardar la copia"))
    page.get_by_text("Guardamos la fotografía sin el lugar").wait_for()
    assert Revision.objects.filter(number=2, state="clean").count() == 2


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_pages_are_for_everyone(new_page, log_in, options):
    case = make_case(State.DRAFT, answered=False)
    page = new_page(**options)
    log_in(page, case.editor)
    page.goto(reverse("document_link", args=[case.application.employer_id]))
    check_axe(page)
    page.get_by_label("Dirección de la página").fill("http://localhost/")
    go(page.get_by_role("button", name="Guardar la página"))
    check_axe(page)
    page.get_by_label("Dirección de la página").fill("https://ejemplo.org/igualdad")
    go(page.get_by_role("button", name="Guardar la página"))
    page.get_by_text("página web de otro sitio").first.wait_for()
    check_axe(page)
    use = use_of(case.application, "DEI-1.1")
    said = {"state": "rejected", "reason": "Lleva otros archivos.", "remedy": "Quítalos.", "can_be_cleaned": True}
    Revision.objects.filter(pk=use.revision_id).update(**said)
    page.goto(reverse("criterion_edit", args=[case.application.folio, "DEI-1.1"]))
    page.get_by_text("Lleva otros archivos. Quítalos.").wait_for()
    check_axe(page)
    go(page.get_by_role("link", name="Cambiar el archivo o guardar una copia limpia"))
    check_axe(page)


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_reviewer_reads_what_cannot_be_opened(new_page, log_in, options):
    case = make_case(State.IN_REVIEW)
    use_of(case.application, "DEI-1.1")
    refused = use_of(case.application, "DEI-1.1").revision
    Revision.objects.filter(pk=refused.pk).update(
        state="rejected", reason="El antivirus encontró algo.", remedy="Cambia."
    )
    page = new_page(**options)
    log_in(page, case.reviewer)
    page.goto(reverse("review_detail", args=[case.application.folio]))
    page.get_by_text("Hay archivos que ya no se pueden abrir").wait_for()
    check_axe(page)
    page.goto(reverse("review_item", args=[case.application.folio, "DEI-1.1"]) + "?doc=B")
    page.get_by_text("Por eso aquí no se puede abrir").wait_for()
    page.get_by_text("Sin antivirus").first.wait_for()
    check_axe(page)
