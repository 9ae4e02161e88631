"""The workbook that goes out: whole, safe, and locked where there is nothing to type."""

import datetime as dt
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from certification.applications.enums import State
from certification.applications.models import Answer, LocalAnswer, MeasureClaim, Observation, RequirementRecord
from certification.applications.owners.models import ItemOwner
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.spreadsheet.sheets import book_of, changes, exported, row_of
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
# Fields that the rows of a workbook do not say, since the workbook says them once for all: whose rows they are.
SAID_ONCE = {"id", "application"}


def texts(book):
    """Every text of the workbook, hidden sheet included."""
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def marked(record, **fields):
    """Give every field of a row a value that stands nowhere else."""
    values = {"version": 731, "saved_from": f"page-{type(record).__name__}", "saved_step": 917}
    values |= {"updated_at": dt.datetime(2021, 2, 3, 14, 5, tzinfo=dt.UTC)}
    for name, value in (values | fields).items():
        setattr(record, name, value)
    record.save()
    return record


def fields_of(model):
    return {field.name for field in model._meta.fields} - SAID_ONCE


def cells(book, sheet, code, place=None):
    number = row_of(book[sheet], code, place)
    return [cell.value for cell in book[sheet][number]]


def control_row(book, kind, code):
    return next(row for row in book["Control"].iter_rows(values_only=True) if row[:2] == (kind, code))


def assert_every_field(book, kind, sheet, record, shown):
    """``shown`` says, for each field of its own, what the cells of its row hold."""
    code = shown.pop("code")
    row, hidden = cells(book, sheet, code), control_row(book, kind, code)
    page, _slash, step = hidden[4].rpartition("/")
    common = {"version": hidden[3], "saved_from": page, "saved_step": step}
    common |= {"updated_at": row[-2], "updated_by": row[-1]}
    expected = {
        "version": "731",
        "saved_from": record.saved_from,
        "saved_step": "917",
        "updated_at": timezone.localtime(record.updated_at).strftime("%Y-%m-%d %H:%M"),
        "updated_by": str(record.updated_by),
    }
    assert common == expected
    assert all(value in row for value in shown.values())
    assert set(common) | set(shown) == fields_of(type(record))


def test_every_stored_field_of_letters_and_measures_is_there():
    case = complete_draft(NMX)
    letter = marked(RequirementRecord.objects.get(requirement="P1"), issued_on=dt.date(2026, 1, 2), reference="F-77")
    claim = marked(MeasureClaim.objects.get(measure="M4"), is_claimed=False, note="Cada mes")
    book = book_of(exported(case))
    shown = {"issued_on": dt.datetime(2026, 1, 2), "reference": "F-77", "is_present": "Sí"}  # noqa: DTZ001 - a cell
    assert_every_field(book, "requirement", "Participación", letter, {"code": "P1", "requirement": "P1", **shown})
    shown = {"measure": "M4", "is_claimed": "No", "note": "Cada mes"}
    assert_every_field(book, "measure", "Medidas", claim, {"code": "M4", **shown})


def test_every_stored_field_of_answers_is_there():
    case = several(case=complete_draft(NMX))
    answer = marked(Answer.objects.get(criterion="R07"), claims={"R07a": "partly"}, note="Tabulador")
    local = own_answer(case, "Planta Sur", "R08", {"R08a": "not_met"}, note="En obra")
    marked(local, is_in_force=False)
    book = book_of(exported(case))
    assert cells(book, "Criterios", "R07a")[4] == "En parte"
    assert cells(book, "Centros", "R08a")[4] == "Todavía no"
    shown = {"code": "R07", "criterion": "R07", "claims": None, "note": "Tabulador"}
    assert_every_field(book, "answer", "Criterios", answer, shown)
    place = cells(book, "Centros", "R08")[0]
    assert place.endswith("Planta Sur")
    shown = {"code": "R08", "criterion": "R08", "claims": None, "note": "En obra", "is_in_force": "No"}
    assert_every_field(book, "local", "Centros", local, {**shown, "workplace": place})


def test_what_the_version_no_longer_asks_is_there_to_be_read():
    case = several(case=complete_draft(NMX))
    Answer.objects.filter(criterion="R07").update(criterion="VIEJO", claims={"VIEJOa": "met"}, note="De antes")
    own_answer(case, "Planta Sur", "VIEJO2", {"VIEJO2": "partly"}, note="De antes, aquí")
    RequirementRecord.objects.filter(requirement="P1").update(requirement="P99", reference="F-99")
    Answer.objects.filter(criterion="R08").update(claims={"R08a": "met", "R08zz": "partly"})
    own_answer(case, "Planta Sur", "R08", {"R08yy": "not_met"})
    file = exported(case)
    assert changes(case, file) == []
    book = book_of(file)
    assert cells(book, "Criterios", "R08zz")[4] == "En parte"
    assert cells(book, "Centros", "R08yy")[4] == "Todavía no"
    assert cells(book, "Criterios", "VIEJO")[5] == "De antes"
    assert cells(book, "Criterios", "VIEJOa")[4] == "Sí"
    assert cells(book, "Centros", "VIEJO2")[4:6] == ["En parte", "De antes, aquí"]
    assert cells(book, "Participación", "P99")[6] == "F-99"


def test_the_guidance_stands_beside_each_criterion():
    case = complete_draft(NMX)
    criterion = case.application.standard.document.criterion("R07")
    membership = case.application.employer.memberships.get(user=case.editor)
    now = timezone.now()
    said = {"membership": membership, "assigned_at": now, "assigned_by": case.owner}
    ItemOwner.objects.create(application=case.application, item="R07", **said)
    row = cells(book_of(exported(case)), "Criterios", "R07")
    assert {criterion.title, criterion.guidance, criterion.why, criterion.example, criterion.enough} <= set(row)
    assert row[3] == f"{criterion.max_points:g}°"
    assert row[10:12] == [str(case.editor), 1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "{=1}"])
def test_text_is_written_as_text(text):
    case = complete_draft(NMX)
    Answer.objects.filter(criterion="R07").update(note=text)
    RequirementRecord.objects.filter(requirement="P1").update(reference=text)
    case.application.employer.legal_name = text
    case.application.employer.save()
    file = exported(case)
    with zipfile.ZipFile(file) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "/worksheets/" in name]
    assert not any(b"<f>" in sheet or b't="e"' in sheet for sheet in sheets)
    book = book_of(file)
    found = book["Criterios"][f"F{row_of(book['Criterios'], 'R07')}"]
    assert (found.value, found.data_type) == (text, "s")


def test_only_what_can_be_typed_is_open():
    book = book_of(exported(several(case=complete_draft(NMX))))
    sheet, number = book["Criterios"], row_of(book["Criterios"], "R07")
    assert all(one.protection.sheet for one in book)
    assert [cell.column_letter for cell in sheet[number] if not cell.protection.locked] == ["F"]
    assert [cell.column_letter for cell in sheet[number + 1] if not cell.protection.locked] == ["E"]
    measures = book["Medidas"]
    assert all(cell.protection.locked for cell in measures[row_of(measures, "M1")])
    assert book["Control"].sheet_state == "veryHidden"
    assert {one.freeze_panes for one in book if one.title not in {"Léeme", "Control"}} == {"C2"}
    claims = [one for one in sheet.data_validations.dataValidation if one.formula1 == '"Sí,En parte,Todavía no"']
    assert f"E{number + 1}" in claims[0].sqref


def test_with_observations_only_what_was_observed_is_open():
    case = make_case(State.OBSERVED, name=NMX)
    said = {"round": 1, "pointer": "p. 1", "rule": "R", "reason": "Falta", "created_at": timezone.now()}
    Observation.objects.create(application=case.application, item="R07", created_by=case.reviewer, **said)
    sheet = book_of(exported(case))["Criterios"]
    opened = {sheet[f"A{cell.row}"].value for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert opened == {"R07", "R07a", "R07b", "R07c"}


def test_figures_and_what_it_was_exported_from_are_told():
    case = several(case=complete_draft(NMX))
    found = texts(book_of(exported(case)))
    standard = case.application.standard
    assert {case.application.folio, standard.fingerprint, standard.version} <= set(found)
    figures = book_of(exported(case))["Cifras"]
    assert [row[0].split(" ", 1)[1] for row in figures.iter_rows(min_row=2, values_only=True)] == [
        "Planta Este", "Planta Norte", "Planta Sur",
    ]  # fmt: skip
    assert figures["D2"].value == 50


def count_queries(case):
    application = case.fresh()
    with CaptureQueriesContext(connection) as asked:
        exported(case)
    assert application
    return len(asked)


def test_queries_grow_with_workplaces_alone():
    case = several(case=complete_draft(NMX))
    few = count_queries(case)
    for code in ("R07", "R08", "R09", "R10"):
        own_answer(case, "Planta Sur", code, {f"{code}a": "met"})
    LocalAnswer.objects.filter(criterion="R07").update(note="x")
    assert count_queries(case) == few


def test_it_opens_for_reading_row_by_row():
    book = load_workbook(exported(several(case=complete_draft(NMX))), read_only=True)
    assert book.sheetnames == [
        "Léeme", "Participación", "Criterios", "Centros", "Medidas", "Cifras", "Explicación", "Control",
    ]  # fmt: skip
    book.close()
