import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from good_practices.api import router
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def api():
    owner = NinjaAPI(urls_namespace="practices-test")
    owner.add_router("", router)
    return TestClient(owner)


def test_list_with_words_and_facets(api):
    here, there = CertificateFactory(state="14"), CertificateFactory(state="09")
    practice = PracticeFactory(published=True, certificate=here, title="Evaluación")
    PracticeFactory(published=True, certificate=there, title="Evaluación")
    PracticeFactory(certificate=here, title="Evaluación en borrador")
    answer = api.get("/practices?q=evaluacion&state=14").json()
    assert (answer["total"], answer["page"], answer["pages"], answer["is_capped"]) == (1, 1, 1, False)
    item = answer["items"][0]
    assert (item["slug"], item["state"], item["certificate"]) == (practice.slug, "14", here.folio)
    assert item["url"].endswith(f"/practicas/{practice.slug}/")


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=999999"])
def test_impossible_pages_are_refused(api, query):
    assert api.get(f"/practices?{query}").status_code == 422


def test_one_with_its_texts(api):
    practice = PracticeFactory(published=True)
    answer = api.get(f"/practices/{practice.slug}").json()
    assert (answer["problem"], answer["result"]) == (practice.problem, practice.result)


def test_what_is_not_published_is_not_there(api):
    assert api.get(f"/practices/{PracticeFactory(proposed=True).slug}").status_code == 404
