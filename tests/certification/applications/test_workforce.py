"""The workforce figures of an application: which year counts, and what is asked about them."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.urls import reverse

from certification.applications import dossier as dossiers
from certification.applications import readiness, snapshot
from certification.applications.enums import State
from certification.applications.figures import figures_that_count, summed
from certification.standards.enums import Figure
from employers.actions import save_figures
from employers.models import FiguresExplanation, WorkforceFigures
from tests.certification.review.factories import AT, DECLARED, LATER, NAMED, make_case
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 16)
PATERNITY = "part_exceeds_whole:paternity_leave"


def doubted(state, name="distintivo-ei"):
    """A file whose one workplace has a number that was explained and one that was not."""
    case = make_case(state, name=name)
    figures = WorkforceFigures.objects.get()
    WorkforceFigures.objects.update(women=51, women_managers=6, paternity_leave=60, returned_percent=130)
    FiguresExplanation.objects.create(
        figures=figures,
        rule=PATERNITY,
        text="También las de quienes salieron.",
        explained_at=AT,
        explained_by=case.owner,
    )
    return case, figures


def test_a_later_year_does_not_change_what_was_sent():
    workplace = WorkplaceFactory()
    for year in (2024, 2025, 2027):
        WorkforceFiguresFactory(workplace=workplace, year=year, women=year - 2000)
    (counting,) = figures_that_count([workplace.pk], MARCH)
    assert (counting.year, counting.previous.year) == (2025, 2024)
    assert figures_that_count([workplace.pk], dt.date(2023, 12, 31)) == []


def test_every_figure_of_the_standards_is_summed():
    rows = [WorkforceFiguresFactory(women_promoted=2, men_promoted=1), WorkforceFiguresFactory(women_promoted=3)]
    assert set(Figure.values) <= set(summed(rows))
    assert summed(rows)["ascensos_mujeres"] == 5
    assert summed(rows)["ascensos_total"] is None  # one workplace did not say how many men
    assert summed(rows[:1])["ascensos_total"] == 3


def test_the_page_of_standards_tells_every_figure():
    told = (settings.BASE_DIR / "docs/standards.md").read_text(encoding="utf-8")
    assert [value for value in Figure.values if f"`{value}`" not in told] == []


@pytest.mark.parametrize("workplaces", [1, 6])
def test_questions_of_many_workplaces_cost_two_queries(workplaces, django_assert_num_queries):
    rows = [WorkforceFiguresFactory(women=20, men=20) for _ in range(workplaces)]
    WorkforceFiguresFactory(workplace=rows[0].workplace, year=2025, women=4, men=4)
    with django_assert_num_queries(2):
        found = figures_that_count([row.workplace_id for row in rows], MARCH)
        assert sum(len(row.questions) for row in found) == workplaces + 1


def test_unanswered_numbers_are_advice_before_sending():
    case, figures = doubted(State.DRAFT)
    said = [one for one in readiness.missing(dossiers.load(case.application, MARCH)) if "llama la atención" in one.text]
    assert [(one.blocks, one.url) for one in said] == [
        (False, reverse("figures_edit", args=[case.application.employer_id, figures.workplace_id, 2026]))
    ]
    FiguresExplanation.objects.create(
        figures=figures, rule="percent_over_100:returned_percent", text="Dos volvieron dos veces.",
        explained_at=AT, explained_by=case.owner,
    )  # fmt: skip
    later = readiness.missing(dossiers.load(case.application, MARCH))
    assert not [one for one in later if "llama la atención" in one.text]


def test_old_figures_are_advice_and_missing_ones_stop_the_sending():
    case = make_case(State.DRAFT)
    WorkforceFigures.objects.update(year=2024)
    empty = WorkplaceFactory(employer=case.application.employer, name="Bodega")
    case.application.workplaces.add(empty)
    said = {one.text: one.blocks for one in readiness.missing(dossiers.load(case.application, MARCH))}
    assert said["Bodega: faltan las cifras de su plantilla."] is True
    assert [blocks for text, blocks in said.items() if "sus últimas cifras son de 2024" in text] == [False]


@pytest.mark.parametrize(("who", "page"), [("reviewer", ""), ("manager", ""), ("decider", "dictamen/")])
def test_the_programme_reads_number_question_and_answer(client, who, page):
    case, _figures = doubted(State.RECOMMENDED)
    client.force_login(getattr(case, who))
    html = client.get(f"/revision/{case.application.folio}/{page}").content.decode()
    assert "Son más licencias de paternidad (60) que hombres en el centro (50)." in html
    assert "También las de quienes salieron." in html
    assert "Sin explicar" in html
    assert "«Volvieron después de su licencia»: 130 de cada 100." in html


def test_beside_a_computed_measure_the_reviewer_reads_them_too(client):
    case, _figures = doubted(State.IN_REVIEW, name="nmx-r-025-scfi-2015")
    client.force_login(case.reviewer)
    assert "También las de quienes salieron." in client.get(f"/revision/{case.application.folio}/M1/").content.decode()
    assert "quienes salieron" not in client.get(f"/revision/{case.application.folio}/R01/").content.decode()


def test_the_snapshot_says_every_figure_question_and_answer():
    case, _figures = doubted(State.SUBMITTED)
    loaded = dossiers.load(case.application, MARCH)
    text = snapshot.take(loaded, declaration=DECLARED, at=AT)
    said = json.loads(text)["workplaces"][0]["figures"]
    assert (said["year"], said["paternity_leave"], said["men_pay_5"]) == (2026, 60, None)
    assert said["explanations"] == {PATERNITY: "También las de quienes salieron."}


def test_what_was_said_of_other_numbers_is_no_answer(client):
    case, figures = doubted(State.IN_REVIEW)
    figures.explanations.update(numbers="55 50")
    text = snapshot.take(dossiers.load(case.application, MARCH), declaration=DECLARED, at=AT)
    assert json.loads(text)["workplaces"][0]["figures"]["explanations"] == {}
    client.force_login(case.reviewer)
    html = client.get(f"/revision/{case.application.folio}/").content.decode()
    assert "Son más licencias de paternidad (60)" in html
    assert "quienes salieron" not in html


@pytest.mark.parametrize(("field", "value"), [("women_promoted", 9), ("men_pay_5", 0), ("note", "Otra cosa")])
def test_a_figure_that_changed_since_is_noticed(field, value):
    case = make_case(State.DECIDED)
    assert snapshot.is_as_sent(dossiers.load(case.application, MARCH))
    WorkforceFigures.objects.update(**{field: value})
    assert not snapshot.is_as_sent(dossiers.load(case.application, MARCH))


def test_what_was_sent_before_there_were_more_figures_is_still_as_sent():
    case = make_case(State.DECIDED)
    sent = case.application.submissions.get().snapshot
    old = sent.replace('"note":""', '"explanation":""').replace('"explanations":{},', "")
    for name in ("men_pay_1", "women_promoted", "paternity_leave"):
        old = old.replace(f'"{name}":null,', "")
    case.application.submissions.create(
        round=2, snapshot=old, sha256="0" * 64, declaration="Sí", submitted_at=LATER, submitted_by=case.owner, **NAMED
    )
    assert len(old) < len(sent)
    assert snapshot.is_as_sent(dossiers.load(case.application, MARCH))


def test_what_was_sent_is_not_explained_afterwards():
    case, figures = doubted(State.IN_REVIEW)
    said = {"workplace": figures.workplace, "year": 2026, "version": figures.version, "actor": case.owner, "at": LATER}
    with pytest.raises(Exception, match=case.application.folio):
        save_figures(figures={}, explanations={PATERNITY: "Otra"}, **said)
    assert FiguresExplanation.objects.get().text == "También las de quienes salieron."
