"""Names inside a ZIP: whatever a document is called, its file lands in its folder and can be written anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.applications.bundle.names import path_of


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Política de inclusión 2026", "DEI-1.1/07-Política de inclusión 2026.pdf"),
        ("../../etc/passwd", "DEI-1.1/07--..-etc-passwd.pdf"),
        ("C:\\Windows\\x", "DEI-1.1/07-C--Windows-x.pdf"),
        ("CON", "DEI-1.1/07-CON.pdf"),
        ("uno\n\tdos\x00", "DEI-1.1/07-uno dos.pdf"),
        ("factura\u202efdp.exe", "DEI-1.1/07-factura fdp.exe.pdf"),
        (" . ", "DEI-1.1/07-documento.pdf"),
        ("a" * 300, f"DEI-1.1/07-{'a' * 80}.pdf"),
        ("Tamaño «único»?", "DEI-1.1/07-Tamaño «único»-.pdf"),
    ],
)
def test_a_title_becomes_a_name(title, path):
    assert path_of("DEI-1.1", 7, title, "PDF") == path


@given(st.text(max_size=120), st.text(max_size=20))
def test_no_title_leaves_its_folder(title, extension):
    folder, _slash, name = path_of("DEI-1.1", 1, title, extension).partition("/")
    assert folder == "DEI-1.1"
    assert not set(name) & set('<>:"/\\|?*\x00\n\r\u202e')
    assert name.startswith("01-")
    assert len(name) <= 93


@pytest.mark.parametrize(("code", "folder"), [("../..", "-"), ("..", "otros"), ("R 1/2", "R 1-2")])
def test_a_code_that_is_no_name_has_a_folder(code, folder):
    assert path_of(code, 1, "x", "") == f"{folder}/01-x"
