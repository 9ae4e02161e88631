import pytest

from good_practices import search_sql
from good_practices.models import EntryTokens, PracticeEntry
from good_practices.search import index_practice, reindex, remove_practice, search, similar, tokens
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def titles(result):
    return [practice.title for practice in result.hits]


@pytest.fixture
def five():
    """Five practices, the oldest first; the same words stand in other places of each."""
    ours, theirs = CertificateFactory(state="14"), CertificateFactory(state="09", size="grande", sector="publico")
    rest = {"problem": "Nada.", "cost": "Nada.", "result": "Nada.", "action": "Nada."}
    rows = [
        (ours, {"title": "Costo", "cost": "Pagamos la evaluación del riesgo."}),
        (ours, {"title": "Evaluación sin nombres", "topic": "igualdad", "subtopic": "acceso-empleo"}),
        (theirs, {"title": "Acción", "action": "Se evaluó cada puesto.", "topic": "igualdad", "subtopic": "ascenso"}),
        (theirs, {"title": "Sala de lactancia", "subtopic": "paternidad-maternidad"}),
        (theirs, {"title": "Rampas", "topic": "inclusion", "subtopic": "accesibilidad", "action": "Niñas y niños."}),
    ]
    return [PracticeFactory(published=True, certificate=one, **{**rest, **texts}) for one, texts in rows]


@pytest.mark.parametrize("query", ["evaluación", "evaluacion", "EVALUACIONES", "evaluó", "¿evaluar?", "la evaluación"])
def test_title_then_action_then_cost(five, query):
    assert titles(search(query)) == ["Evaluación sin nombres", "Acción", "Costo"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Rampas", "Sala de lactancia", "Acción", "Evaluación sin nombres", "Costo"]),
        ("de la", ["Rampas", "Sala de lactancia", "Acción", "Evaluación sin nombres", "Costo"]),
        ("maternidad", ["Sala de lactancia"]),
        ("inclusion laboral", ["Rampas"]),
        ("evaluar riesgos", ["Costo"]),
        ("niñas", ["Rampas"]),
        ("zzz", []),
        ("' OR 1=1 -- \" * ( ) : & | ! <->", []),
        ("z=grande", []),
    ],
)
def test_expected_hits(five, query, expected):
    assert titles(search(query)) == expected


def test_some_of_the_words_when_nothing_has_all(five):
    result = search("lactancia evaluación")
    assert result.is_loose
    assert titles(result) == ["Sala de lactancia", "Evaluación sin nombres", "Acción", "Costo"]


def test_facets_narrow_and_count(five):
    result = search("evaluación", {"topic": ["igualdad"]})
    assert titles(result) == ["Evaluación sin nombres", "Acción"]
    assert result.counts["topic"] == {"igualdad": 2, "conciliacion": 1}
    assert result.counts["entity"] == {"14": 1, "09": 1}
    assert result.counts["size"] == {"mediana": 1, "grande": 1}


def test_two_values_of_a_facet_are_either_and_two_facets_are_both(five):
    assert titles(search("", {"topic": ["igualdad", "inclusion"], "entity": ["09"]})) == ["Rampas", "Acción"]


@pytest.mark.parametrize("value", ["no-hay", "' OR '1'='1", "", '"', "ñ"])
def test_an_unknown_value_finds_nothing(five, value):
    assert titles(search("", {"topic": [value]})) == []


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [("lactansia", "lactancia"), ("evaluasion de puestos", "evaluación de puestos"), ("ninas", "niñas"), ("xyzw", "")],
)
def test_suggestion(five, query, suggestion):
    assert search(query).suggestion == suggestion


def test_pages():
    certificate = CertificateFactory()
    for number in range(45):
        PracticeFactory(published=True, certificate=certificate, title=f"Turno {number}")
    assert [len(search("turno", page=page).hits) for page in (1, 2, 3)] == [20, 20, 5]
    assert titles(search("turno", page=3)) == [f"Turno {number}" for number in (4, 3, 2, 1, 0)]
    result = search("turno", page=99)
    assert (result.page, result.pages, result.total, len(result.hits)) == (3, 3, 45, 5)
    assert search("turno", page=-4).page == 1


def test_pages_go_by_place_and_then_by_age():
    certificate, places = CertificateFactory(), ("title", "action", "problem")
    rows = [(number * number % 3 if number < 45 else 2, number) for number in range(50)]
    for place, number in rows:
        PracticeFactory(published=True, certificate=certificate, **{places[place]: f"Ludoteca {number}"})
    hits = [hit for page in (1, 2, 3) for hit in search("ludoteca", page=page).hits]
    found = [f"{hit.title} {hit.action} {hit.problem}" for hit in hits]
    wanted = [f"Ludoteca {number}" for _, number in sorted(rows, key=lambda row: (row[0], -row[1]))]
    assert len(found) == 50
    assert all(want in text for want, text in zip(wanted, found, strict=True))


def test_facets_are_counted_up_to_the_cap(monkeypatch):
    certificate = CertificateFactory()
    for _ in range(22):
        PracticeFactory(published=True, certificate=certificate)
    monkeypatch.setattr(search_sql, "CAP", 20)
    assert search("").counts["topic"] == {"conciliacion": 20}
    assert search("", {"topic": ["inclusion"]}).counts["topic"] == {"conciliacion": 20}


def test_total_stops_at_the_cap(monkeypatch):
    certificate = CertificateFactory()
    for number in range(25):
        PracticeFactory(published=True, certificate=certificate, title=f"Turno {number}")
    assert search_sql.CAP == 1000
    monkeypatch.setattr(search_sql, "CAP", 20)
    result = search("turno")
    assert (result.total, result.is_capped, result.pages) == (20, True, 1)


def test_indexing_again_makes_no_second_hit(five):
    index_practice(five[0])
    assert titles(search("evaluación")) == ["Evaluación sin nombres", "Acción", "Costo"]


def test_what_is_removed_is_not_found(five):
    remove_practice(five[1])
    remove_practice(five[1])
    assert titles(search("evaluación")) == ["Acción", "Costo"]


def test_changed_tokens_are_followed(five):
    EntryTokens.objects.filter(entry=five[0].entry).update(tokens="4nuev")
    assert titles(search("nuevo")) == ["Costo"]
    assert titles(search("riesgo")) == []


def test_reindexing_changes_nothing(five):
    PracticeFactory(certificate=five[0].certificate, title="Evaluación en borrador")
    before = titles(search("evaluación"))
    PracticeEntry.objects.filter(practice=five[2]).delete()
    assert reindex() == 5
    assert titles(search("evaluación")) == before


def test_similar_first_of_the_subtopic(five):
    certificate = five[0].certificate
    near = PracticeFactory(published=True, certificate=certificate, subtopic="horarios", title="Cerca")
    far = PracticeFactory(published=True, certificate=certificate, subtopic="permisos", title="Lejos")
    assert similar(near) == [five[0], far, five[3]]


def test_tokens_by_tier(five):
    assert tokens(five[1]).split()[:2] == ["1evalu", "1nombr"]
    assert "t=igualdad" in tokens(five[1])


@pytest.mark.parametrize("query", ["", "evaluación", "lactancia evaluación", "lactansia"])
def test_number_of_queries_does_not_grow(five, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        search(query)
