"""The words of each kind of file, page by page, read in a process of its own and kept beside the content."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from certification.evidence import actions, text
from certification.evidence.models import Revision
from certification.evidence.text import NoTextError, kept_text, page_texts, read_text
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """Put a file into the library and read it."""
    member = MembershipFactory()

    def read(name, content):
        revision = actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())
        return read_text(revision)

    return read


def workbook():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Puesto", "Pago"])
    book.active.append(["Analista", 12_000])
    book.create_sheet("Otra").append(["Ñandú"])
    book.save(out)
    return out.getvalue()


def test_pdf_page_by_page(read):
    said = read("acta.pdf", files.pdf_saying("Añoranza del pingüino", "Segunda página"))
    assert (said.pages, said.is_whole) == (["Añoranza del pingüino", "Segunda página"], True)


def test_form_and_notes_are_read_too(read):
    said = read("formato.pdf", files.pdf_with_form("Lo escrito", note="Una nota"))
    assert "Lo escrito" in said.pages[0]
    assert "Una nota" in said.pages[0]


def test_scan_has_pages_without_text(read):
    said = read("escaneo.pdf", files.pdf(2))
    assert (said.pages, said.is_empty) == (["", ""], True)


def test_word_with_tables_headers_and_comments(read):
    head = f'<hdr xmlns="{files.BODY}"><p><r><t>Membrete</t></r></p></hdr>'
    row = "</t></r></p><tbl><tr><tc><p><r><t>Uno</t></r></p></tc><tc><p><r><t>Dos</t></r></p></tc></tr></tbl><p><r><t>"
    content = files.docx({"word/header1.xml": head}, text=f"Antes{row}Después")
    assert read("acta.docx", content).pages == ["Antes\nUno \tDos \t\nDespués\n\nMembrete\n"]


def test_each_sheet_is_a_page(read):
    assert read("pagos.xlsx", workbook()).pages == ["Puesto\tPago\nAnalista\t12000", "Ñandú"]


def test_each_slide_is_a_page_in_order_with_its_notes(read):
    content = files.pptx(["Primera", "Segunda"], notes={1: "Dicho aparte"})
    assert read("curso.pptx", content).pages == ["Primera\n", "Segunda\n\nDicho aparte\n"]


def test_open_document(read):
    assert [page.strip() for page in read("acta.odt", files.odt()).pages] == ["Hola"]


def test_plain_text_and_tables(read):
    assert read("notas.txt", "\ufeffAñoranza\n".encode()).pages == ["Añoranza\n"]
    assert read("datos.csv", b"a,b\n1,2\n").pages == ["a,b\n1,2\n"]


def test_photograph_has_none(read):
    assert read("foto.png", files.image()).pages == []


def test_long_text_is_cut_and_says_so(read):
    said = read("largo.txt", b"a" * 2_100_000)
    assert (len(said.pages[0]), said.is_whole) == (2_000_000, False)


def test_text_is_read_once_and_kept(read):
    member = MembershipFactory()
    revision = actions.add_document(member.employer, upload(), actor=member.user, at=timezone.now())
    first = read_text(revision)
    default_storage.delete(revision.file)
    assert read_text(revision) == first == kept_text(revision)
    assert page_texts(revision) == first.pages


def test_text_of_a_content_that_is_gone_is_swept(read):
    read("notas.txt", b"hola")
    name = text.text_name(Revision.objects.get())
    later = timezone.now() + dt.timedelta(days=2)
    assert text.sweep_texts(at=later) == 0
    Revision.objects.all().delete()
    assert (text.sweep_texts(at=timezone.now()), default_storage.exists(name)) == (0, True)
    assert (text.sweep_texts(at=later), default_storage.exists(name)) == (1, False)


def test_what_was_not_read_has_no_pages():
    assert page_texts(RevisionFactory()) == []


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnada", b""])
def test_file_that_breaks_the_reader(content):
    revision = RevisionFactory(file="evidence/0/roto")
    default_storage.save(revision.file, io.BytesIO(content))
    with pytest.raises(NoTextError):
        read_text(revision)
    assert kept_text(revision) is None


def test_reader_that_takes_too_long_is_stopped(monkeypatch, read):
    monkeypatch.setattr(text, "SECONDS", 0.01)
    with pytest.raises(NoTextError, match="TimeoutExpired"):
        read("notas.txt", b"hola")
