"""What goes wrong on the road and must lose nothing; the road without JavaScript, and without a mouse."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from certification.applications.enums import State
from certification.applications.models import Answer
from certification.review.models import Verdict
from tests.browser.steps import attach, claim, declare, follow, log_in_by_form, look, open_page, press, says
from tests.certification.applications.cases import base, complete_draft, draft
from tests.certification.review.factories import POINTER, REASON, make_case, use_of
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import LAPTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
COVERED = """(() => {
  const focused = document.activeElement, bar = document.querySelector(".save-bar, .verdict");
  const box = focused.getBoundingClientRect(), over = bar.getBoundingClientRect();
  return !bar.contains(focused) && box.bottom > over.top + 2 && box.top > over.top && box.top < over.bottom;
})()"""
FOCUSED = "document.activeElement.name || document.activeElement.textContent.trim()"


def criterion(case, code="DEI-1.1"):
    return f"{base(case)}criterios/{code}/"


def tab_to(page, wanted, most=60):
    """Press Tab until that field or link has the focus, which is always seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE), f"no visible focus on {page.evaluate(FOCUSED)}"
        assert not page.evaluate(COVERED), f"{page.evaluate(FOCUSED)} is under the bar"
        if wanted in page.evaluate(FOCUSED):
            return
    pytest.fail(f"Tab never reaches {wanted}")


def test_core_journey_without_javascript(new_page):
    page, case = new_page(java_script_enabled=False), complete_draft()
    Answer.objects.filter(criterion="DEI-1.1").delete()
    page.goto(criterion(case))
    log_in_by_form(page, case.owner.email)
    assert page.url.endswith(criterion(case))
    claim(page, "DEI-1.1", "Sí")
    page.get_by_label("¿Cómo lo hacen?").fill("La firma la dirección.")
    press(page, "Guardar")
    says(page, "Guardado.")
    attach(page)
    page.goto(base(case))
    follow(page, "Revisar y enviar")
    declare(page)
    press(page, "Firmar y enviar la solicitud")
    says(page, "Acuse de envío")
    assert case.fresh().state == State.SUBMITTED


def test_places_are_chosen_without_javascript(new_page, log_in):
    page, member = new_page(java_script_enabled=False), MembershipFactory()
    log_in(page, member.user)
    page.goto(reverse("workplace_create", args=[member.employer_id]))
    page.get_by_label("¿En qué entidad").select_option(label="Oaxaca")
    press(page, "Continuar")
    page.get_by_label("Nombre del centro").fill("Taller")
    page.get_by_label("Municipio o demarcación").select_option(label="Oaxaca de Juárez")
    page.get_by_label("Mujeres que trabajan ahí").fill("4")
    page.get_by_label("Hombres que trabajan ahí").fill("3")
    press(page, "Agregar")
    assert member.employer.workplaces.get().municipality == "20067"


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["wide", "narrow"])
def test_a_criterion_is_answered_with_the_keyboard(new_page, log_in, viewport):
    page, case = new_page(viewport=viewport), draft()
    log_in(page, case.owner)
    open_page(page, criterion(case))
    tab_to(page, "claim_DEI-1.1")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "note")
    page.keyboard.type("Cada año.")
    tab_to(page, "Guardar")
    page.keyboard.press("Enter")
    says(page, "Guardado.")
    answer = Answer.objects.get()
    assert (answer.claims, answer.note) == ({"DEI-1.1": "partly"}, "Cada año.")


def test_the_review_is_done_with_the_keyboard(browser_page, log_in, settings):
    settings.REQUIRE_STAFF_MFA = False
    page, case = browser_page, make_case(State.IN_REVIEW)
    use_of(case.application, "DEI-1.1")
    log_in(page, case.reviewer)
    open_page(page, f"/revision/{case.application.folio}/DEI-1.1/")
    page.keyboard.press("j")
    page.wait_for_url("**/DEI-1.2/")
    page.keyboard.press("k")
    page.wait_for_url("**/DEI-1.1/")
    page.keyboard.press("1")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "pointer")
    page.keyboard.type(POINTER)
    tab_to(page, "reason")
    page.keyboard.type(REASON)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/DEI-1.2/")
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.reason) == ("partly", REASON)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_session_that_ends_loses_no_text(new_page, script):
    page, case = new_page(java_script_enabled=script), draft()
    page.goto("/cuenta/login/")
    log_in_by_form(page, case.owner.email)
    page.goto(criterion(case))
    Session.objects.all().delete()
    claim(page, "DEI-1.1", "En parte")
    page.get_by_label("¿Cómo lo hacen?").fill("Lo que tardé una hora en escribir.")
    press(page, "Guardar")  # rather than answer the page, which saves itself and asks for the password
    page.locator("#id_login").wait_for()
    log_in_by_form(page, case.owner.email)
    says(page, "Tu sesión había terminado")
    assert page.get_by_label("¿Cómo lo hacen?").input_value() == "Lo que tardé una hora en escribir."
    assert not Answer.objects.exists()
    if script:
        look(page)
    press(page, "Guardar")
    says(page, "Guardado.")
    assert Answer.objects.get().claims == {"DEI-1.1": "partly"}


def test_two_people_saving_the_same_criterion(new_page, log_in):
    case, pages = draft(), [new_page(java_script_enabled=False) for _ in range(2)]
    for page, person in zip(pages, (case.owner, case.editor), strict=True):
        log_in(page, person)
        page.goto(criterion(case))
        claim(page, "DEI-1.1", "Sí")
        page.get_by_label("¿Cómo lo hacen?").fill(f"Texto de {person}.")
    for page in pages:
        press(page, "Guardar")
    second = pages[1]
    notice = second.get_by_role("alert")
    assert notice.get_by_text(f"Texto de {case.owner}.").is_visible()
    assert notice.get_by_text(f"Texto de {case.editor}.").is_visible()
    assert Answer.objects.get().note == f"Texto de {case.owner}."
    press(second, "Guardar lo mío")
    says(second, "Guardado.")
    assert Answer.objects.get().note == f"Texto de {case.editor}."


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untouched"])
def test_leaving_with_unsaved_text_asks_first(browser_page, log_in, typed):
    page, case, asked = browser_page, draft(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, case.owner)
    page.goto(criterion(case))
    if typed:
        page.get_by_label("¿Cómo lo hacen?").press_sequentially("a medias")
    follow(page, "Volver a la lista")
    page.wait_for_url(f"**{base(case)}")
    assert asked == (["beforeunload"] if typed else [])


def test_pressing_twice_saves_once(browser_page, log_in):
    page, case = browser_page, complete_draft()
    log_in(page, case.owner)
    page.goto(base(case) + "enviar/")
    declare(page)
    page.get_by_role("button", name="Firmar y enviar la solicitud").dblclick()
    look(page, "Acuse de envío")
    assert case.fresh().submissions.count() == 1


def test_another_employers_addresses_are_not_there(browser_page, log_in):
    page, case = browser_page, complete_draft()
    use = case.application.evidence_uses.first()
    employer = case.application.employer_id
    log_in(page, case.foreigner)
    rests = ("", "enviar/", "acuse/", "participacion/", "medidas/", "resultado/", "criterios/DEI-1.1/",
             f"evidencia/{use.pk}/", f"evidencia/{use.pk}/archivo/")  # fmt: skip
    others = [f"/empresa/{employer}/", f"/empresa/{employer}/documentos/", f"/empresa/documentos/{use.document_id}/"]
    for address in [*(base(case) + rest for rest in rests), *others]:
        assert page.goto(address).status == 404, address
    look(page)
