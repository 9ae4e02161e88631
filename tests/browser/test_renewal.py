"""From the certificate to the draft that renews it: what is still so is said item by item."""

import pytest

from certification.applications.models import Application
from certification.applications.renewing.models import Renewal
from tests.browser.steps import WIDTHS, follow, log_in_by_form, look, open_page, press, says, until
from tests.certification.applications.cases import DEI, base
from tests.certification.applications.plan_steps import ImprovementActionFactory
from tests.certification.certificates.renewals import awarded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(page, name):
    """The start page of the employer's editor, with a certificate and something planned."""
    case = awarded(name, sites=["14"])
    said = {"employer": case.application.employer, "standard_code": case.application.standard.code}
    ImprovementActionFactory(created_by=case.owner, **said)
    page.goto("/cuenta/login/")
    log_in_by_form(page, case.editor.email)
    open_page(page, "/empresa/")
    says(page, case.certificate.folio)
    return case


@pytest.mark.parametrize(
    "options", [*WIDTHS["argvalues"], {"java_script_enabled": False}], ids=["wide", "phone", "bare"]
)
def test_a_certificate_is_renewed_without_starting_again(new_page, options):
    page, judged = new_page(**options), look if options.get("java_script_enabled", True) else lambda *_: None
    page.goto("/cuenta/login/")
    case = awarded(DEI, sites=["14"])
    log_in_by_form(page, case.editor.email)
    page.goto("/empresa/")
    says(page, "Pide la renovación")
    follow(page, case.application.standard.title)
    press(page, "Preparar la renovación")
    opened = Renewal.objects.get().application
    says(page, "con lo que ya habías respondido")
    judged(page)
    page.goto(f"/empresa/solicitudes/{opened.folio}/criterios/DEI-1.1/")
    says(page, f"De tu solicitud {case.application.folio}: confirma si sigue igual")
    judged(page)
    press(page, "Sigue igual DEI-1.1")
    says(page, "Confirmaste que sigue igual.")
    page.goto(f"/empresa/solicitudes/{opened.folio}/enviar/")
    assert not page.get_by_text("Política de inclusión: viene de tu solicitud").count()
    says(page, "viene de tu solicitud")
    page.goto(base(case))
    follow(page, f"Seguir con la renovación {opened.folio}")
    assert Application.objects.count() == 2


@pytest.mark.parametrize("options", **WIDTHS)
def test_what_comes_next_is_read_and_a_change_clears_the_mark(new_page, options):
    page = new_page(**options)
    case = begin(page, "nmx-r-025-scfi-2015")
    open_page(page, base(case))
    says(page, "Pídela a más tardar el")
    open_page(page, f"/empresa/solicitudes/nueva/?norma=nmx-r-025-2015&empresa={case.application.employer_id}")
    follow(page, "Preparar su renovación")
    press(page, "Preparar la renovación")
    opened = Renewal.objects.get().application
    for name in ("participacion", "medidas", "criterios/R01"):
        open_page(page, f"/empresa/solicitudes/{opened.folio}/{name}/")
    mark = page.locator("#carried-R01")
    assert "confirma si sigue igual" in mark.inner_text()
    page.get_by_label("¿Cómo lo hacen?").fill("Ahora lo hacemos de otro modo")
    until(lambda: not mark.is_visible(), page)
    assert opened.answers.get(criterion="R01").note == "Ahora lo hacemos de otro modo"
