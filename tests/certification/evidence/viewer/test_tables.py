"""Spreadsheets and Word files as tables and paragraphs, read where a file may break what reads it."""

import io

import openpyxl
import pytest
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.previews import NoPreviewError, sheets_of
from certification.evidence.viewer.shown import Asked, shown
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def add():
    member = MembershipFactory()
    return lambda name, content: actions.add_document(
        member.employer, upload(name, content), actor=member.user, at=timezone.now()
    )


def workbook(*sheets):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_workbook_has_its_sheets_and_no_formula_is_computed(add):
    content = workbook(("Personal", [["Puesto", 12_000], [None, "=1+1"]]), ("Vacía", []))
    personal, empty = sheets_of(add("datos.xlsx", content))
    assert (personal.title, personal.blocks, personal.is_whole) == ("Personal", [[["Puesto", "12000"]]], True)
    assert (empty.title, empty.blocks) == ("Vacía", [[]])


def test_wide_and_long_sheets_are_cut_and_say_so(add):
    (sheet,) = sheets_of(add("datos.xlsx", workbook(("Ancha", [["x"] * 60] * 2_100))))
    assert (len(sheet.blocks[0][0]), sheet.is_whole) == (40, False)
    assert sum(map(len, sheet.blocks[0])) <= 40_000


def test_comma_separated_with_semicolons(add):
    (sheet,) = sheets_of(add("datos.csv", "\ufeffNombre;Días\nAna;3\n".encode()))
    assert sheet.blocks == [[["Nombre", "Días"], ["Ana", "3"]]]


def test_word_keeps_paragraphs_and_tables_in_their_order(add):
    table = "<tbl><tr><tc><p><r><t>Puesto</t></r></p></tc><tc><p><r><t>Sueldo</t></r></p></tc></tr></tbl>"
    text = f"Antes</t></r></p>{table}<p><r><t>Después"
    (sheet,) = sheets_of(add("carta.docx", files.docx(text=text)))
    assert sheet.blocks == ["Antes", [["Puesto", "Sueldo"]], "Después"]


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("x" * 4_000, True),
        ("x" * 4_001, False),
        (f"</t></r></p><tbl><tr>{'<tc><p><r><t>x</t></r></p></tc>' * 41}</tr></tbl><p><r><t>", False),
        (f"</t></r></p><tbl><tr><tc><p><r><t>{'x' * 501}</t></r></p></tc></tr></tbl><p><r><t>", False),
    ],
    ids=["paragraph", "long paragraph", "wide table", "long cell"],
)
def test_what_is_cut_in_a_word_file_is_said(add, text, is_whole):
    (sheet,) = sheets_of(add("carta.docx", files.docx(text=text)))
    assert (len(sheet.blocks), sheet.is_whole) == (1, is_whole)


def test_what_breaks_the_reader_is_contained(add, settings):
    revision = add("datos.xlsx", workbook(("A", [["x"]])))
    revision.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with pytest.raises(NoPreviewError):
        sheets_of(revision)
    assert shown(revision, Asked(), str).text is None


def test_a_long_sheet_is_shown_in_parts_that_are_searched_together(add):
    revision = add("datos.xlsx", workbook(("Personal", [[f"Puesto {row}"] for row in range(1, 251)])))
    view = shown(revision, Asked(page=3, query="201"), str)
    assert (view.part.number, view.part.count, view.text.start, len(view.text.blocks[0].rows)) == (3, 3, 201, 50)
    assert [hit.page for hit in view.hits] == [3]
