import pytest
from django.urls import reverse

from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def get(client, practice):
    return client.get(reverse("practice_detail", args=[practice.slug]))


def test_says_everything_and_leads_to_the_certificate(client):
    practice = PracticeFactory(published=True, cost="Cien pesos & café")
    html = get(client, practice).content.decode()
    for words in (practice.problem, practice.action, practice.result, "Cien pesos &amp; café", "Jalisco", "Privado"):
        assert words in html
    assert reverse("certificate_detail", args=[practice.certificate.folio]) in html
    assert "Conciliación trabajo-familia · Horarios y jornada flexible" in html


def test_shows_similar_ones(client):
    certificate = CertificateFactory()
    practice = PracticeFactory(published=True, certificate=certificate)
    PracticeFactory(published=True, certificate=certificate, title="Otra de horarios")
    PracticeFactory(published=True, certificate=certificate, title="Ajena", topic="inclusion", subtopic="vih")
    html = get(client, practice).content.decode()
    assert "Otra de horarios" in html
    assert "Ajena" not in html


@pytest.mark.parametrize("state", ["proposed", "returned", "withdrawn"])
def test_what_is_not_published_is_not_there(client, state):
    practice = PracticeFactory(**{state: True})
    assert get(client, practice).status_code == 404
    client.force_login(practice.created_by)
    assert get(client, practice).status_code == 404


def test_post_is_refused(client):
    practice = PracticeFactory(published=True)
    assert client.post(reverse("practice_detail", args=[practice.slug])).status_code == 405
