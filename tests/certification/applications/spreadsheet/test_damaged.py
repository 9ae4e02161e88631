"""Files that are broken, hostile or something else: each is refused in words, and nothing in them runs."""

import io
import zipfile

import pytest

from certification.applications.spreadsheet.opening import MOST_UNPACKED
from certification.applications.spreadsheet.reading import SheetRefused, read
from certification.evidence.checks import UploadRefused
from tests.certification.applications.cases import complete_draft
from tests.certification.applications.spreadsheet.sheets import book_of, exported, saved
from tests.certification.evidence import files

pytestmark = pytest.mark.django_db
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    b"<worksheet><sheetData><row><c><v>&d;</v></c></row></sheetData></worksheet>"
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FETCHING = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>'


@pytest.fixture
def case():
    return complete_draft()


def rewritten(file, change=None, **added):
    """The same archive with parts changed by ``change(name, content)`` and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            content = change(name, content) if change else content
            if content is not None:
                target.writestr(name, content)
        for name, content in added.items():
            target.writestr(name, content)
    out.seek(0)
    return out


def refusal(case, file, name="hoja.xlsx"):
    with pytest.raises((UploadRefused, SheetRefused)) as caught:
        read(file, name, case.fresh())
    found = caught.value
    return " ".join(found.faults) if isinstance(found, SheetRefused) else str(found)


def part(wanted, content):
    return lambda name, old: content if name.endswith(wanted) else old


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file(case, share):
    whole = exported(case).getvalue()
    assert refusal(case, io.BytesIO(whole[: int(len(whole) * share)])).startswith("«hoja.xlsx»: ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hoja.xlsx", b""), ("hoja.xlsx", b"no soy una hoja"), ("hoja.xlsx", files.pdf()),
        ("hoja.xlsx", OLD_EXCEL), ("hoja.xls", OLD_EXCEL),
        ("hoja.csv", b"a;b\n1;2\n"), ("hoja.pdf", files.pdf()), ("hoja.exe", b"MZ"),
    ],
)  # fmt: skip
def test_something_else(case, name, content):
    assert refusal(case, io.BytesIO(content), name).startswith(f"«{name}»: ")


def test_another_workbook(case):
    from openpyxl import Workbook

    assert "no se descargó de aquí" in refusal(case, saved(Workbook()))


@pytest.mark.parametrize("where", ["sheet3.xml", "styles.xml", "workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "content", [BOMB, FETCHING, BOMB.decode().encode("utf-16")], ids=["bomb", "fetching", "utf-16"]
)
def test_an_xml_bomb(case, where, content):
    assert "hoja.xlsx" in refusal(case, rewritten(exported(case), part(where, content)))


def test_a_zip_bomb(case):
    packed = rewritten(exported(case), None, **{"xl/media/a.xml": b"<a>" + b" " * (400 * 2**20) + b"</a>"})
    assert "demasiado" in refusal(case, packed)


def test_too_much_that_is_no_bomb(case):
    lines = "".join(f"{number:x}{'.' * 90}" for number in range(2**17))
    packed = rewritten(exported(case), None, **{f"xl/{n}.xml": f"<a>{lines}</a>" for n in range(9)})
    assert 9 * len(lines) > MOST_UNPACKED
    assert "Ocuparía demasiado" in refusal(case, packed)


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/externalLinks/externalLink1.xml", "xl/connections.xml",
        "xl/embeddings/oleObject1.bin", "xl/embeddings/hoja.xlsx", "xl/queryTables/queryTable1.xml",
        "xl/ctrlProps/ctrlProp1.xml", "xl/activeX/activeX1.xml",
    ],
)  # fmt: skip
def test_what_runs_or_is_fetched(case, name):
    assert "hoja.xlsx" in refusal(case, rewritten(exported(case), None, **{name: b"<a/>"}))


def test_a_workbook_with_macros_by_its_type(case):
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    changed = rewritten(
        exported(case), lambda name, old: old.replace(plain, macro) if name == "[Content_Types].xml" else old
    )
    assert "no corresponde" in refusal(case, changed)
    assert "hoja.xlsm" in refusal(case, exported(case), "hoja.xlsm")


@pytest.mark.parametrize("title", ["Participación", "Criterios", "Centros", "Medidas"])
def test_a_missing_sheet(case, title):
    book = book_of(exported(case))
    del book[title]
    assert refusal(case, saved(book)) == f"Falta la hoja «{title}». Descarga otra y no quites hojas."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b't="inlineStr"', b't="s"'), (b'r="A3"', b'r="QQQQ99999999"'), (b'r="A3"', b'r="?"'), (b' s="', b' s="9'),
        (b"<sheetData>", b"<sheetData><row r='x'>"), (b"</worksheet>", b""), (b'r="A3"', b'r="A-3"'),
    ],
)  # fmt: skip
def test_parts_that_say_what_they_cannot_mean(case, old, new):
    """Refused in words, or read as the same: never a fault of ours."""
    changed = rewritten(exported(case), lambda name, part: part.replace(old, new) if "sheet3" in name else part)
    try:
        found = read(changed, "hoja.xlsx", case.fresh()).changes
    except (UploadRefused, SheetRefused) as refused:
        found = [one for one in [str(refused)] if "hoja.xlsx" not in one and "Hoja Criterios" not in one]
    assert found == []


def test_a_row_far_below_costs_nothing(case):
    book = book_of(exported(case))
    book["Criterios"]["E1048576"] = "Sí"
    assert refusal(case, saved(book)) == "Hoja «Criterios»: tiene demasiados renglones."


def test_a_sheet_that_somebody_added_is_left_unread(case):
    book = book_of(exported(case))
    book.create_sheet("Mis notas")["A1"] = "=1+1"
    found = read(saved(book), "hoja.xlsx", case.fresh())
    assert (found.changes, found.unread) == ([], ["Mis notas"])
