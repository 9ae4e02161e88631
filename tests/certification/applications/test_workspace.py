"""The start page, opening an application, and its hub."""

import pytest
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from tests.accounts.factories import ReviewBodyFactory, UserFactory
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.review.factories import make_application, make_case, standard
from tests.employers.factories import EmployerFactory, MembershipFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
NEW = "/empresa/solicitudes/nueva/"


@pytest.fixture
def employer():
    owner = UserFactory()
    return EmployerFactory(created_by=owner, owner=owner)


def test_who_has_nothing_yet_is_told_the_first_step(client):
    client.force_login(UserFactory())
    page = client.get("/empresa/").content.decode()
    assert "Empieza por registrar tu empresa" in page
    assert 'href="/empresa/nueva/"' in page


@pytest.mark.parametrize("count", [2, 20])
def test_the_start_page_costs_the_same_at_two_sizes(client, employer, count, django_assert_max_num_queries):
    for _number in range(count):
        make_application(employer, standard(), None, None, State.DRAFT, at=timezone.now())
    client.force_login(employer.created_by)
    client.get("/empresa/")
    with django_assert_max_num_queries(10):
        assert client.get("/empresa/").content.decode().count("S-20") >= count


def test_an_application_is_opened_for_one_of_the_employers_that_one_edits(client, employer):
    other = MembershipFactory(employer=EmployerFactory(), user=employer.created_by, role="reader").employer
    client.force_login(employer.created_by)
    page = client.get("/empresa/").content.decode()
    assert f'href="{NEW}?empresa={employer.pk}">Abrir una solicitud</a>' in page
    assert f'?empresa={other.pk}"' not in page


@pytest.mark.parametrize("count", [1, 9])
def test_choosing_an_employer_costs_the_same_at_two_sizes(client, employer, count, django_assert_max_num_queries):
    user = employer.created_by
    for number in range(count):
        EmployerFactory(created_by=user, owner=user, legal_name=f"Propia {number}")
        MembershipFactory(employer=EmployerFactory(legal_name=f"Ajena {number}"), user=user, role="reader")
    client.force_login(user)
    client.get(NEW)
    with django_assert_max_num_queries(6):
        page = client.get(NEW).content.decode()
    assert (page.count("Propia"), page.count("Ajena")) == (count, 0)


@pytest.mark.parametrize("build", [draft, complete_draft])
def test_the_hub_costs_the_same_empty_and_full(client, build, django_assert_max_num_queries):
    case = build(NMX)
    client.force_login(case.owner)
    client.get(base(case))
    with django_assert_max_num_queries(19):
        assert client.get(base(case)).status_code == 200


def test_opening_gives_a_folio_and_records_who(client, employer):
    workplace = WorkplaceFactory(employer=employer)
    norm, body = standard(NMX), ReviewBodyFactory(accredited=True)
    client.force_login(employer.created_by)
    response = client.post(f"{NEW}?norma={norm.slug}", {"workplaces": [workplace.pk], "body": body.pk})
    application = Application.objects.get()
    assert response.url == f"/empresa/solicitudes/{application.folio}/"
    assert (application.state, application.body, application.created_by) == (State.DRAFT, body, employer.created_by)
    assert list(application.workplaces.all()) == [workplace]
    assert Event.objects.about(application).get().action == "open"


def test_without_a_workplace_it_says_so(client, employer):
    WorkplaceFactory(employer=employer)
    client.force_login(employer.created_by)
    page = client.post(f"{NEW}?norma={standard().slug}", {}).content.decode()
    assert "Elige al menos un centro de trabajo." in page
    assert not Application.objects.exists()


def test_another_employers_workplace_is_refused(client, employer):
    foreign = WorkplaceFactory()
    client.force_login(employer.created_by)
    client.post(f"{NEW}?norma={standard().slug}", {"workplaces": [foreign.pk]})
    assert not Application.objects.exists()


def test_of_two_employers_one_is_chosen_first(client, employer):
    MembershipFactory(user=employer.created_by, owner=True)
    client.force_login(employer.created_by)
    assert "¿De qué empresa es?" in client.get(f"{NEW}?norma={standard().slug}").content.decode()


def test_a_reader_cannot_open(client, employer):
    reader = MembershipFactory(employer=employer, reader=True).user
    client.force_login(reader)
    page = client.get(f"{NEW}?norma={standard().slug}&empresa={employer.pk}").content.decode()
    assert "Primero registra tu empresa" in page


def test_the_hub_shows_points_gates_and_what_is_next(client):
    case = complete_draft(NMX)
    client.force_login(case.owner)
    page = client.get(base(case)).content.decode()
    for text in ("Revisar y enviar", "5 de 5 documentos vigentes", "100 puntos", "En preparación", "valor de trabajo"):
        assert text in page


def test_withdrawing_needs_a_reason_and_a_signature(client):
    case = make_case(State.SUBMITTED)
    address = f"{base(case)}retirar/"
    client.force_login(case.editor)
    assert client.post(address, {"reason": "No"}).status_code == 403
    client.force_login(case.owner)
    assert "Escribe el motivo" in client.post(address, {"reason": " "}, follow=True).content.decode()
    assert "Retiraste la solicitud" in client.post(address, {"reason": "Nos mudamos."}, follow=True).content.decode()
    assert Application.objects.get().state == State.WITHDRAWN
    assert client.post(address, {"reason": "Otra vez"}, follow=True).status_code == 200
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("key", ["²", "٣", "-1", "x", "9" * 400])
def test_an_employer_that_is_no_number_is_asked_for_again(client, employer, key):
    client.force_login(employer.created_by)
    assert client.get(NEW, {"norma": standard().slug, "empresa": key}).status_code == 200
