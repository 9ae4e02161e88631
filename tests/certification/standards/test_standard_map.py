"""The map on paper: everything that is asked, on one page where it fits; the same bytes for the same document."""

from io import BytesIO

import pikepdf
import pytest
import zxingcpp
from django.conf import settings as django_settings

from certification.papers.render import page_count, render
from certification.standards import actions
from certification.standards.languages import words_of
from certification.standards.models import Standard
from certification.standards.pdf import map_paper
from certification.standards.reading import parse_yaml
from tests.certification.papers.judges import picture_of, run, text_of
from tests.certification.standards.factories import AT, DEI, NAMES, NMX, changed, document_of, publish

pytestmark = pytest.mark.django_db


def get(client, name, **headers):
    return client.get(f"/normas/{publish(name).slug}/mapa.pdf", headers=headers)


def words_in(content, folder):
    return "".join(text_of(content, folder).split()).replace("°", "")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["es-mx", "en"])
def test_everything_is_on_one_page_in_both_languages(client, name, language, tmp_path):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    response = get(client, name)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert page_count(response.content) == 1
    said, document = words_in(response.content, tmp_path), document_of(name)
    parts = [*document.participation_requirements, *document.measures, *document.levels, *document.stages]
    for part in [*document.sections, *document.criteria, *parts]:
        words = words_of(part)
        text = words.english if language == "en" and words.english else words.spanish
        assert all("".join(word.split()) in said for word in text.split()), text
        assert getattr(part, "code", "") == "" or part in parts or part.code in said or part in document.sections


def test_it_is_archival_tagged_and_leads_back_to_the_page(client, tmp_path):
    content = get(client, NMX).content
    with pikepdf.open(BytesIO(content)) as made:
        assert made.open_metadata()["pdfaid:part"] == "3"
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "es"
        assert str(made.docinfo["/Title"]).startswith("Mapa de Norma Mexicana")
    (tmp_path / "c.pdf").write_bytes(content)
    assert b"No syntax or stream encoding errors" in run("qpdf", "--check", str(tmp_path / "c.pdf"))
    codes = [code.text for code in zxingcpp.read_barcodes(picture_of(content, tmp_path))]
    assert codes == [f"{django_settings.SITE_URL}/normas/nmx-r-025-2015/"]


def test_working_values_are_marked_and_official_ones_are_not(client, tmp_path):
    text = " ".join(text_of(get(client, NMX).content, tmp_path).split())
    assert "El mínimo es 70 de 100°." in text
    assert "180° días naturales" in text
    assert "4 años" in text
    assert "° Valor de trabajo" in text


def test_whoever_has_it_already_is_told_so_until_a_new_version(client):
    first = get(client, DEI)
    assert first["ETag"]
    assert "Cookie" in first["Vary"]
    again = get(client, DEI, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    english = get(client, DEI, if_none_match=first["ETag"])
    assert english.status_code == 200
    assert english["ETag"] != first["ETag"]
    newer = changed(DEI, ('version: "2019.1"', 'version: "2019.9"'))
    actions.publish(parse_yaml(newer), actor=None, at=AT)
    assert client.get("/normas/distintivo-ei/mapa.pdf", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_same_document_is_the_same_paper(client):
    paper = map_paper("0" * 64, document_of(DEI), "roomy")
    assert render(paper) == render(paper)


def test_what_does_not_fit_goes_on_and_nothing_is_lost(tmp_path):
    document = document_of(NMX)
    section = document.sections[1]
    many = tuple(section.criteria[1].model_copy(update={"code": f"X{n:02}"}) for n in range(40))
    long = document.model_copy(update={"sections": (section.model_copy(update={"criteria": many}),)})
    content = render(map_paper("0" * 64, long, "long"))
    assert page_count(content) > 1
    said = words_in(content, tmp_path)
    assert all(f"X{n:02}" in said for n in range(40))
    assert said.count("/normas/nmx-r-025-2015") == page_count(content)


def test_the_page_leads_to_it_and_unknown_or_replaced_ones_are_not_found(client):
    slug = publish(DEI).slug
    assert f'href="/normas/{slug}/mapa.pdf"' in client.get(f"/normas/{slug}/").content.decode()
    assert client.post(f"/normas/{slug}/mapa.pdf").status_code == 405
    assert client.get("/normas/no-existe/mapa.pdf").status_code == 404
    Standard.objects.update(is_in_force=False)
    assert client.get(f"/normas/{slug}/mapa.pdf").status_code == 404
