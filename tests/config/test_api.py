"""The public API as another program meets it: its document, its lists, its cache, and nothing private."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as openapi_checks

from audit.models import Event
from certification.applications.enums import State
from tests.certification.certificates.factories import CertificateFactory
from tests.certification.review.factories import make_case
from tests.good_practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
DOCUMENT = f"{BASE}/openapi.json"
LISTS = ("standards", "certificates", "practices")
FILTERS = {
    "standards": {"kind", "page"},
    "certificates": {"q", "status", "standard", "level", "state", "sector", "size", "year", "before"},
    "practices": {"q", "page", "topic", "subtopic", "state", "sector", "size"},
}
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


def _addresses():
    rests = {"standards": "/{slug}", "certificates": "/{folio}", "practices": "/{slug}"}
    return [(name, "") for name in LISTS] + list(rests.items())


# Any text may stand in an address, so only lists can be asked for what the document forbids.
QUESTIONS = [(f"{name}{rest}", GenerationMode.POSITIVE) for name, rest in _addresses()]
QUESTIONS += [(name, GenerationMode.NEGATIVE) for name in LISTS]


@pytest.fixture
def world():
    """A norm, a certificate with a practice, and things that nobody outside may see."""
    certificate = CertificateFactory()
    PracticeFactory(published=True, certificate=certificate)
    PracticeFactory(certificate=certificate, title="Borrador que nadie ve", slug="borrador")
    return certificate, make_case(State.DRAFT)


def test_the_document_names_every_list_and_its_filters(client):
    answer = client.get(DOCUMENT)
    paths = answer.json()["paths"]
    assert set(paths) == {f"{BASE}/{name}{rest}" for name, rest in _addresses()}
    for name in LISTS:
        assert {one["name"] for one in paths[f"{BASE}/{name}"]["get"]["parameters"]} == FILTERS[name]
    assert all(set(path) == {"get"} for path in paths.values())


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_open_counted_and_cached(client, world, name):
    answer = client.get(f"{BASE}/{name}")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer.json()["total"] == len(answer.json()["items"]) >= 1
    assert "public" in answer["Cache-Control"]
    again = client.get(f"{BASE}/{name}", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    stale = client.get(f"{BASE}/{name}", headers={"if-none-match": '"another"'})
    assert stale.status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_only_read(client, name):
    before = Event.objects.count()
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"{BASE}/{name}", data="{}", content_type="application/json").status_code == 405
    assert Event.objects.count() == before


def test_nothing_private_is_told(client, world):
    certificate, case = world
    items = [client.get(f"{BASE}/{name}").content.decode() for name in LISTS]
    items += [client.get(one["url"]).content.decode() for one in _wholes(client)]
    told = "\n".join(items)
    people = (case.owner, case.reviewer, case.decider, certificate.issued_by, certificate.application.created_by)
    private = [person.email for person in people] + [person.full_name for person in people]
    private += [case.application.folio, case.application.employer.legal_name, case.application.employer.rfc]
    private += ["Borrador que nadie ve", certificate.employer.rfc, certificate.application.folio]
    assert [text for text in private if text in told] == []


def _wholes(client):
    keys = {"standards": "slug", "certificates": "folio", "practices": "slug"}
    for name, key in keys.items():
        for item in client.get(f"{BASE}/{name}").json()["items"]:
            yield {"url": f"{BASE}/{name}/{item[key]}"}


def test_a_draft_practice_has_no_address(client, world):
    assert client.get(f"{BASE}/practices/borrador").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_there_is_said_as_json(client, name):
    answer = client.get(f"{BASE}/{name}/nada")
    assert answer.status_code == 404
    assert set(json.loads(answer.content)) == {"detail"}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["colour=red", "page=x&before=x", "q=a&Sector=publico"])
def test_lists_refuse_nonsense_alike(client, name, query):
    answer = client.get(f"{BASE}/{name}?{query}")
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (422, 422)
    assert set(problem) == {"title", "status", "detail", "errors"}
    assert {one["parameter"] for one in problem["errors"]} <= {"colour", "page", "before", "q", "Sector"}
    assert all(one["problem"] for one in problem["errors"])
    assert "Cache-Control" not in answer


@pytest.mark.parametrize("name", ["certificates", "practices"])
@pytest.mark.parametrize(("query", "parameter"), [("state=Jalisco", "state"), ("sector=nada", "sector")])
def test_the_same_filter_refuses_the_same_values(client, name, query, parameter):
    answer = client.get(f"{BASE}/{name}?{query}")
    assert answer.status_code == 422
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize("name", ["certificates", "practices"])
def test_a_well_formed_value_that_nothing_has_finds_nothing(client, world, name):
    assert client.get(f"{BASE}/{name}?size=enorme").json()["items"] == []


def test_one_thing_takes_no_parameters(client, world):
    assert {client.get(f"{one['url']}?colour=red").status_code for one in _wholes(client)} == {422}
    assert client.get(f"{DOCUMENT}?colour=red").status_code == 200


def test_the_document_says_what_happens_to_nonsense(client):
    document = client.get(DOCUMENT).json()
    assert "422" in document["info"]["description"]
    for path in document["paths"].values():
        content = path["get"]["responses"]["422"]["content"]["application/json"]
        assert content["schema"]["$ref"].endswith("/Invalid")


@pytest.fixture
def _one_connection():
    """As Django's own client does: a request of a test does not end the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(("address", "mode"), QUESTIONS)
def test_no_request_breaks_it(world, address, mode):
    """Schemathesis asks what the document allows, and what it forbids; every answer is one that it declares."""
    described = schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    operation = described[f"{BASE}/{address}"]["GET"]

    @settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    ask()
