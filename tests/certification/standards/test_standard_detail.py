import pytest
from django.utils.html import escape

from certification.standards.models import Standard
from certification.standards.overview import Overview, in_hours
from tests.certification.standards.factories import DEFR, DEI, NAMES, NMX, document_of, publish

pytestmark = pytest.mark.django_db
WORKING = '<span class="working">{}</span><span class="visually-hidden"> (valor de trabajo)</span>'


def page_of(client, name):
    standard = publish(name)
    page = client.get(f"/normas/{standard.slug}/")
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_asked_is_on_the_page(client, name):
    text = page_of(client, name)
    document = document_of(name)
    parts = [*document.participation_requirements, *document.criteria, *document.measures, *document.process.steps]
    for part in [*parts, *document.levels, *document.stages, *document.sections]:
        assert escape(part.title) in text
    for criterion in document.criteria:
        assert all(escape(one) in text for one in criterion.evidence)
    assert text.count("Crítico</span>") == sum(criterion.critical for criterion in document.criteria)
    assert f"?norma={document.slug}" in text
    assert escape(document.decision.appeal) in text


def test_working_values_are_marked_and_official_ones_are_not(client):
    text = page_of(client, NMX)
    assert f"de {WORKING.format(100)}" in text
    assert "En total hacen falta al menos 70 puntos" in " ".join(text.split())
    assert f'<td class="figure">{WORKING.format(12)}</td>' in text
    assert f"{WORKING.format(180)} días naturales" in text
    assert f"{WORKING.format(2)} medidas de 5." in text
    assert "4 medidas de 5." in text.replace(WORKING.format(4), "")


def test_a_distintivo_without_measures_or_papers_says_so(client):
    text = page_of(client, DEFR)
    assert "No hay medidas ni niveles: se otorga o no se otorga." in text
    assert "No se piden documentos previos en el portal" in text


def test_unknown_and_replaced_standards_are_not_found(client):
    publish(DEI)
    assert client.get("/normas/no-existe/").status_code == 404
    Standard.objects.update(is_in_force=False)
    assert client.get("/normas/distintivo-ei/").status_code == 404


def test_only_reading(client):
    assert client.post(f"/normas/{publish(DEI).slug}/").status_code == 405


def test_one_query(client, django_assert_num_queries):
    publish(NMX)
    with django_assert_num_queries(1):
        client.get("/normas/nmx-r-025-2015/")


def test_the_strip_is_as_wide_as_the_points():
    strip = Overview(document_of(NMX)).strip
    assert [segment.label for segment in strip] == [f"{number:02d}" for number in range(1, 15)]
    assert [segment.critical for segment in strip] == [True] * 5 + [False] * 9
    assert (strip[0].x, strip[0].width, strip[11].x, strip[11].width) == ("0.00%", "5.70%", "70.00%", "11.70%")


def test_levels_say_what_they_ask_beyond_the_one_below():
    steps = Overview(document_of(NMX)).levels
    assert [(step.points, step.measures) for step in steps] == [(70, None), (None, 2), (None, 3), (None, 4)]


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 hora"), (60, "1 hora"), (61, "2 horas"), (550, "10 horas")])
def test_time_is_rounded_up(minutes, words):
    assert str(in_hours(minutes)) == f"alrededor de {words}"
