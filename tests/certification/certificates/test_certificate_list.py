"""The public register: search, pages, exports."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from certification.certificates import registry
from certification.certificates.enums import CertificateStatus
from certification.certificates.models import Certificate
from tests.accounts.factories import UserFactory
from tests.certification.certificates.factories import AT, CertificateFactory

pytestmark = pytest.mark.django_db
URL = "/padron/"


def holders(response):
    return [one.row.holder for one in response.context["rows"]]


def test_anybody_sees_the_register_newest_first(client):
    CertificateFactory(holder="Primera", issued_on=dt.date(2025, 1, 1))
    CertificateFactory(holder="Segunda", issued_on=dt.date(2026, 1, 1))
    response = client.get(URL)
    assert response.status_code == 200
    assert holders(response) == ["Segunda", "Primera"]
    assert "2 certificados" in response.content.decode()


def test_an_empty_register_says_so(client):
    assert "Todavía no hay certificados" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=jardin", ["Jardín Ñuu"]),
        ("q=ÑUU", ["Jardín Ñuu"]),
        ("q=nmx25-2026-7001-", []),
        ("nivel=oro", ["Taller Norte"]),
        ("entidad=19", ["Taller Norte"]),
        ("entidad=20", ["Taller Norte", "Jardín Ñuu"]),
        ("sector=publico", ["Jardín Ñuu"]),
        ("tam=micro", ["Jardín Ñuu"]),
        ("estado=suspended", ["Taller Norte"]),
        ("estado=in_force", []),
        ("estado=expired", ["Jardín Ñuu"]),
        ("anio=2020", ["Jardín Ñuu"]),
        ("norma=nmx-r-025-2015&nivel=plata", ["Jardín Ñuu"]),
        ("q=nada", []),
    ],
)
def test_each_filter_finds_what_it_says(client, query, found):
    CertificateFactory(
        holder="Jardín Ñuu", sites=["20"], state="20", sector="publico", size="micro",
        issued_on=dt.date(2020, 1, 1), valid_until=dt.date(2023, 12, 31),
    )  # fmt: skip
    CertificateFactory(holder="Taller Norte", sites=["19", "20"], level="oro", status=CertificateStatus.SUSPENDED)
    assert holders(client.get(f"{URL}?{query}")) == found


def test_a_whole_folio_finds_its_certificate(client):
    certificate = CertificateFactory()
    CertificateFactory()
    response = client.get(URL, {"q": f" {certificate.folio.lower()} "})
    assert holders(response) == [certificate.holder]


def test_an_unknown_filter_value_is_said(client):
    CertificateFactory()
    response = client.get(URL, {"nivel": "diamante"})
    assert "un valor que no conocemos" in response.content.decode()


def test_pages_go_by_key_and_lose_nobody(client):
    for number in range(60):
        CertificateFactory(holder=f"E{number}", issued_on=dt.date(2026, 1, 1 + number % 5))
    everyone = list(Certificate.objects.order_by("-issued_on", "-pk").values_list("holder", flat=True))
    first = client.get(URL)
    second = client.get(URL, {"antes": first.context["page"].older})
    third = client.get(URL, {"antes": second.context["page"].older})
    assert holders(first) + holders(second) + holders(third) == everyone
    ends = [third.context["rows"][at].row.folio for at in (0, -1)]
    assert f"<span>{ends[0]} a {ends[1]}</span>" in third.content.decode()
    assert third.context["page"].older == ""
    assert holders(client.get(URL, {"despues": third.context["page"].newer})) == holders(second)
    back = client.get(URL, {"despues": second.context["page"].newer})
    assert holders(back) == holders(first)
    assert back.context["page"].newer == ""


@pytest.mark.parametrize("key", ["", "x", "2026-01-01", "2026-13-01_2", "2026-01-01_x"])
def test_a_key_that_is_none_shows_the_first_page(client, key):
    CertificateFactory()
    assert len(client.get(URL, {"antes": key, "despues": key}).context["rows"]) == 1


def test_the_queries_do_not_grow(client, django_assert_num_queries):
    for _ in range(2):
        CertificateFactory(sites=["19", "20"])
    client.get(URL)
    with django_assert_num_queries(3):
        client.get(URL)
    for _ in range(28):
        CertificateFactory(sites=["19", "20", "14"])
    with django_assert_num_queries(3):
        client.get(URL)


def test_a_count_has_a_ceiling(monkeypatch, client):
    monkeypatch.setattr(registry, "MOST", 2)
    monkeypatch.setattr(registry.count_up_to, "__defaults__", (2,))
    for _ in range(4):
        CertificateFactory()
    assert "Más de 2 certificados" in client.get(URL, {"nivel": "plata"}).content.decode()


def test_the_overview_counts_sites_in_force_by_state(client):
    CertificateFactory(sites=["19", "20"])
    CertificateFactory(sites=["19"], status=CertificateStatus.CANCELLED)
    CertificateFactory(sites=["19"], issued_on=dt.date(2020, 1, 1), valid_until=dt.date(2021, 1, 1))
    cache.clear()
    overview = registry.overview()
    assert (overview.total, overview.in_force) == (3, 1)
    assert overview.by_state == {"19": 1, "20": 1}
    assert overview.by_year == {2020: 1, 2026: 2}
    assert "Nuevo León" in client.get(URL).content.decode()


def test_the_csv_has_every_public_field(client):
    certificate = CertificateFactory(holder='=SUM(A1) "ñ"', sites=["19", "20"])
    response = client.get(reverse("certificate_csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = list(csv.DictReader(io.StringIO(text)))
    assert tuple(row) == registry.PUBLIC_FIELDS
    assert row["folio"] == certificate.folio
    assert row["holder"] == '\'=SUM(A1) "ñ"'
    assert row["sites"] == "Sitio 1; Sitio 2"
    assert row["status"] == "in_force"


def test_public_fields_are_all_there_is_but_the_private_ones():
    private = {"id", "application", "employer", "standard", "holder_folded", "data", "pdf", "issued_at", "issued_by"}
    stored = {field.name for field in Certificate._meta.concrete_fields}
    assert stored - private <= set(registry.PUBLIC_FIELDS)


def test_the_json_is_filtered_like_the_page(client):
    for level in ("oro", "plata", "plata"):
        CertificateFactory(level=level)
    rows = json.loads(b"".join(client.get("/padron.json", {"nivel": "plata"}).streaming_content))
    assert [row["level"] for row in rows] == ["plata", "plata"]
    assert json.loads(b"".join(client.get("/padron.json", {"q": "nadie"}).streaming_content)) == []


def test_a_suspension_is_public_with_its_reason(client):
    certificate = CertificateFactory(status=CertificateStatus.SUSPENDED)
    certificate.status_changes.create(
        status=CertificateStatus.SUSPENDED, on=AT.date(), reason="No hubo vigilancia", changed_by=UserFactory()
    )
    page = client.get(reverse("certificate_detail", args=[certificate.folio])).content.decode()
    assert "No hubo vigilancia" in page
    assert "Suspendido" in page
    (row,) = json.loads(b"".join(client.get("/padron.json").streaming_content))
    assert (row["status"], row["status_on"], row["status_reason"]) == ("suspended", "2026-03-16", "No hubo vigilancia")


@pytest.mark.parametrize("path", [URL, "/padron.csv", "/padron.json"])
def test_the_register_is_only_read(client, path):
    assert client.post(path).status_code == 405


def test_an_unknown_certificate_is_not_there(client):
    assert client.get("/padron/NMX25-2026-9999-X/").status_code == 404
