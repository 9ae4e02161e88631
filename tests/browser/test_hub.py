"""The hub and the panel beside the work in a real browser: long names, many criteria, empty, done, observed."""

import pytest

from certification.applications.enums import State
from certification.review import actions as review
from employers.models import Workplace
from tests.browser.steps import open_page, press
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.applications.large import large_case
from tests.certification.review.factories import LATER, make_case, verify
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 360, "height": 740}
LONG = "Comercializadora y Distribuidora de Equipos Electromecánicos del Altiplano Centro Norte"
WIDTHS = pytest.mark.parametrize("options", [{}, {"viewport": NARROW}], ids=["wide", "phone"])


def partly(name=NMX):
    case = complete_draft(name)
    case.application.answers.filter(criterion__in=("R03", "R08", "R12")).delete()
    case.application.measure_claims.all().delete()
    Workplace.objects.update(name=LONG)
    case.owner.full_name = "María Guadalupe Hernández-Bustamante de la Peña y Villaseñor"
    case.owner.save()
    return case


def observed():
    case = make_case(State.IN_REVIEW, name=NMX)
    verify(case)
    verify(case, "R06", "not_met")
    review.observe(case.application, items=["R06"], actor=case.reviewer, at=LATER)
    return case


CASES = {
    "empty": lambda: draft(NMX),
    "partly": partly,
    "done": lambda: complete_draft(NMX),
    "large": lambda: large_case(200, 600, claim="partly"),
    "observed": observed,
}


@WIDTHS
@pytest.mark.parametrize("name", CASES)
def test_the_hub_of_any_application(new_page, log_in, options, name):
    case, page = CASES[name](), new_page(**options)
    log_in(page, case.owner)
    open_page(page, base(case))
    panel = page.locator("#avance")
    assert panel.locator("summary").is_visible() == (options != {})
    assert panel.get_by_text("Cómo vas").is_visible() == (options == {})


@WIDTHS
def test_the_panel_stands_beside_every_page(new_page, log_in, options):
    case, page = partly(), new_page(**options)
    certificate = CertificateFactory(application__standard=case.application.standard)
    said = {"certificate": certificate, "topic": "igualdad", "subtopic": "acceso-empleo", "title": f"{LONG}: selección"}
    practice = PracticeFactory(published=True, size=case.application.employer.size.code, **said)
    log_in(page, case.owner)
    for address in ("criterios/R08/", "participacion/", "medidas/", "puntos/", "encargos/", "enviar/", "borrar/"):
        open_page(page, base(case) + address)
        if address in {"criterios/R08/", "participacion/", "medidas/"}:
            if options:
                page.locator("#avance summary").click()
            assert page.locator("#avance").get_by_text(practice.title).is_visible()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "plain"])
def test_work_is_given_out(new_page, log_in, options):
    case, page = draft(NMX), new_page(**options)
    log_in(page, case.owner)
    page.goto(f"{base(case)}encargos/")
    page.get_by_label("R01").check()
    page.get_by_label("De lo marcado se encarga").select_option(label=str(case.editor))
    press(page, "Encargar")
    page.goto(f"{base(case)}criterios/R02/")
    page.locator("#id_owner").select_option(label=str(case.owner))
    press(page, "Encargar")
    page.goto(f"{base(case)}?mio=1")
    assert page.locator(".task-list li").count() == 1
    assert "R02" in page.locator(".task-list li").inner_text()
