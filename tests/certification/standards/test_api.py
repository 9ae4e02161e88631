import pytest
from ninja.testing import TestClient

from certification.standards.api import router
from certification.standards.models import Standard
from tests.certification.standards.factories import DEI, NAMES, NMX, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def api():
    return TestClient(router)


def test_list(api):
    for name in NAMES:
        publish(name)
    answer = api.get("/standards").json()
    assert (answer["total"], answer["page"], answer["pages"]) == (4, 1, 1)
    assert [item["code"] for item in answer["items"]][-1] == "NMX-R-025-SCFI-2015"
    assert set(answer["items"][0]) == {
        "slug", "code", "version", "title", "kind", "fingerprint", "published_at", "url",
    }  # fmt: skip
    assert answer["items"][0]["url"].endswith(f"/normas/{answer['items'][0]['slug']}/")


def test_list_by_kind(api):
    for name in NAMES:
        publish(name)
    assert [item["slug"] for item in api.get("/standards?kind=norma_mexicana").json()["items"]] == ["nmx-r-025-2015"]
    assert api.get("/standards?kind=distintivo").json()["total"] == 3
    assert api.get("/standards?kind=otra").status_code == 422


@pytest.mark.parametrize(("page", "status"), [(1, 200), (2, 200), (0, 422), ("x", 422), (10**9, 422)])
def test_pages(api, page, status):
    publish(DEI)
    answer = api.get(f"/standards?page={page}")
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["items"]) == (1 if page == 1 else 0)


def test_one_with_its_document(api):
    standard = publish(NMX)
    answer = api.get("/standards/nmx-r-025-2015").json()
    assert (answer["fingerprint"], answer["kind"]) == (standard.fingerprint, "norma_mexicana")
    document = answer["document"]
    assert document["sections"][0]["criteria"][0]["code"] == "R01"
    assert document["measures"][0]["metric"] == {
        "kind": "ratio",
        "numerator": "personas_del_sexo_con_menor_presencia",
        "denominator": "plantilla_total",
        "min": "0.4",
    }
    assert document["published_on"] == "2015-10-19"


def test_not_found(api):
    publish(DEI)
    Standard.objects.update(is_in_force=False)
    assert api.get("/standards/distintivo-ei").status_code == 404
    assert api.get("/standards").json()["total"] == 0


def test_queries(api, django_assert_num_queries):
    for name in NAMES:
        publish(name)
    with django_assert_num_queries(2):
        api.get("/standards")
