import pytest
from django.urls import reverse

from certification.standards.models import Standard
from tests.certification.standards.factories import DEI, NAMES, document_of, publish

pytestmark = pytest.mark.django_db

URL = "/normas/"


def test_anyone_sees_the_standards_in_force(client):
    for name in NAMES:
        publish(name)
    page = client.get(URL)
    assert (page.status_code, reverse("standard_list")) == (200, URL)
    text = page.content.decode()
    for name in NAMES:
        document = document_of(name)
        assert f'<a href="/normas/{document.slug}/">' in text
    assert "14 criterios, 5 críticos, 5 medidas" in text


def test_what_is_no_longer_in_force_is_not_listed(client):
    publish(DEI)
    Standard.objects.update(is_in_force=False)
    text = client.get(URL).content.decode()
    assert "distintivo-ei" not in text
    assert "Todavía no hay normas publicadas" in text


def test_only_reading(client):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 4])
def test_queries_do_not_grow_with_the_standards(client, count, django_assert_num_queries):
    for name in NAMES[:count]:
        publish(name)
    with django_assert_num_queries(1):
        client.get(URL)
