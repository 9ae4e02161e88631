import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from employers.models import Employer
from tests.accounts.sessions import lose_session
from tests.employers.factories import (
    EmployerFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    WorkplaceFactory,
)

DATA = {
    "legal_name": "Molinos del Río, S.A. de C.V.",
    "trade_name": "",
    "rfc": "mab-930714-8t4",
    "sector": "privado",
    "scian": "31-33",
}


def create(client, **changes):
    return client.post(reverse("employer_create"), {**DATA, **changes})


@pytest.fixture
def newcomer(db):
    return UserFactory()


def test_who_registers_an_employer_owns_it_and_signs(as_user, newcomer, said):
    response = create(as_user(newcomer))
    employer = Employer.objects.get()
    assert response.url == reverse("employer_detail", args=[employer.pk])
    assert said(response) == ["Registraste la empresa. Ahora agrega su primer centro de trabajo."]
    assert (employer.rfc, employer.has_unusual_rfc, employer.created_by) == ("MAB9307148T4", False, newcomer)
    membership = employer.membership_of(newcomer)
    assert (membership.role, membership.is_signatory) == ("owner", True)
    assert [(event.action, event.actor) for event in Event.objects.all()] == [
        ("member_joined", newcomer),
        ("employer_created", newcomer),
    ]


def test_a_wrong_rfc_is_refused_with_its_reason_and_nothing_typed_is_lost(as_user, newcomer):
    response = create(as_user(newcomer), rfc="GODE561231")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Faltan los tres caracteres del final, la homoclave." in page
    assert "Molinos del Río" in page
    assert not Employer.objects.exists()


def test_what_is_missing_is_named_with_a_link_to_it(as_user, newcomer):
    page = create(as_user(newcomer), legal_name="", sector="", scian="").content.decode()
    assert "Revisa 3 datos" in page
    assert '<a href="#id_legal_name">Falta: Razón social</a>' in page
    assert '<a href="#id_sector_0">Falta: Sector</a>' in page
    assert '<a href="#id_scian">Falta: Actividad económica</a>' in page


def test_an_unusual_rfc_is_asked_about_once_and_then_kept(as_user, newcomer):
    client = as_user(newcomer)
    asked = create(client, rfc="MAB9307148T5").content.decode()
    assert "has-doubt" in asked
    assert "Confirma un dato para seguir" in asked
    assert '<a href="#id_confirm_rfc">Revisa el RFC. Si está bien escrito, marca la casilla y guarda.</a>' in asked
    assert 'aria-describedby="rfc-doubt"' in asked
    assert "Revisa un dato" not in asked  # nothing is wrong yet
    assert not Employer.objects.exists()
    assert create(client, rfc="MAB9307148T5", confirm_rfc="on").status_code == 302
    assert Employer.objects.get().has_unusual_rfc is True


def test_a_question_stands_apart_from_what_is_wrong(as_user, newcomer):
    page = create(as_user(newcomer), rfc="MAB9307148T5", legal_name="").content.decode()
    assert page.index("Revisa un dato") < page.index("Confirma un dato para seguir")


@pytest.mark.parametrize("number", ["XAXX010101000", "xexx-010101-000"])
def test_a_generic_rfc_is_asked_about_once_and_then_kept(as_user, newcomer, number):
    EmployerFactory(rfc="XAXX010101000")
    client = as_user(newcomer)
    asked = create(client, rfc=number).content.decode()
    assert "Es un RFC genérico: no es de ninguna empresa" in asked
    assert '<a href="#id_confirm_rfc">Revisa el RFC. Si está bien escrito, marca la casilla y guarda.</a>' in asked
    assert "Lo revisé: la empresa no tiene otro RFC" in asked
    assert "Ya hay una empresa registrada" not in asked
    assert "El último carácter" not in asked
    kept = create(client, rfc=number, confirm_rfc="on")
    assert kept.status_code == 302
    assert "es genérico: cámbialo" in client.get(kept.url).content.decode()


def test_who_edits_opens_an_application_from_the_page_of_the_employer(as_user, editor, reader, employer):
    page, link = reverse("employer_detail", args=[employer.pk]), f"/empresa/solicitudes/nueva/?empresa={employer.pk}"
    assert f'href="{link}">Abrir una solicitud</a>' in as_user(editor).get(page).content.decode()
    assert "Abrir una solicitud" not in as_user(reader).get(page).content.decode()


def test_a_registered_rfc_is_told_without_telling_whose_it_is(as_user, newcomer, employer, owner):
    client = as_user(newcomer)
    page = create(client, rfc=employer.rfc, confirm_rfc="on").content.decode()
    assert "Ya hay una empresa registrada con ese RFC" in page
    assert owner.full_name not in page
    assert employer.trade_name not in page
    assert Employer.objects.count() == 1
    assert create(client, rfc=employer.rfc, confirm_rfc="on", confirm_duplicate="on").status_code == 302
    assert Employer.objects.count() == 2


def test_asking_to_be_invited_mails_the_owners_once_a_day(
    as_user, newcomer, employer, owner, mailoutbox, django_capture_on_commit_callbacks
):
    client = as_user(newcomer)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("join_request"), {"rfc": employer.rfc})
        assert response.status_code == 302
    assert [mail.to for mail in mailoutbox] == [[owner.email]]
    assert newcomer.email in mailoutbox[0].body
    assert Event.objects.get(action="invitation_requested").actor == newcomer
    assert employer.membership_of(newcomer) is None


def test_join_request_takes_posts_of_who_is_logged_in(as_user, newcomer):
    assert as_user(newcomer).get(reverse("join_request")).status_code == 405
    assert as_user(None).post(reverse("join_request")).status_code == 302


def test_the_page_of_an_employer_says_that_its_size_counts_people_only(as_user, owner, employer):
    WorkplaceFactory(employer=employer, women=20, men=31)
    WorkplaceFactory(employer=employer, women=1, men=1)
    page = as_user(owner).get(reverse("employer_detail", args=[employer.pk])).content.decode()
    assert "Mediana · 53 personas" in page
    assert "20 mujeres y 31 hombres" in page
    assert "1 mujer y 1 hombre<" in " ".join(page.split()).replace(" <", "<")
    assert "Lo calculamos sólo con el número de personas" in page
    assert "Guadalajara, Jalisco" in page
    assert "Olga Dueñas" in page


def test_a_reader_is_offered_nothing_to_change(as_user, reader, employer):
    page = as_user(reader).get(reverse("employer_detail", args=[employer.pk])).content.decode()
    assert "Cambiar los datos" not in page
    assert "Agregar un centro" not in page
    assert "Invitar y cambiar permisos" not in page


@pytest.mark.parametrize("name", ["employer_detail", "member_list"])
def test_the_queries_do_not_grow_with_the_employer(name, as_user, owner, employer):
    client, counts = as_user(owner), []
    for size in (1, 20):
        WorkplaceFactory.create_batch(size, employer=employer)
        MembershipFactory.create_batch(size, employer=employer)
        InvitationFactory.create_batch(size, employer=employer)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name, args=[employer.pk]))
        counts.append(len([query for query in queries if "session" not in query["sql"]]))
    assert counts[0] == counts[1] <= 12


def edit(client, employer, **changes):
    data = {**DATA, "rfc": employer.rfc, "version": employer.version, **changes}
    return client.post(reverse("employer_edit", args=[employer.pk]), data)


def test_an_editor_changes_the_data_and_it_is_recorded(as_user, editor, employer):
    assert edit(as_user(editor), employer, trade_name="Molinos").status_code == 302
    employer.refresh_from_db()
    assert (employer.legal_name, employer.trade_name, employer.version) == (DATA["legal_name"], "Molinos", 1)
    event = Event.objects.get()
    assert (event.action, event.actor, event.data) == (
        "employer_changed",
        editor,
        {"fields": ["legal_name", "trade_name"]},
    )


def test_the_second_of_two_editors_sees_both_texts_and_may_save_theirs(as_user, editor, owner, employer):
    assert edit(as_user(owner), employer, legal_name="La que guardó Olga").status_code == 302
    response = edit(as_user(editor), employer, legal_name="La que escribió otra persona")
    page = response.content.decode()
    assert response.status_code == 409
    assert "La que guardó Olga" in page
    assert "La que escribió otra persona" in page
    assert Employer.objects.get(pk=employer.pk).legal_name == "La que guardó Olga"
    assert edit(as_user(editor), employer, legal_name="La de las dos", version=1).status_code == 302
    assert Employer.objects.get(pk=employer.pk).legal_name == "La de las dos"


def test_what_was_typed_when_the_session_ended_is_shown_unsaved(client, newcomer):
    lose_session(client, newcomer)
    create(client, legal_name="Escrita antes de entrar")
    client.force_login(newcomer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("employer_create")).content.decode()
    assert "Escrita antes de entrar" in page
    assert "Todavía no se guarda" in page
    assert not Employer.objects.exists()
    assert "Escrita antes de entrar" in client.get(reverse("employer_create")).content.decode()


def test_pressing_enter_in_the_form_never_asks_for_an_invitation(as_user, newcomer, employer):
    page = create(as_user(newcomer), rfc=employer.rfc, confirm_rfc="on").content.decode()
    assert 'form="join-request"' in page
    assert "formaction" not in page
