"""What one file, and one person, can make the portal do: bounded, whatever the file says of itself."""

import io
from types import SimpleNamespace

import pytest

from certification.applications.spreadsheet import layout
from certification.applications.spreadsheet.control import Export
from certification.applications.spreadsheet.opening import MOST_BESIDES, MOST_ELEMENTS, MOST_IN_ROW, opened
from certification.applications.spreadsheet.parsing import MOST_READ
from certification.applications.spreadsheet.reading import MOST_FAULTS, SPARE_ROWS, Reader, SheetRefused
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.certification.applications.spreadsheet.sheets import book_of, exported, filled, saved, upload
from tests.certification.applications.spreadsheet.test_damaged import part, refusal, rewritten
from tests.certification.review.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return complete_draft(NMX)


def with_rows(case, *rows):
    book = book_of(exported(case))
    for row in rows:
        book["Criterios"].append(row)
    return saved(book)


def test_reading_stops_at_the_faults_that_are_told(case):
    """Rows are read one at a time: what is never asked for costs nothing."""
    application = case.fresh()
    export = Export(application.folio, application.standard.fingerprint, AT)
    head = [SimpleNamespace(value=str(column.title), data_type="s") for column in layout.CRITERIA.columns]
    wrong = [SimpleNamespace(value="=1", data_type="f")] * len(head)
    rows = iter([tuple(head), *[tuple(wrong)] * 500])
    with pytest.raises(SheetRefused) as refused:
        Reader(application, export).read(layout.CRITERIA, rows)
    assert (len(refused.value.faults), refused.value.more) == (MOST_FAULTS, True)
    assert len(list(rows)) == 500 - MOST_FAULTS // len(head) - 1


def test_as_many_faults_as_are_told_are_all(client, case):
    client.force_login(case.editor)
    for count, more in ((MOST_FAULTS, False), (MOST_FAULTS + 1, True)):
        file = with_rows(case, *[[f"XX{number}"] for number in range(count)])
        page = client.post(f"{base(case)}hoja/", upload(file)).content.decode()
        assert page.count("no es un código de esta norma") == MOST_FAULTS
        assert ("Hay más. Las que sigan" in page) is more


def test_more_rows_than_an_export_can_have(case):
    gone = [["R99", layout.gone()]] * (SPARE_ROWS + 2_000)
    assert refusal(case, with_rows(case, *gone)) == "Hoja «Criterios»: tiene demasiados renglones."
    assert "demasiados" not in refusal(case, with_rows(case, *gone[:SPARE_ROWS], ["XX"]))


def many(tag, count):
    """Elements that do not pack into next to nothing, which is refused before."""
    return "".join(f"<{tag}>{number * 2654435761 % 2**32:x}</{tag}>" for number in range(count))


@pytest.mark.parametrize(
    ("root", "tag", "most"),
    [
        ("worksheet", "c", MOST_IN_ROW), ("x:worksheet xmlns:x='x'", "x:c", MOST_IN_ROW),
        ("sst", "si", MOST_BESIDES), ("worksheet", "row", MOST_ELEMENTS),
    ],
)  # fmt: skip
def test_more_elements_than_a_sheet_has(case, root, tag, most):
    text = f"<{root}>{many(tag, most + 1)}</{root.partition(' ')[0]}>"
    assert "Ocuparía demasiado" in refusal(case, rewritten(exported(case), None, **{"xl/other.xml": text}))


def test_a_text_longer_than_a_cell_holds_is_not_all_read(case):
    long = b"a" * (2 * MOST_READ)
    book = filled(case, ("Criterios", "R07a", "claim", "Palabra"), ("Criterios", "R07", "note", "Palabra"))
    found = refusal(case, rewritten(book, lambda _name, old: old.replace(b"Palabra", long)))
    assert f"tiene {MOST_READ} caracteres" in found


def test_a_person_uploads_so_many_in_a_while(client, case, settings):
    settings.ACCOUNT_RATE_LIMITS = {"upload_sheet": "2/10m/user"}
    pages = []
    for person in (case.editor, case.editor, case.editor, case.owner):
        client.force_login(person)
        response = client.post(f"{base(case)}hoja/", upload(io.BytesIO(b"no es una hoja")))
        pages.append("Son muchos intentos seguidos" in response.content.decode())
    assert pages == [False, False, True, False]


def test_there_is_a_rate(settings):
    assert settings.ACCOUNT_RATE_LIMITS["upload_sheet"] == "20/10m/user"


def test_a_fault_of_ours_is_not_told_as_damage_of_theirs(case):
    with pytest.raises(KeyError), opened(exported(case), "hoja.xlsx") as book:
        for _row in book.rows("Criterios"):
            raise KeyError


def test_damage_that_shows_while_rows_are_read_is_told(case):
    root = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    damaged = root + b"<sheetData><row><c t='s'><v>99999</v></c></row></sheetData></worksheet>"
    assert "dañada" in refusal(case, rewritten(exported(case), part("sheet3.xml", damaged)))
