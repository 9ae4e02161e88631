"""Out and in again without touching anything changes nothing, whatever was typed in the portal."""

import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from certification.applications.models import Answer, LocalAnswer, MeasureClaim, RequirementRecord
from certification.applications.spreadsheet.reading import read
from certification.applications.spreadsheet.values import plain
from certification.standards.enums import Claim
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.spreadsheet.sheets import book_of, exported, saved
from tests.certification.applications.workplaces import own_answer, several

pytestmark = pytest.mark.django_db
NASTY = st.sampled_from(
    [
        "=1+1", "+52 33 1234", "-lo hacemos", "@todos", "\t=1", "'comilla", '"', "#N/A", "#REF!", "TRUE", "1e5", "007",
        "2026-11-03", "Sí", "No", "a\r\nb", "a\rb", "a\nb\n", "_x000D_", "_x0041_", "_x005F_x000D_", "x005F_",
        "👩🏽\u200d🏭", "\u202eoculto", "﷽", "\xa0", "\u2003", "\ufeff", "\ufffe\uffff", "\x0b\x0c\x1f", "ñ" * 10_000,
        "{=1}", "]]>", "<b>&amp;",
    ]
)  # fmt: skip
# A database takes neither NUL nor half of a pair of code units.
TEXT = st.one_of(NASTY, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
CLAIM = st.sampled_from([*Claim.values, ""])
DAY = st.one_of(st.none(), st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)))
EXAMPLES = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


TABLE_TYPE = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/>'
INLINE = re.compile(r'(<c [^>]*)t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
EXCEL_ESCAPES = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


@pytest.fixture
def case():
    case = several(names=("Planta Norte", "Planta Sur"), case=complete_draft(NMX))
    own_answer(case, "Planta Sur", "R07", {"R07a": "met"})
    return case


def changed(case, file):
    file.seek(0)
    return read(file, "hoja.xlsx", case.fresh()).changes


def as_excel_saves(file):
    """The same workbook with its texts in a table of their own, escaped as Excel escapes them."""
    texts, out = [], io.BytesIO()

    def move(found):
        texts.append(EXCEL_ESCAPES.sub("_x005F_x", found[2]).replace("&#13;", "_x000D_"))
        return f'{found[1]}t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if "worksheets" in name:
                content = INLINE.sub(move, content)
            if name == "[Content_Types].xml":
                content = content.replace("</Types>", f"{TABLE_TYPE}</Types>")
            target.writestr(name, content)
        table = "".join(f"<si>{text}</si>" for text in texts)
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET_MAIN_NS}">{table}</sst>')
    return out


def test_the_texts_of_excel_are_moved(case):
    with zipfile.ZipFile(as_excel_saves(exported(case))) as archive:
        assert b"inlineStr" not in b"".join(archive.read(name) for name in archive.namelist())
        assert archive.read("xl/sharedStrings.xml").count(b"<si>") > 300


@EXAMPLES
@given(texts=st.lists(TEXT, min_size=4, max_size=4), claims=st.lists(CLAIM, min_size=4, max_size=4), day=DAY)
def test_nothing_touched_is_nothing_changed(case, texts, claims, day):
    said = {f"R07{part}": claim for part, claim in zip("abc", claims, strict=False) if claim}
    Answer.objects.filter(criterion="R07").update(claims=said, note=texts[0])
    LocalAnswer.objects.update(claims=said, note=texts[1], is_in_force=bool(said))
    RequirementRecord.objects.filter(requirement="P1").update(
        issued_on=day, reference=texts[2][:100], is_present=bool(said)
    )
    MeasureClaim.objects.filter(measure="M4").update(note=texts[3], is_claimed=True if said else None)
    file = exported(case)
    assert changed(case, file) == []
    assert changed(case, saved(book_of(file))) == []
    assert changed(case, as_excel_saves(file)) == []


@EXAMPLES
@given(text=TEXT)
def test_what_is_typed_arrives(case, text):
    book = book_of(exported(case))
    sheet = book["Criterios"]
    number = next(row[0].row for row in sheet.iter_rows() if row[0].value == "R08")
    cell = sheet[f"F{number}"]
    cell.value, wanted = plain(text), plain(text)
    cell.data_type = "s"
    found = [change.value for change in changed(case, saved(book))]
    assert found == ([wanted] if wanted != "Así lo hacemos." else [])


def test_nul_never_comes_in(case):
    out = io.BytesIO()
    with zipfile.ZipFile(exported(case)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b" lo hacemos.", b"_x0000_b"))
    notes = {change.value for change in changed(case, out) if change.part == "note"}
    assert notes == {"Asíb"}
