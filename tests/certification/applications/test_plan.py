"""The improvement plan: an employer's own list of what it will do about its gaps."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import Event
from certification.applications.enums import State
from certification.applications.plan.models import ImprovementAction
from tests.accounts.factories import BodyMembershipFactory, UserFactory
from tests.certification.applications.cases import base
from tests.certification.applications.plan_steps import DUE, WHAT, ImprovementActionFactory, plan_page
from tests.certification.review.factories import AT, make_case, standard
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
FIELDS = {"what": WHAT, "owner": "", "owner_name": "", "due_on": "2026-12-11", "practice": ""}


@pytest.fixture
def case():
    return make_case(State.DRAFT)


@pytest.fixture
def code():
    return standard().code


def act(case, code, **changes):
    changes = {"employer": case.application.employer, "standard_code": code, **changes}
    return ImprovementActionFactory(created_by=case.owner, **changes)


def post(client, case, view, *more, person=None, **data):
    client.force_login(person or case.editor)
    return client.post(plan_page(case.application.employer, view, *more), data)


def test_from_the_criterion_to_the_plan_and_back(client, case, code):
    client.force_login(case.editor)
    page = client.get(base(case) + "criterios/DEI-1.1/").content.decode()
    assert 'name="then" value="plan:DEI-1.1"' in page
    answer = case.application.answers.get(criterion="DEI-1.1")
    typed = {"version": answer.version, "note": "Lo que escribí antes", "then": "plan:DEI-1.1"}
    form = client.post(base(case) + "criterios/DEI-1.1/", typed)
    assert case.application.answers.get(criterion="DEI-1.1").note == "Lo que escribí antes"
    assert f"norma={code}&requisito=DEI-1.1" in form.url
    assert "DEI-1.1" in client.get(form.url).content.decode()
    done = client.post(form.url, FIELDS | {"owner": case.owner.pk})
    assert done.url == base(case) + "criterios/DEI-1.1/"
    action = ImprovementAction.objects.get()
    assert (action.standard_code, action.criterion, action.what, action.due_on) == (code, "DEI-1.1", WHAT, DUE)
    assert (action.owner, action.created_by) == (case.owner, case.editor)
    assert Event.objects.about(action).get().action == "improvement_opened"
    assert WHAT in client.get(done.url).content.decode()


def test_it_survives_the_cycle_and_is_offered_in_the_next_application(client, case, code):
    act(case, code)
    act(case, code, what="Ya cerrada", state="done", closed_at=AT, closed_by=case.owner)
    act(case, "OTRA", what="De otra norma")
    case.application.state = State.WITHDRAWN
    case.application.save()
    case.application.pk, case.application.folio, case.application.state = None, "S-2026-0099-X", State.DRAFT
    case.application.save(force_insert=True)
    client.force_login(case.reader)
    page = client.get(base(case) + "criterios/DEI-1.1/").content.decode()
    assert WHAT in page
    assert "Ya cerrada" not in page
    assert "De otra norma" not in page
    assert "Una acción abierta de esta norma." in client.get(base(case)).content.decode()
    client.force_login(case.editor)
    begin = (
        reverse("application_create")
        + f"?norma={case.application.standard.slug}&empresa={case.application.employer_id}"
    )
    assert "Tu plan de mejora tiene una acción abierta de esta norma." in client.get(begin).content.decode()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.RECOMMENDED, State.AWARDED])
def test_no_role_of_the_programme_sees_it(client, role, state):
    case = make_case(state)
    action = act(case, case.application.standard.code, what="Secreto de la casa")
    staff = UserFactory(role=role)
    BodyMembershipFactory(user=staff, body=case.body)
    case.application.reviewer = staff
    case.application.save(update_fields=["reviewer"])
    client.force_login(staff)
    assert not ImprovementAction.objects.visible_to(staff).exists()
    employer, folio = case.application.employer, case.application.folio
    views = [("improvement_plan",), ("improvement_create",), ("improvement_edit", action.pk)]
    assert [client.get(plan_page(employer, *one)).status_code for one in views] == [404] * 3
    closed = [("improvement_close", action.pk), ("improvement_reopen", action.pk)]
    assert [client.post(plan_page(employer, *one)).status_code for one in closed] == [404] * 2
    pages = [
        f"/revision/{folio}/",
        f"/revision/{folio}/DEI-1.1/",
        f"/revision/{folio}/dictamen/",
        "/api/v1/openapi.json",
    ]
    pages += ["/api/v1/certificates", "/api/v1/practices", "/padron.json", "/padron.csv"]
    for page in pages:
        said = b"".join(client.get(page))
        assert b"Secreto de la casa" not in said
        assert b"improvement_action" not in said.lower()


def test_a_programme_that_looks_at_the_criterion_page_of_an_employer_finds_nothing(client, case, code):
    act(case, code)
    for person in (case.reviewer, case.manager, case.decider, case.foreigner):
        client.force_login(person)
        assert client.get(base(case) + "criterios/DEI-1.1/").status_code == 404
        assert client.get(plan_page(case.application.employer)).status_code == 404


def test_who_left_sees_nothing_and_a_reader_changes_nothing(client, case, code):
    action = act(case, code)
    employer = case.application.employer
    client.force_login(case.reader)
    assert WHAT in client.get(plan_page(employer)).content.decode()
    assert client.get(plan_page(employer, "improvement_create")).status_code == 403
    assert post(client, case, "improvement_close", action.pk, person=case.reader, version=0).status_code == 403
    case.reader.memberships.update(ended_at=AT)
    assert client.get(plan_page(employer)).status_code == 404
    assert not ImprovementAction.objects.visible_to(case.reader).exists()


def test_anonymous_goes_to_login(client, case):
    assert client.get(plan_page(case.application.employer)).url.startswith("/cuenta/")


def test_an_action_of_another_employer_is_not_found_under_mine(client, case, code):
    other = ImprovementActionFactory(standard_code=code)
    assert post(client, case, "improvement_edit", other.pk, **FIELDS).status_code == 404
    assert post(client, case, "improvement_close", other.pk, version=0).status_code == 404


def test_an_action_is_changed(client, case, code):
    action = act(case, code)
    said = FIELDS | {"what": "Otra cosa", "owner_name": "Mantenimiento", "due_on": "", "version": "0"}
    assert post(client, case, "improvement_edit", action.pk, **said).url == plan_page(case.application.employer)
    action.refresh_from_db()
    assert (action.what, action.owner_name, action.due_on, action.version) == ("Otra cosa", "Mantenimiento", None, 1)


def test_the_second_of_two_loses_nothing_typed(client, case, code):
    action = act(case, code, version=3)
    page = post(
        client, case, "improvement_edit", action.pk, **FIELDS | {"what": "Tarde", "version": "2"}
    ).content.decode()
    assert "Alguien cambió esta acción mientras la veías." in page
    assert "Tarde" in page
    assert ImprovementAction.objects.get().what == WHAT


def test_done_once_and_reopened(client, case, code):
    action = act(case, code)
    for _ in range(2):
        post(client, case, "improvement_close", action.pk, version=0, state="done")
    action.refresh_from_db()
    assert (action.state, action.closed_by, action.version) == ("done", case.editor, 1)
    assert (
        "Abrirla otra vez"
        in client.get(plan_page(case.application.employer, "improvement_edit", action.pk)).content.decode()
    )
    post(client, case, "improvement_reopen", action.pk, version=1)
    action.refresh_from_db()
    assert (action.state, action.closed_at, action.closed_by) == ("open", None, None)
    said = [event.action for event in Event.objects.about(action)]
    assert said == ["improvement_closed", "improvement_reopened"]


def test_dropping_needs_a_reason_that_stays_in_the_house(client, case, code):
    action = act(case, code)
    post(client, case, "improvement_close", action.pk, version=0, state="dropped", reason="  ")
    assert ImprovementAction.objects.get().state == "open"
    post(client, case, "improvement_close", action.pk, version=0, state="dropped", reason="Cerró el turno")
    assert (ImprovementAction.objects.get().state, ImprovementAction.objects.get().reason) == (
        "dropped",
        "Cerró el turno",
    )
    assert "Cerró el turno" not in str([(event.reason, event.data) for event in Event.objects.about(action)])


@pytest.mark.parametrize("view", ["improvement_close", "improvement_reopen"])
def test_closing_is_posted(client, case, code, view):
    client.force_login(case.editor)
    assert client.get(plan_page(case.application.employer, view, act(case, code).pk)).status_code == 405


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"what": ""}, "Falta: ¿Qué van a hacer?"),
        ({"due_on": "31/31/2026"}, "Esa fecha no existe."),
        ({"owner_name": "Ana", "owner": "owner"}, "Elige a alguien de la lista o escribe un nombre, no los dos."),
        ({"practice": "https://otro.mx/página rara"}, "Pega la dirección de una práctica"),
        ({"owner": "foreigner"}, "Esa persona no trabaja en la empresa."),
    ],
)
def test_what_cannot_be_is_told_and_kept(client, case, code, said, sentence):
    said = {name: getattr(case, value).pk if name == "owner" else value for name, value in said.items()}
    client.force_login(case.editor)
    address = plan_page(case.application.employer, "improvement_create") + f"?norma={code}"
    assert sentence in client.post(address, FIELDS | {"owner_name": "", **said}).content.decode()
    assert not ImprovementAction.objects.exists()


def test_a_practice_is_taken_from_its_address(client, case, code):
    client.force_login(case.editor)
    address = plan_page(case.application.employer, "improvement_create")
    pasted = {"standard": code, "practice": "https://portal.mx/practicas/permiso-de-cuidados/?desde=correo"}
    assert client.post(address, FIELDS | pasted).url == plan_page(case.application.employer)
    assert ImprovementAction.objects.get().practice == "permiso-de-cuidados"
    assert "no está publicada" in client.get(plan_page(case.application.employer)).content.decode()


def test_filters(client, case, code):
    today = timezone.localdate()
    act(case, code, what="Tarde", due_on=today - dt.timedelta(days=3), owner=case.owner)
    act(case, "NMX-X", what="De la norma", owner_name="Mantenimiento")
    act(case, code, what="Hecha ya", state="done", closed_at=AT, closed_by=case.owner)
    client.force_login(case.reader)

    def shown(query):
        page = client.get(plan_page(case.application.employer) + query).content.decode()
        return {what for what in ("Tarde", "De la norma", "Hecha ya") if f">{what}<" in page}

    assert shown("") == {"Tarde", "De la norma"}
    assert shown("?vencidas=true") == {"Tarde"}
    assert shown(f"?norma={code}") == {"Tarde"}
    assert shown(f"?quien=u{case.owner.pk}") == {"Tarde"}
    assert shown("?quien=n:Mantenimiento") == {"De la norma"}
    assert shown("?estado=done") == {"Hecha ya"}
    assert shown("?estado=todas") == {"Tarde", "De la norma", "Hecha ya"}
    assert shown("?estado=nada&quien=u%00") <= {"Tarde", "De la norma", "Hecha ya"}


@pytest.mark.parametrize("number", [3, 200])
def test_a_long_plan_costs_the_same(client, case, code, number, django_assert_max_num_queries):
    for place in range(number):
        act(case, code, owner=case.owner if place % 2 else None, practice=f"practica-{place}")
    client.force_login(case.editor)
    client.get(plan_page(case.application.employer))
    with django_assert_max_num_queries(14):
        page = client.get(plan_page(case.application.employer)).content.decode()
    assert page.count("Ya está hecha") == min(number, 25)


def test_an_empty_plan_says_how_to_begin(client, case):
    client.force_login(case.editor)
    assert (
        "Lo más fácil es empezar desde un requisito"
        in client.get(plan_page(case.application.employer)).content.decode()
    )
    client.force_login(case.reader)
    assert "Las agrega quien tiene permiso" in client.get(plan_page(case.application.employer)).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "done"},
        {"state": "dropped", "closed_at": AT, "closed_by": "x"},
        {"closed_at": AT},
        {"owner": "x", "owner_name": "Ana"},
        {"what": ""},
        {"state": "quizá", "closed_at": AT, "closed_by": "x"},
    ],
)
def test_the_database_refuses(fields):
    who = MembershipFactory().user
    said = {name: who if value == "x" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ImprovementActionFactory(**said)
