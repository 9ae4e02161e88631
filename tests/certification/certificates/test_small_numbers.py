"""Numbers of people so small that they could be recognised are not public, on any of the ways out."""

import csv
import json

import pytest
from django.urls import reverse

from tests.certification.certificates.factories import CertificateFactory

pytestmark = pytest.mark.django_db


def published(client, women, men):
    """What the page, the two files and the API say of the staff of one certificate."""
    folio = CertificateFactory(women=women, men=men).folio
    row = next(csv.DictReader(b"".join(client.get("/padron.csv")).decode("utf-8-sig").splitlines()))
    (kept,) = json.loads(b"".join(client.get("/padron.json")))
    one = client.get(f"/api/v1/certificates/{folio}").json()
    page = client.get(reverse("certificate_list")).content.decode()
    return {
        "csv": (row["women"], row["men"]),
        "json": (kept["women"], kept["men"]),
        "api": (one["women"], one["men"]),
        "page": page,
    }


def test_few_women_hide_both_numbers(client):
    said = published(client, women=3, men=97)
    assert said["csv"] == ("", "")
    assert said["api"] == (None, None)
    assert said["json"] == (None, None)
    assert "100 personas" in said["page"]


def test_usual_numbers_are_public(client):
    said = published(client, women=30, men=97)
    assert said["csv"] == ("30", "97")
    assert said["api"] == said["json"] == (30, 97)


def test_a_very_small_workplace_is_not_counted(client):
    said = published(client, women=1, men=2)
    assert "menos de 5 personas" in said["page"]
    assert "3 personas" not in said["page"]
