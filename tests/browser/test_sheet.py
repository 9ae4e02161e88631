"""The pages of the sheet as people see them: nothing to change, three changes, six hundred; wide and on a phone."""

import itertools

import pytest
from django.utils import timezone

from certification.applications.models import Answer, LocalAnswer
from certification.applications.spreadsheet.actions import keep_upload
from certification.applications.spreadsheet.reading import Change, Read
from certification.applications.spreadsheet.values import CLAIM, Kind, digest
from tests.browser.steps import PICTURES, WIDTHS, follow, look, press, says
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.certification.applications.spreadsheet.sheets import exported, filled
from tests.certification.applications.workplaces import several
from tests.fixtures.browser import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THREE = (
    ("Criterios", "R07a", "claim", "En parte"),
    ("Criterios", "R07", "note", "Tabulador nuevo desde 2024; lo revisa Finanzas cada enero."),
    ("Participación", "P1", "issued_on", "2026-02-01"),
)


def changed(case, number):
    """An upload of ``number`` changes, as reading leaves it: claims of workplaces that answer otherwise."""
    lines = [line.code for criterion in case.application.standard.document.criteria for line in criterion.sub_items]
    owner = {line.code: one.code for one in case.application.standard.document.criteria for line in one.sub_items}
    places = case.application.workplaces.values_list("pk", flat=True)
    made = [
        Change(Kind.LOCAL, owner[code], place, f"{CLAIM}{code}", "not_met", digest(""), f"Hoja Centros, celda E{at}")
        for at, (place, code) in enumerate(itertools.product(places, lines), start=2)
    ]
    assert len(made) >= number
    return Read(timezone.now(), made[:number])


@pytest.mark.parametrize("options", **WIDTHS)
def test_from_the_hub_to_what_was_applied(new_page, log_in, tmp_path, options):
    case, page = complete_draft(NMX), new_page(**options)
    file = tmp_path / "hoja.xlsx"
    file.write_bytes(filled(case, *THREE).read())
    Answer.objects.filter(criterion="R07").update(note="Lo cambió otra persona en el portal.", version=7)
    log_in(page, case.editor)
    page.goto(base(case))
    follow(page, "Llenarla en una hoja de cálculo")
    look(page, "En una hoja de cálculo")
    page.set_input_files("input[type=file]", file)
    press(page, "Subir y ver los cambios")
    look(page, "3 cambios por confirmar")
    press(page, "Aplicar lo marcado")
    says(page, "Se aplicaron 2 cambios.")
    look(page)
    found = Answer.objects.get(criterion="R07")
    assert (found.claims["R07a"], found.note) == ("partly", "Lo cambió otra persona en el portal.")


@pytest.mark.parametrize("options", **WIDTHS)
def test_nothing_to_change_and_faults_without_javascript(new_page, log_in, tmp_path, options):
    case, page = complete_draft(NMX), new_page(**options, java_script_enabled=False)
    same, wrong = tmp_path / "igual.xlsx", tmp_path / "formula.xlsx"
    same.write_bytes(exported(case).read())
    wrong.write_bytes(
        filled(case, ("Criterios", "R07a", "claim", "=1+1"), ("Medidas", "M4", "declared", "quizá")).read()
    )
    log_in(page, case.editor)
    page.goto(f"{base(case)}hoja/")
    page.set_input_files("input[type=file]", same)
    press(page, "Subir y ver los cambios")
    says(page, "no hay nada que aplicar")
    page.set_input_files("input[type=file]", wrong)
    press(page, "Subir y ver los cambios")
    says(page, "es una fórmula; escribe el valor.")
    says(page, "dice «quizá»; escribe Sí o No.")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{page.viewport_size['width']}-sheet-faults.png", full_page=True)


@pytest.mark.parametrize("options", **WIDTHS)
def test_six_hundred_changes_are_one_page(new_page, log_in, options):
    case = several([f"Planta {number:02d}" for number in range(16)], case=complete_draft(NMX))
    said = {"actor": case.editor, "at": timezone.now()}
    upload = keep_upload(case.application, "hoja.xlsx", changed(case, 600), **said)
    page = new_page(**options)
    log_in(page, case.editor)
    page.goto(f"{base(case)}hoja/{upload.pk}/")
    check_axe(page)
    if PICTURES:  # of the window alone: the whole page is taller than a picture can be
        page.screenshot(path=f"{PICTURES}/{page.viewport_size['width']}-sheet-600.png")
    assert page.locator("input[name=apply]:checked").count() == 600
    press(page, "Aplicar lo marcado")
    says(page, "Se aplicaron 600 cambios.")
    assert LocalAnswer.objects.filter(is_in_force=True).count() >= 14 * 13
