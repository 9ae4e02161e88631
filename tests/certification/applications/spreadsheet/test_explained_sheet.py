"""The sheet «Explicación»: the tree of the score, to be read alone."""

import zipfile

import pytest
from django.utils import timezone, translation

from certification.applications import dossier
from certification.applications.models import Answer
from certification.applications.spreadsheet.reading import read
from tests.certification.applications.cases import NMX, complete_draft, draft
from tests.certification.applications.spreadsheet.sheets import book_of, exported, saved
from tests.certification.applications.workplaces import own_answer, several

pytestmark = pytest.mark.django_db
HEAD = ("Parte", "Qué", "Vale", "Cuenta", "Regla", "Qué pide la norma", "Norma y versión")


@pytest.fixture
def case():
    case = several(names=("Planta Norte", "Planta Sur"), case=complete_draft(NMX))
    own_answer(case, "Planta Sur", "R07", {"R07a": "partly", "R07b": "not_met"})
    return case


def told(file):
    """The rows below the head: number, label, value without its mark, arithmetic, rule."""
    rows = list(book_of(file)["Explicación"].iter_rows(values_only=True))
    assert rows[0] == HEAD
    return [tuple((value or "").removesuffix("°") for value in row[:5]) for row in rows[1:]]


def numbered(node, number=""):
    said = (node.label, node.value, node.arithmetic, node.rule)
    yield (number, *map(str, said))
    for at, child in enumerate(node.children, start=1):
        yield from numbered(child, f"{number}.{at}".lstrip("."))


def tree_of(case):
    """What the page of points shows: the explanation of the same score."""
    return dossier.load(case.fresh(), timezone.localdate()).score.explanation


@pytest.mark.parametrize("name", [NMX, "distintivo-efr"])
def test_it_is_the_tree_of_the_page_part_by_part(name):
    case = complete_draft(name)
    with translation.override("es-mx"):
        expected = list(numbered(tree_of(case)))
    assert len(expected) > 20
    assert told(exported(case)) == expected


def test_where_workplaces_differ_it_says_what_counts(case):
    with translation.override("es-mx"):
        assert told(exported(case)) == list(numbered(tree_of(case)))
    assert "En Planta Sur" in {row[1] for row in told(exported(case))}


def test_an_empty_draft_has_its_tree_in_spanish_also_for_english_readers():
    case = draft(NMX)
    with translation.override("en"):
        rows = told(exported(case))
    assert [row[1] for row in rows if row[0].count(".") == 0] == [
        "Nivel", "Puerta 1: participación", "Puerta 2: criterios", "Puerta 3: medidas", "Niveles",
    ]  # fmt: skip


def test_each_row_names_the_version_and_working_values_their_mark():
    case = complete_draft(NMX)
    rows = list(book_of(exported(case))["Explicación"].iter_rows(min_row=2, values_only=True))
    standard = case.application.standard
    assert {row[6] for row in rows} == {f"{standard.document.code}, {standard.version}"}
    criterion = standard.document.criterion("R07")
    (row,) = [row for row in rows if row[1].startswith("R07 ")]
    assert row[2].endswith("°")
    assert row[5] == criterion.guidance


def test_parts_are_indented_and_nothing_is_open_or_a_formula():
    case = complete_draft(NMX)
    Answer.objects.filter(criterion="R07").update(note="=1+1")
    file = exported(case)
    sheet = book_of(file)["Explicación"]
    deep = {str(row[0].value or ""): row[1].alignment.indent for row in sheet.iter_rows(min_row=2)}
    assert (deep[""], deep["1"], deep["2.1"], deep["2.1.1.1"]) == (0, 2, 4, 8)
    assert sheet.protection.sheet
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(file) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_what_is_typed_into_it_is_not_taken(case):
    book = book_of(exported(case))
    sheet = book["Explicación"]
    for number, value in enumerate(("=1+1", 100, "100 de 100°", "=HYPERLINK(A1)"), start=2):
        sheet[f"C{number}"] = value
    sheet.delete_rows(10, 5)
    found = read(saved(book), "hoja.xlsx", case.fresh())
    assert (found.changes, found.unread) == ([], [])


def test_a_workbook_without_it_comes_back_as_well(case):
    book = book_of(exported(case))
    del book["Explicación"]
    book["Criterios"]["F2"] = "Así lo hacemos"
    assert len(read(saved(book), "hoja.xlsx", case.fresh()).changes) == 1
