"""The task list: its order, its states with their reasons, the minutes left, and who sees to what."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.refusals import ActionRefused
from certification.applications import dossier as dossiers
from certification.applications import hub, readiness
from certification.applications.enums import State
from certification.applications.hub.durations import in_words
from certification.applications.hub.tasks import done
from certification.applications.owners.actions import assign
from certification.applications.owners.models import ItemOwner
from certification.applications.owners.team import team_of
from certification.review import actions as review
from employers.actions.people import remove_member
from employers.models import Workplace
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.applications.large import large_case
from tests.certification.review.factories import AT, LATER, make_case, verify

pytestmark = pytest.mark.django_db


def load(case):
    return dossiers.load(case.fresh(), timezone.localdate())


def groups_of(case):
    return {group.key: group for group in hub.build(load(case), team_of(case.application)).groups}


def tasks_of(case):
    return {task.code or task.title: task for group in groups_of(case).values() for task in group.tasks}


def test_words_are_those_of_whoever_reads():
    read = []
    for language in ("es-mx", "en", "es-mx"):
        with translation.override(language):
            read.append(done())
    assert read == [("met", "Listo"), ("met", "Ready"), ("met", "Listo")]


def test_groups_come_in_their_order():
    keys = ["elegibilidad", "cartas", "cortos", "largos", "medidas", "envio"]
    assert list(groups_of(draft(NMX))) == keys
    short, long = groups_of(draft(NMX))["cortos"], groups_of(draft(NMX))["largos"]
    assert [task.code for task in long.tasks] == ["R01", "R02", "R03", "R12", "R14"]
    assert all(task.code not in {"R01", "R14"} for task in short.tasks)


def test_a_group_without_tasks_is_left_out():
    assert list(groups_of(draft())) == ["elegibilidad", "cortos", "envio"]


def test_an_empty_draft_has_not_started_and_says_why_it_cannot_be_sent():
    tasks = tasks_of(draft(NMX))
    assert (tasks["R01"].state, tasks["R01"].word, tasks["R01"].minutes) == ("todo", "Sin empezar", 40)
    assert (tasks["P1"].word, tasks["M4"].word) == ("Sin empezar", "Sin empezar")
    assert tasks["M1"].word == "No puede empezar todavía"
    last = tasks["Revisar lo que falta y enviar"]
    assert (last.state, last.word) == ("locked", "No puede empezar todavía")
    assert last.note == "Primero resuelve lo que la detiene: faltan 19 cosas."


def test_a_complete_draft_is_done_but_for_sending():
    case = complete_draft(NMX)
    groups = groups_of(case)
    assert [groups[key].done for key in ("cartas", "cortos", "largos")] == [5, 9, 5]
    last = groups["envio"].tasks[0]
    assert (last.word, last.note) == ("Sin empezar", f"La envía: {case.owner}")
    assert groups["cortos"].time_left == ""


def test_the_section_stands_as_a_word_on_the_line():
    tasks = tasks_of(draft(NMX))
    assert str(tasks["R01"].section) == "Requisitos críticos"
    assert str(tasks["R06"].section) == "Requisitos no críticos"
    assert tasks_of(draft())["DEI-1.1"].section.startswith("Crítico · ")


def test_what_is_answered_without_evidence_takes_half_its_time():
    case = complete_draft(NMX)
    case.application.evidence_uses.filter(item="R01").delete()
    assert (tasks_of(case)["R01"].word, tasks_of(case)["R01"].minutes) == ("Falta evidencia", 20)
    case.application.answers.filter(criterion="R02").update(claims={"R02a": "met"})
    assert (tasks_of(case)["R02"].word, tasks_of(case)["R02"].minutes) == ("En curso", 15)


def test_with_observations_only_what_was_observed_takes_time_and_blocks():
    case = make_case(State.IN_REVIEW, name=NMX)
    verify(case)
    verify(case, "R06", "not_met")
    review.observe(case.application, items=["R06"], actor=case.reviewer, at=LATER)
    tasks = tasks_of(case)
    assert tasks["R06"].word == "Observado"
    assert [code for code, task in tasks.items() if task.minutes] == ["R06", "Revisar lo que falta y enviar"]
    codes = {one.code for one in readiness.errors(load(case))}
    assert codes == {"R06"}
    assert {one.code for one in readiness.missing(load(case))} - {""} == {"R06"}  # the rest is closed


def test_what_is_answered_and_not_met_is_neither_missing_nor_fine(client):
    case = complete_draft(NMX)
    answer = case.application.answers.get(criterion="R03")
    answer.claims = dict.fromkeys(answer.claims, "not_met")
    answer.save()
    case.application.measure_claims.filter(measure="M4").update(is_claimed=False)
    case.application.workplaces.first().figures.update(women_managers=0)
    tasks = tasks_of(case)
    for code in ("R03", "M4"):
        assert (tasks[code].state, tasks[code].word) == ("attention", "Respondido: todavía no se cumple"), code
        assert (tasks[code].is_done, tasks[code].minutes) == (False, 0)
    client.force_login(case.reader)
    page = client.get(base(case)).content.decode()
    assert f"Cumplidas y demostradas: {groups_of(case)['medidas'].done} de 5" in page  # the gate counts what is claimed


def test_figures_and_closed_workplaces_are_told():
    case = complete_draft(NMX)
    case.application.workplaces.first().figures.all().delete()
    assert tasks_of(case)["Cifras de la plantilla"].word == "Sin empezar"
    Workplace.objects.update(closed_at=AT)
    assert tasks_of(case)["Centros de trabajo elegidos"].word == "Revisar"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "unos 5 minutos"),
        (44, "unos 45 minutos"),
        (60, "unos 60 minutos"),
        (61, "unos 70 minutos"),
        (120, "unas 2 horas"),
        (200, "unas 3 horas y 20 minutos"),
    ],
)
def test_time_in_words(minutes, words):
    assert in_words(minutes) == words


def test_one_owner_an_item_and_who_left_owns_nothing():
    case = draft(NMX)
    member = case.application.employer.memberships.get(user=case.editor)
    assert assign(case.application, ["R01", "R02", "R99"], member.pk, actor=case.owner, at=AT) == 2
    own = case.application.employer.memberships.get(user=case.owner)
    assign(case.application, ["R02"], own.pk, actor=case.editor, at=AT)
    team = team_of(case.application)
    assert {code: one.user for code, one in team.owners.items()} == {"R01": case.editor.pk, "R02": case.owner.pk}
    assert tasks_of(case)["R01"].owner.name == str(case.editor)
    remove_member(membership=member, actor=case.owner, at=LATER)
    assert set(team_of(case.application).owners) == {"R02"}
    assert not ItemOwner.objects.in_force().filter(item="R01").exists()
    assign(case.application, ["R02"], None, actor=case.owner, at=AT)
    assert team_of(case.application).owners == {}


def test_who_reads_neither_gives_work_nor_gets_it(client):
    case = draft(NMX)
    reader = case.application.employer.memberships.get(user=case.reader)
    with pytest.raises(PermissionDenied):
        assign(case.application, ["R01"], None, actor=case.reader, at=AT)
    foreign = case.foreigner.memberships.get()
    for membership in (reader, foreign):
        with pytest.raises(ActionRefused, match="ya no puede editar"):
            assign(case.application, ["R01"], membership.pk, actor=case.owner, at=AT)
    client.force_login(case.reader)
    assert "tu permiso es de lectura" in client.get(f"{base(case)}encargos/").content.decode()
    assert client.post(f"{base(case)}encargos/", {"items": "R01", "owner": ""}).status_code == 403
    assert 'name="owner"' not in client.get(f"{base(case)}criterios/R01/").content.decode()


def test_work_is_given_out_and_mine_is_found(client):
    case = draft(NMX)
    client.force_login(case.owner)
    member = case.application.employer.memberships.get(user=case.editor)
    address = f"{base(case)}encargos/"
    assert client.post(address, {"items": ["R01", "P1"], "owner": member.pk}).url == address
    assert client.post(address, {"items": ["R01"], "owner": "999999"}).status_code == 200
    client.post(f"{base(case)}criterios/R02/", {"owner": member.pk, "owner-was": "", "note": "Ya", "version": "0"})
    client.post(f"{base(case)}criterios/R03/", {"owner": "", "owner-was": "", "note": "Ya", "version": "0"})
    assert set(team_of(case.application).owners) == {"R01", "R02", "P1"}
    client.force_login(case.editor)
    page = client.get(f"{base(case)}?mio=1").content.decode()
    listed = page.partition('id="tareas"')[2].partition('id="puntos"')[0]
    assert "Lo mío (3)" in page
    assert all(f">{code}<" in listed for code in ("R01", "R02", "P1"))
    assert ">R03<" not in listed


def test_what_is_with_the_programme_is_not_given_out():
    case = make_case(State.SUBMITTED, name=NMX)
    with pytest.raises(ActionRefused, match="no está en sus manos"):
        assign(case.application, ["R01"], None, actor=case.owner, at=AT)


def test_the_hub_asks_the_same_of_the_database_at_any_size(client):
    asked = []
    for criteria in (20, 200):
        case = large_case(criteria, 3 * criteria, claim="partly")
        client.force_login(case.owner)
        client.get(base(case))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(base(case)).content.decode()
        assert page.count('<span class="code">C') >= criteria
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
