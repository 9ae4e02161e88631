import re

import pytest
from django.urls import reverse

from good_practices.search_sql import MOST_VALUES
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db
URL = reverse("practice_list")


def page(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def test_finds_without_accents_and_marks_the_words(client):
    PracticeFactory(published=True, title="Evaluación de puestos sin nombres")
    html = page(client, q="EVALUACION")
    assert "<mark>Evaluación</mark> de puestos sin nombres" in html
    assert ">1 resultado\n" in html


def test_only_published_ones(client):
    certificate = CertificateFactory()
    for state in ("proposed", "returned", "withdrawn"):
        PracticeFactory(**{state: True}, certificate=certificate, title=f"Oculta {state}")
    PracticeFactory(certificate=certificate, title="Oculta draft")
    assert "Oculta" not in page(client)
    assert "Todavía no hay prácticas publicadas" in page(client)


def test_user_text_is_never_html(client):
    PracticeFactory(published=True, title="<script>alert(1)</script> horario", action="<b>horario</b> & turno")
    html = page(client, q="horario <img src=x>")
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;b&gt;<mark>horario</mark>&lt;/b&gt; &amp; turno" in html


def test_facets_narrow_and_can_be_removed(client):
    PracticeFactory(published=True, certificate=CertificateFactory(state="14"), title="De Jalisco")
    PracticeFactory(published=True, certificate=CertificateFactory(state="09"), title="De la capital")
    html = page(client, q="", entidad="14", tema="conciliacion")
    assert "De Jalisco" in html
    assert "De la capital" not in html
    assert 'href="?q=&amp;tema=conciliacion"' in html
    assert 'href="?q=&amp;entidad=14"' in html


def test_filters_stand_open_only_where_one_is_chosen(client):
    assert '<details class="facets"><summary>' in page(client)
    assert '<details class="facets" open><summary>' in page(client, sector="publico")


def test_the_search_keeps_the_filters(client):
    html = page(client, q="turno", tam="mediana")
    assert '<input type="hidden" name="tam" value="mediana">' in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "zzzz"}, "Ninguna práctica tiene esas palabras"),
        ({"tema": "inclusion"}, "Nada con esos filtros"),
        ({"tema": "no-existe"}, "no-existe"),
        ({"page": "99999999"}, "Horario flexible en planta"),
        ({"page": "x"}, "Horario flexible en planta"),
        ({"q": "orario flexivle"}, "¿Quisiste decir"),
    ],
)
def test_odd_requests_get_an_answer(client, query, words):
    PracticeFactory(published=True)
    assert words in page(client, **query)


def test_suggestion_is_a_link(client):
    PracticeFactory(published=True)
    assert '<a href="?q=horario+flexible">horario flexible</a>' in page(client, q="orario flexivle")


@pytest.mark.parametrize("number", [1, 25])
def test_queries_do_not_grow(client, django_assert_num_queries, number):
    certificate = CertificateFactory()
    for _ in range(number):
        PracticeFactory(published=True, certificate=certificate)
    with django_assert_num_queries(2):
        page(client, q="horario")


def test_post_is_refused(client):
    assert client.post(URL).status_code == 405


def test_feed_lists_the_newest(client):
    PracticeFactory(published=True, title="Del <feed>")
    PracticeFactory(title="En borrador")
    response = client.get(reverse("practice_feed"))
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Del &lt;feed&gt;" in response.content.decode()
    assert "En borrador" not in response.content.decode()


def test_of_many_values_of_a_facet_the_first_count(client):
    PracticeFactory(published=True, title="Rampas")
    many = [f"no-hay-{number}" for number in range(500)]
    html = page(client, tema=many)
    assert "Rampas" not in html
    assert len(re.findall(r"</span> no-hay-", html)) == MOST_VALUES
    assert "Rampas" not in client.get("/api/v1/practices", {"topic": many}).text
    assert "Rampas" in page(client, tema=["", *["igualdad"] * 500, "conciliacion", "inclusion"])
