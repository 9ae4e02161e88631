"""What every paper has in common: archival, tagged, the same bytes, and no way out."""

from io import BytesIO

import pikepdf
import pytest

from certification.papers.render import ClosedFetcher, render
from tests.certification.papers.papers import DATA, paper

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'


def test_a_paper_is_pdf_a_3u_tagged_and_carries_its_data():
    with pikepdf.open(BytesIO(render(paper()))) as made:
        meta = made.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "U")
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "es-MX"
        assert made.attachments["datos.json"].get_file().read_bytes() == DATA
        assert str(made.Root.AF[0].AFRelationship) == "/Data"


def test_a_paper_without_data_has_no_attachment():
    with pikepdf.open(BytesIO(render(paper(data=None)))) as made:
        assert not made.attachments
        assert made.open_metadata()["pdfaid:part"] == "3"


def test_equal_papers_are_equal_bytes_and_drawings_are_drawn():
    html = '<html lang="es"><title>M</title><img src="asset:a.svg" alt="a"></html>'
    drawn = render(paper(html=html, drawings={"a.svg": DRAWING}))
    assert drawn == render(paper(html=html, drawings={"a.svg": DRAWING}))
    assert drawn != render(paper(html=html, drawings={"a.svg": DRAWING.replace("h2v2", "h1v1")}))


def test_a_style_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match=r"static/css/nada\.css"):
        render(paper(style="nada"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/", "ftp://127.0.0.1/", "FILE:///etc/passwd"])
def test_the_fetcher_is_closed(url):
    with pytest.raises(ValueError, match="disallowed protocol"):
        ClosedFetcher({}).fetch(url)


def test_the_fetcher_knows_only_its_assets():
    with pytest.raises(KeyError):
        ClosedFetcher({"a": ("text/plain", b"")}).fetch("asset:../settings.py")
