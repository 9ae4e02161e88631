import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from employers.models import FiguresExplanation, WorkforceFigures, Workplace
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

DATA = {"name": "Planta Toluca", "state": "15", "municipality": "15106", "address": "", "women": "40", "men": "60"}


@pytest.fixture
def workplace(employer):
    return WorkplaceFactory(employer=employer, name="Planta Centro")


@pytest.fixture
def new(employer):
    return reverse("workplace_create", args=[employer.pk])


def figures_page(workplace, year=2026):
    return reverse("figures_edit", args=[workplace.employer_id, workplace.pk, year])


def save(client, workplace, year=2026, **figures):
    version = workplace.figures.filter(year=year).values_list("version", flat=True).first() or 0
    return client.post(figures_page(workplace, year), {"version": version, "women": "10", "men": "10", **figures})


def test_the_first_step_asks_for_the_state_and_the_second_offers_its_municipalities(as_user, editor, new):
    client = as_user(editor)
    first = client.get(new).content.decode()
    assert "Paso 1 de 2" in first
    assert "Toluca" not in first
    second = client.get(new, {"state": "15"}).content.decode()
    assert '<option value="15106">Toluca</option>' in second
    assert "Guadalajara" not in second
    assert "Paso 1 de 2" in client.get(new, {"state": "99"}).content.decode()


def test_with_scripts_only_the_municipalities_are_sent(as_user, editor, new):
    page = as_user(editor).get(new, {"state": "14"}, headers={"HX-Request": "true"}).content.decode()
    assert "Guadalajara" in page
    assert "<html" not in page


def test_an_editor_adds_a_workplace_with_its_staff(as_user, editor, new, employer, said):
    response = as_user(editor).post(new, DATA)
    workplace = Workplace.objects.get()
    assert response.url == reverse("employer_detail", args=[employer.pk])
    assert said(response) == ["Agregaste el centro de trabajo."]
    assert (workplace.place, workplace.headcount) == ("Toluca, Estado de México", 100)
    figures = workplace.figures.get()
    assert (figures.year, figures.women, figures.men) == (timezone.localdate().year, 40, 60)
    event = Event.objects.get()
    assert (event.action, event.actor, event.subject_id) == ("workplace_created", editor, workplace.pk)


def test_a_workplace_of_nobody_is_kept_and_asked_about(as_user, editor, new):
    client = as_user(editor)
    response = client.post(new, {**DATA, "women": "0", "men": "0"}, follow=True)
    workplace, page = Workplace.objects.get(), response.content.decode()
    this_year = timezone.localdate().year
    assert response.redirect_chain == [(figures_page(workplace, this_year), 302)]
    assert "Agregaste el centro de trabajo. Hay algo que no esperábamos" in page
    assert '<a href="#id_explains-nobody">Con cero personas, el centro no tendría a quién certificar.</a>' in page
    save(client, workplace, this_year, women="0", men="0", **{"explains-nobody": "Abre en enero."})
    assert FiguresExplanation.objects.get().text == "Abre en enero."


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("municipality", "14039", "Ese municipio no es de la entidad que elegiste. Elígelo de nuevo."),
        ("municipality", "15999", "Ese municipio no es de la entidad que elegiste. Elígelo de nuevo."),
        ("women", "-1", "Escribe 0 o un número mayor."),
        ("men", "muchos", "Escribe un número entero, sólo con cifras."),
        ("men", "1000000", "Escribe un número de seis cifras o menos."),
        ("women", "", "Escribe cuántas personas son. Si no hay, escribe 0."),
        ("name", "planta centro", "Ya tienes un centro de trabajo con ese nombre."),
    ],
)
def test_what_cannot_be_is_refused_in_words(field, value, sentence, as_user, editor, new, workplace):
    page = as_user(editor).post(new, {**DATA, field: value}).content.decode()
    assert sentence in page
    assert Workplace.objects.count() == 1


def test_a_changed_state_offers_its_municipalities_after_the_refusal(as_user, editor, new):
    page = as_user(editor).post(new, {**DATA, "state": "14"}).content.decode()
    assert '<option value="14039">Guadalajara</option>' in page
    assert "Planta Toluca" in page


def test_the_name_of_a_closed_workplace_may_be_used_again(as_user, editor, new, employer):
    WorkplaceFactory(employer=employer, name="Planta Toluca", closed=True)
    assert as_user(editor).post(new, DATA).status_code == 302


def test_an_editor_moves_a_workplace(as_user, editor, workplace):
    page = reverse("workplace_edit", args=[workplace.employer_id, workplace.pk])
    client = as_user(editor)
    assert '<option value="14039" selected>Guadalajara</option>' in client.get(page).content.decode()
    data = {"name": "Planta Norte", "state": "19", "municipality": "19039", "address": "Calle 1"}
    assert client.post(page, data).status_code == 302
    workplace.refresh_from_db()
    assert (workplace.name, workplace.place) == ("Planta Norte", "Monterrey, Nuevo León")
    assert Event.objects.get().action == "workplace_changed"


def test_closing_twice_is_closing_once(as_user, editor, workplace, employer):
    page = reverse("workplace_close", args=[workplace.employer_id, workplace.pk])
    client = as_user(editor)
    client.post(page)
    closed_at = Workplace.objects.get().closed_at
    client.post(page)
    assert Workplace.objects.get().closed_at == closed_at is not None
    assert Event.objects.get().actor == editor
    assert employer.headcount == 0


def test_a_workplace_of_another_employer_is_not_found_under_mine(as_user, owner, employer):
    other = WorkplaceFactory()
    assert as_user(owner).get(reverse("workplace_detail", args=[employer.pk, other.pk])).status_code == 404


def test_the_newest_year_is_the_staff_of_the_workplace(as_user, editor, workplace):
    client = as_user(editor)
    save(client, workplace, 2026, women="30", men="20", with_disability="2")
    save(client, workplace, 2024, women="1", men="1")
    workplace.refresh_from_db()
    assert (workplace.women, workplace.men) == (30, 20)
    newest = workplace.figures.get(year=2026)
    assert (newest.with_disability, newest.women_managers, newest.updated_by) == (2, None, editor)


def test_saving_the_figures_twice_keeps_one_row(as_user, editor, workplace):
    client = as_user(editor)
    assert [save(client, workplace).status_code for _ in range(2)] == [302, 302]
    assert WorkforceFigures.objects.count() == 1


def test_an_impossible_number_is_kept_and_asked_about(as_user, editor, workplace, said):
    client = as_user(editor)
    response = save(client, workplace, women_managers="11", with_disability="21")
    assert response.url == figures_page(workplace)
    assert said(response) == ["Guardamos tus cifras. Hay algo que no esperábamos: explícalo o corrígelo."]
    page = client.get(response.url).content.decode()
    assert "Hay 3 cosas que no esperábamos" in page  # 10 and 10 are half and half
    assert "Son más mujeres en dirección (11) que mujeres en el centro (10)." in page
    assert "Son más personas con discapacidad (21) que personas en el centro (20)." in page
    assert workplace.figures.get().women_managers == 11
    detail = reverse("workplace_detail", args=[workplace.employer_id, workplace.pk])
    assert "Por explicar" in client.get(detail).content.decode()


def test_each_doubt_has_its_own_explanation(as_user, editor, workplace):
    client = as_user(editor)
    save(client, workplace, men="11", women_managers="12", with_disability="22")
    one = {"explains-part_exceeds_whole-women_managers": "Dirigen dos centros."}
    still = save(client, workplace, men="11", women_managers="12", with_disability="22", **one)
    assert still.url == figures_page(workplace)
    figures = workplace.figures.get()
    assert [question.doubt.field for question in figures.unanswered] == ["with_disability"]
    both = {**one, "explains-part_exceeds_whole-with_disability": "Una está comisionada aquí."}
    done = save(client, workplace, men="11", women_managers="12", with_disability="22", **both)
    assert done.url == reverse("workplace_detail", args=[workplace.employer_id, workplace.pk])
    assert {said.text for said in figures.explanations.all()} == {"Dirigen dos centros.", "Una está comisionada aquí."}
    assert "Por explicar" not in client.get(done.url).content.decode()


def test_an_explanation_can_be_taken_back_and_keeps_who_said_it(as_user, editor, owner, workplace):
    doubted = {"men": "11", "with_disability": "22"}
    said = {"explains-part_exceeds_whole-with_disability": "Una está comisionada aquí."}
    save(as_user(editor), workplace, **doubted)
    save(as_user(editor), workplace, **doubted, **said)
    save(as_user(owner), workplace, **doubted, **said)
    assert workplace.figures.get().explanations.get().explained_by == editor
    save(as_user(owner), workplace, **doubted, **dict.fromkeys(said, ""))
    assert not workplace.figures.get().explanations.exists()


def test_an_old_explanation_does_not_answer_a_new_number(as_user, editor, owner, workplace):
    name, text = "explains-part_exceeds_whole-with_disability", "Son las de dos centros."
    doubted = {"men": "11", "with_disability": "161"}
    save(as_user(editor), workplace, **doubted)
    save(as_user(editor), workplace, **doubted, **{name: text})
    assert workplace.figures.get().answers == {"part_exceeds_whole:with_disability": text}
    again = save(as_user(owner), workplace, men="11", with_disability="961", **{name: text})
    assert again.url == figures_page(workplace)
    figures = workplace.figures.get()
    assert (len(figures.unanswered), figures.answers) == (1, {})
    assert figures.explanations.get().explained_by == editor
    page = as_user(owner).get(again.url).content.decode()
    assert "Lo escribiste de otros números." in page
    assert text in page
    assert "Explicado" not in page
    for _ in range(2):
        save(as_user(owner), workplace, men="11", with_disability="961", **{name: text})
    said = workplace.figures.get().explanations.get()
    assert (said.numbers, said.explained_by) == ("961 21", owner)
    assert workplace.figures.get().unanswered == []


@pytest.mark.parametrize("changed", [2026, 2025])
def test_an_explanation_from_before_numbers_were_kept_answers_those_beside_it(changed, as_user, editor, workplace):
    WorkforceFiguresFactory(workplace=workplace, year=2025, women=100, men=120)
    figures = WorkforceFiguresFactory(workplace=workplace, year=2026, women=200, men=240)
    FiguresExplanation.objects.create(
        figures=figures, rule="jump:staff", text="Crecimos.", explained_at=timezone.now(), explained_by=editor
    )
    assert figures.unanswered == []
    save(as_user(editor), workplace, changed, women="20", men="30", **{"explains-jump-staff": "Crecimos."})
    now = workplace.figures.get(year=2026)
    assert [one.doubt.rule for one in now.unanswered] == ["jump:staff"]
    assert now.questions[0].earlier.text == "Crecimos."


def test_what_was_said_last_year_stands_beside_the_field(as_user, editor, workplace):
    WorkforceFiguresFactory(workplace=workplace, year=2025, women=27, men=31, women_promoted=4)
    page = as_user(editor).get(figures_page(workplace)).content.decode()
    assert "En 2025: 27" in page
    assert "En 2025: 4" in page
    assert "En 2024" not in page


def test_a_wrong_number_in_a_folded_section_opens_it_and_is_named_whole(as_user, editor, workplace):
    page = save(as_user(editor), workplace, men="11", men_pay_2="muchos").content.decode()
    assert "Hombres que ganan más de 1 y hasta 2 salarios mínimos: Escribe un número entero, sólo con cifras." in page
    assert '<details class="figures" id="pay" open>' in page
    assert '<details class="figures" id="leave">' in page


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_year_that_nobody_asks_for_is_not_there(year, as_user, editor, workplace):
    assert as_user(editor).get(figures_page(workplace, year)).status_code == 404


def test_older_years_stay_in_the_list(as_user, reader, workplace):
    WorkforceFiguresFactory(workplace=workplace, year=2019, women=7)
    page = as_user(reader).get(reverse("workplace_detail", args=[workplace.employer_id, workplace.pk]))
    assert '<th scope="row">2019' in page.content.decode()


@pytest.mark.parametrize("years", [2, 9])
def test_the_history_costs_the_same_for_many_years(years, as_user, reader, workplace, django_assert_num_queries):
    for year in range(2026, 2026 - years, -1):
        WorkforceFiguresFactory(workplace=workplace, year=year, women=20, men=20, men_promoted=3)
    client = as_user(reader)
    address = reverse("workplace_detail", args=[workplace.employer_id, workplace.pk])
    client.get(address)
    with django_assert_num_queries(9):
        page = client.get(address).content.decode()
    assert page.count("Por explicar") == years
    assert "Personas que ascendieron en el año, hombres" in page
