"""A NUL in an address is no page: PostgreSQL takes none in a text, so it never gets there."""

import pytest

from certification.applications.folios import normalise
from good_practices.search import search
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db

NOWHERE = (
    "/verificar/%00/", "/verificar/%00/sello.svg", "/padron/%00/", "/padron/%00/certificado.pdf", "/practicas/%00/",
    "/api/v1/certificates/%00", "/api/v1/practices/%00", "/api/v1/standards/%00", "/normas/%00/", "/%00",
)  # fmt: skip
NOTHING = (
    "/padron/?q=%00&norma=%00", "/padron.csv?q=%00", "/api/v1/certificates?q=%00&standard=%00", "/?%00=1",
    "/api/v1/practices?q=%00&topic=%00", "/practicas/?q=%00&tema=%00&page=%00",
)  # fmt: skip


@pytest.mark.parametrize("address", NOWHERE)
def test_a_path_with_a_nul_is_not_found(client, address):
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("address", NOTHING)
def test_a_query_with_a_nul_is_answered(client, address):
    assert client.get(address).status_code == 200


def test_own_address_with_a_nul_is_not_found(client):
    client.force_login(MembershipFactory().user)
    assert client.get("/empresa/solicitudes/%00/").status_code == 404
    assert client.get("/empresa/solicitudes/nueva/?norma=%00&empresa=%00").status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "django_language", "messages"])
def test_cookie_with_a_nul_is_not_read(client, name):
    client.cookies[name] = "x" * 20 + "\x00" * 12
    assert client.get("/").status_code == 200


def test_folio_and_search_take_no_nul_by_themselves():
    assert normalise(" nmx25\x00-2026\x1f\u200b ") == "NMX25-2026"
    assert search("\x00", {"topic": ["\x00"], "entity": ["14"]}).total == 0
