"""A practice beside a gap: same standard, same topic, same size; and the relation names only what there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from good_practices import topics
from good_practices.beside import examples, relation
from tests.certification.standards.factories import NAMES, document_of, publish
from tests.employers.factories import EmployerFactory, WorkplaceFactory
from tests.good_practices.factories import CertificateFactory, PracticeFactory, StandardFactory

NMX = "NMX-R-025-SCFI-2015"


def test_the_relation_names_codes_and_subtopics_that_exist():
    documents = {document_of(name).code: document_of(name) for name in NAMES}
    assert set(relation()) == set(documents)
    for standard, items in relation().items():
        document = documents[standard]
        codes = {part.code for part in (*document.criteria, *document.measures)}
        assert set(items) == codes, standard
        assert {subtopic for some in items.values() for subtopic in some} <= set(topics.subtopics())


def employer_of(people):
    employer = EmployerFactory(scian="31-33")
    WorkplaceFactory(employer=employer, women=people // 2, men=people - people // 2)
    return employer


def practice(subtopic, size="mediana", standard=None, **more):
    chosen = standard or StandardFactory(code=NMX)
    certificate = CertificateFactory(application__standard=chosen)
    return PracticeFactory(certificate=certificate, subtopic=subtopic, size=size, published=True, **more)


@pytest.mark.django_db
def test_the_newest_of_the_same_size_standard_and_topic_is_offered(django_assert_num_queries):
    employer, standard = employer_of(100), StandardFactory(code=NMX)
    assert employer.size.code == "mediana"
    practice("ascenso", standard=standard, title="Vieja")
    wanted = practice("ascenso", standard=standard)
    practice("ascenso", size="micro", standard=standard)
    practice("horarios", standard=StandardFactory(code="DEFR"))
    codes = ["R08", "R12", "R02", "P1", *(f"X{number}" for number in range(50))]
    with django_assert_num_queries(2):
        found = examples(NMX, codes, employer)
    assert {code: one.slug for code, one in found.items()} == {"R08": wanted.slug}
    assert found["R08"].url == f"/practicas/{wanted.slug}/"


@pytest.mark.django_db
def test_a_diagnosis_shows_one_beside_each_gap_in_one_query(client):
    norm, counts = publish("nmx-r-025-scfi-2015"), []
    said = {part.code: "met" for part in (*norm.document.criteria, *norm.document.measures)}
    wanted = practice("ascenso", size="micro", standard=norm)
    practice("igualdad-salarial", standard=norm, title="Tabulador revisado")
    for answers in (said | {"R08": "not_met"}, said | dict.fromkeys(("R01", "R07", "R08", "R09", "R12"), "not_met")):
        with CaptureQueriesContext(connection) as asked:
            page = client.post(f"/diagnostico/{norm.slug}/", answers).text
        counts.append(len([one for one in asked if "good_practices_practice" in one["sql"]]))
        assert page.count(f'href="/practicas/{wanted.slug}/"') == (1 if answers["R09"] == "met" else 2)
    assert "Tabulador revisado" in page
    assert counts == [1, 1]


@pytest.mark.django_db
def test_ones_own_and_unpublished_practices_are_not_offered(django_assert_num_queries):
    own = practice("ascenso")
    WorkplaceFactory(employer=own.employer, women=50, men=50)
    assert examples(NMX, ["R08"], own.employer) == {}
    with django_assert_num_queries(0):
        assert examples("OTRA", ["R08"], own.employer) == {}
