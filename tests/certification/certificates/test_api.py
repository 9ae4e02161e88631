import datetime as dt

import pytest

from certification.applications.folios import check_character
from certification.certificates.models import Certificate
from certification.certificates.registry import PUBLIC_FIELDS
from tests.certification.certificates.factories import CertificateFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/certificates"


def test_the_register_is_read_without_an_account(client):
    certificate = CertificateFactory(sites=["19", "20"])
    answer = client.get(URL).json()
    (item,) = answer["items"]
    assert (answer["total"], answer["is_capped"], answer["next"]) == (1, False, None)
    assert set(PUBLIC_FIELDS) <= set(item)
    assert item["url"].endswith(f"/padron/{certificate.folio}/")
    assert [site["state"] for site in item["sites"]] == ["19", "20"]


@pytest.mark.parametrize(
    ("query", "number"),
    [("level=oro", 1), ("state=20", 1), ("status=in_force", 2), ("q=uno", 1), ("year=2020", 0), ("level=nada", 0),
     ("standard=nmx-r-025-2015&sector=privado&size=mediana", 2)],
)  # fmt: skip
def test_filters(client, query, number):
    CertificateFactory(holder="Uno", level="oro")
    CertificateFactory(holder="Dos", sites=["20"])
    answer = client.get(f"{URL}?{query}").json()
    assert len(answer["items"]) == answer["total"] == number


def test_pages_lose_nobody(client):
    for day in range(30):
        CertificateFactory(issued_on=dt.date(2026, 1, 1 + day % 3))
    first = client.get(URL).json()
    second = client.get(URL, {"before": first["next"]}).json()
    folios = [item["folio"] for item in first["items"] + second["items"]]
    assert folios == list(Certificate.objects.order_by("-issued_on", "-pk").values_list("folio", flat=True))
    assert second["next"] is None


@pytest.mark.parametrize("query", ["before=x", "status=lost", "year=1", "state=Jalisco"])
def test_nonsense_is_refused(client, query):
    assert client.get(f"{URL}?{query}").status_code == 422


def test_one_certificate_by_its_folio(client):
    certificate = CertificateFactory()
    assert client.get(f"{URL}/{certificate.folio.lower()}").json()["holder"] == certificate.holder
    missing = f"NMX25-2026-0999-{check_character('NMX25-2026-0999')}"
    assert client.get(f"{URL}/{missing}").status_code == 404


def test_it_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_the_queries_do_not_grow(client, django_assert_num_queries):
    CertificateFactory()
    with django_assert_num_queries(4):
        client.get(URL)
    for _ in range(10):
        CertificateFactory(sites=["19", "20"])
    with django_assert_num_queries(4):
        client.get(URL)
