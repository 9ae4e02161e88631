"""The sheet through an office program that people have: opened and saved by LibreOffice, it says what it said."""

import io
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from certification.applications.models import Answer, LocalAnswer
from certification.applications.spreadsheet import layout
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.large import large_case
from tests.certification.applications.spreadsheet.sheets import book_of, changes, exported, filled
from tests.certification.applications.workplaces import own_answer, several

pytestmark = pytest.mark.django_db
PROGRAM = shutil.which("soffice")
FILTER = "xlsx:Calc MS Excel 2007 XML"
NOTES = [
    "=1+1", "+52 33 1234", "-lo hacemos", "@todos", "'comilla", "#N/A", "TRUE", "1e5", "007", "2026-11-03", "a\r\nb",
    "a\nb\n", "a\tb", "  dos  ", "\xa0", "👩🏽\u200d🏭", "_x000D_", "_x0041_", "{=1}", "]]>", "<b>&amp;", "ñ" * 10_000,
]  # fmt: skip


@pytest.fixture
def office(tmp_path):
    """What opens a workbook in the program and saves it there."""
    if not PROGRAM:
        # A plain skip: half a gigabyte for one judge is more than `make test` should install on every machine.
        pytest.skip("No LibreOffice here (soffice): install libreoffice-calc to have it open and save the sheet")

    def resave(file):
        (tmp_path / "hoja.xlsx").write_bytes(file.getvalue())
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"  # its own: another copy may be open
        command = [PROGRAM, "--headless", "--norestore", profile, "--convert-to", FILTER]
        command += ["--outdir", str(tmp_path / "saved"), str(tmp_path / "hoja.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return io.BytesIO((tmp_path / "saved" / "hoja.xlsx").read_bytes())

    return resave


@pytest.fixture
def case():
    """Three workplaces, one of which answers otherwise, and notes that a program could take for something else."""
    case = several(names=("Planta Norte", "Planta Sur", "Planta Este"), case=complete_draft(NMX))
    for answer, note in zip(Answer.objects.order_by("pk"), NOTES, strict=False):
        Answer.objects.filter(pk=answer.pk).update(note=note)
    for code, note in zip(("R07", "R08", "R09", "R10"), NOTES[-8::2], strict=True):
        own_answer(case, "Planta Sur", code, {}, note=note)
    return case


def look_of(cell):
    number_format = cell.number_format.replace("\\", "")  # «yyyy\-mm\-dd» is the same
    colours = [one and one.rgb for one in (cell.fill.start_color, cell.font.color, cell.border.bottom.color)]
    return cell.value, number_format, colours, cell.font.b, cell.protection.locked, cell.alignment.wrap_text


def sheet_of(sheet, written):
    """What a reader sees of it and may do in it, at the cells that were written."""
    cells = {where: look_of(sheet[where]) for where in written}
    columns = sheet.column_dimensions.values()  # one of them may stand for several neighbours of the same width
    widths = {at: round(one.width) for one in columns for at in range(one.min, min(one.max, sheet.max_column) + 1)}
    lists = {(str(one.sqref), one.formula1, one.type) for one in sheet.data_validations.dataValidation}
    return cells, widths, lists, sheet.protection.sheet, sheet.sheet_state == "visible"


def test_saved_there_it_changes_nothing(office, case):
    file = exported(case)
    back = office(file)
    assert changes(case, back) == []
    sent, came = book_of(file), book_of(back)
    assert came.sheetnames == sent.sheetnames
    for name in sent.sheetnames:
        if name != layout.CONTROL:
            written = [cell.coordinate for row in sent[name].iter_rows() for cell in row if cell.has_style]
            assert sheet_of(came[name], written) == sheet_of(sent[name], written), name


def test_what_was_filled_in_before_arrives_after(office, case):
    typed = [("Criterios", "R08a", "claim", "En parte"), ("Criterios", "R08", "note", "+Tres líneas\ny un «=»")]
    back = office(filled(case, *typed))
    assert changes(case, back) == [("R08", "note", "+Tres líneas\ny un «=»"), ("R08", "claim:R08a", "partly")]


def test_a_large_one_comes_back(office):
    """200 criteria and forty workplaces, each of which answers some of them otherwise."""
    case = several(names=[f"Sucursal {number}" for number in range(40)], case=large_case(200, 0))
    said = {"version": 1, "updated_at": case.application.created_at, "updated_by": case.editor, "note": "-Aquí no."}
    LocalAnswer.objects.bulk_create(
        LocalAnswer(application=case.application, workplace=place, criterion=f"C{number:03}", claims={}, **said)
        for place in case.application.workplaces.all()
        for number in range(0, 200, 40)
    )
    back = office(exported(case))
    assert load_workbook(back, read_only=True)["Centros"].max_row > 800
    assert changes(case, back) == []
