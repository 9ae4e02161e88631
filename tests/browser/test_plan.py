"""Figures that are asked about, and a gap that becomes a plan: with a keyboard and a mouse, at two widths."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.applications.plan.models import ImprovementAction
from employers.models import WorkforceFigures
from tests.browser.steps import WIDTHS, go, log_in_by_form, look, open_page, press, says
from tests.certification.applications.cases import base, draft
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page, case):
    page.goto("/cuenta/login/")
    log_in_by_form(page, case.editor.email)


@pytest.mark.parametrize("options", **WIDTHS)
def test_a_doubt_is_explained(new_page, options):
    case, page, year = draft(), new_page(**options), timezone.localdate().year
    workplace = WorkplaceFactory(employer=case.application.employer)
    enter(page, case)
    open_page(page, reverse("figures_edit", args=[workplace.employer_id, workplace.pk, year]))
    page.locator("#id_women").fill("12")
    page.locator("#id_men").fill("17")
    page.locator("#leave summary").click()
    page.locator("#id_paternity_leave").fill("18")
    press(page, "Guardar")
    says(page, "Hay algo que no esperábamos")
    look(page)
    page.get_by_role("link", name="Son más licencias de paternidad (18)").click()
    page.keyboard.press("Tab")
    page.get_by_label("Si así es, cuéntanos por qué").fill("También las de quienes ya salieron.")
    press(page, "Guardar")
    look(page, workplace.name)
    assert WorkforceFigures.objects.get().explanations.get().text == "También las de quienes ya salieron."
    page.get_by_text("Ver todas las cifras").click()
    look(page)


@pytest.mark.parametrize(
    "options", [*WIDTHS["argvalues"], {"java_script_enabled": False}], ids=["wide", "phone", "bare"]
)
def test_of_two_who_give_the_same_figures_the_second_chooses(new_page, options):
    case, page, year = draft(), new_page(**options), timezone.localdate().year
    figures = WorkforceFiguresFactory(workplace__employer=case.application.employer, year=year, men=20)
    enter(page, case)
    page.goto(reverse("figures_edit", args=[figures.workplace.employer_id, figures.workplace_id, year]))
    page.locator("#id_women").fill("15")
    page.locator("#id_note").fill("Contamos a las que están de licencia")
    others = {"women": 14, "women_promoted": 2, "version": 9, "saved_from": "another window"}
    WorkforceFigures.objects.update(**others)  # somebody else saves meanwhile
    press(page, "Guardar")
    says(page, "Alguien guardó cambios mientras escribías")
    if options.get("java_script_enabled", True):
        look(page)
    page.get_by_label("Mujeres, lo guardado ahora").check()
    press(page, "Guardar")
    says(page, "Guardaste las cifras")
    kept = WorkforceFigures.objects.get()
    assert (kept.women, kept.women_promoted, kept.note) == (14, 2, "Contamos a las que están de licencia")


@pytest.mark.parametrize(
    "options", [*WIDTHS["argvalues"], {"java_script_enabled": False}], ids=["wide", "phone", "bare"]
)
def test_a_gap_becomes_a_plan(new_page, options):
    case, page = draft(), new_page(**options)
    enter(page, case)
    page.goto(base(case) + "criterios/DEI-1.1/")
    page.get_by_label("¿Cómo lo hacen?").fill("Todavía no lo hacemos")
    press(page, "Hacer un plan para esto DEI-1.1")
    assert case.application.answers.get(criterion="DEI-1.1").note == "Todavía no lo hacemos"
    page.get_by_label("¿Qué van a hacer?").fill("Escribir la política")
    page.get_by_label("¿Quién se encarga?").select_option(label=str(case.owner))
    page.get_by_label("¿Para cuándo?").fill("2026-12-18")
    press(page, "Agregar al plan")
    page.locator("aside").get_by_role("link", name="Escribir la política").wait_for()
    page.goto(reverse("improvement_plan", args=[case.application.employer_id]))
    page.get_by_role("link", name="Escribir la política").wait_for()
    go(page.get_by_role("button", name="Ya está hecha"))
    action = ImprovementAction.objects.get()
    assert (action.state, action.owner, action.criterion) == ("done", case.owner, "DEI-1.1")


@pytest.mark.parametrize("options", **WIDTHS)
def test_the_pages_of_a_plan_can_be_read(new_page, options):
    case, page = draft(), new_page(**options)
    employer = case.application.employer
    enter(page, case)
    open_page(page, reverse("improvement_plan", args=[employer.pk]))
    open_page(page, reverse("improvement_create", args=[employer.pk]))
    page.get_by_label("¿Qué van a hacer?").fill("Dar el curso")
    press(page, "Agregar al plan")
    look(page, "Plan de mejora")
    go(page.get_by_role("link", name="Dar el curso"))
    look(page)
    page.get_by_text("Ya no se hará").click()
    page.get_by_label("Motivo").fill("Lo dará el comité")
    press(page, "Descartar la acción")
    page.goto(reverse("improvement_plan", args=[employer.pk]) + "?estado=todas")
    says(page, "Lo dará el comité")
    look(page)
