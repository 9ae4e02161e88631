"""Letters of participation: their age on the likely day of the visit, and what is said before they lapse."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import dossier as dossiers
from certification.applications import readiness
from certification.applications.enums import State
from certification.applications.models import RequirementRecord
from certification.applications.requirements import age_in_words, letters, likely_visit
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.certification.review.factories import document_of, make_case

MONDAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


def test_the_visit_is_the_day_of_sending_plus_the_clocks():
    document = document_of(NMX)  # 5 business days to assign and 15 to review; 16 March 2026 is a holiday
    assert likely_visit(document, MONDAY, is_assigned=False) == dt.date(2026, 3, 31)
    assert likely_visit(document, MONDAY, is_assigned=True) == dt.date(2026, 3, 24)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (dt.date(2026, 1, 10), dt.date(2026, 5, 22), "4 meses y 12 días"),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), "1 mes"),
        (dt.date(2025, 12, 20), dt.date(2026, 1, 2), "13 días"),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 2), "0 días"),
        (dt.date(2026, 1, 3), dt.date(2026, 1, 2), ""),
    ],
)
def test_an_age_in_words(since, until, words):
    assert age_in_words(since, until) == words


def letter_of(valid_for):
    """The first letter of a norm's draft that still serves for so many days after 2 March 2026."""
    case = make_case(State.DRAFT, name=NMX)
    issued = {9: dt.date(2025, 9, 11), 28: dt.date(2025, 9, 30), 60: dt.date(2025, 11, 1), -1: dt.date(2025, 9, 1)}
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=issued[valid_for])
    loaded = dossiers.load(case.application, MONDAY)
    return loaded, letters(loaded)["P1"]


@pytest.mark.django_db
def test_a_letter_that_lapses_before_the_visit_is_told_with_the_days_left():
    loaded, letter = letter_of(9)
    assert (letter.days_left, letter.age_on_visit) == (9, "6 meses y 20 días")
    assert letter.warning == "Vence en 9 días. Habrá vencido el día de la visita probable, 31 mar 2026."
    said = next(one for one in readiness.missing(loaded) if one.code == "P1" and not one.blocks)
    assert letter.warning in said.text
    assert said.url.endswith("/participacion/#id_P1-issued_on")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("valid_for", "warning"),
    [(28, "Vence en 28 días. Habrá vencido el día de la visita probable, 31 mar 2026."), (60, ""), (-1, "")],
)
def test_what_is_said_of_other_letters(valid_for, warning):
    _loaded, letter = letter_of(valid_for)
    assert (letter.days_left, letter.warning) == (valid_for, warning)


@pytest.mark.django_db
def test_a_letter_that_nothing_shows_has_no_tick_and_its_gate_says_so(client):
    case = complete_draft(NMX)
    case.application.evidence_uses.filter(item="P1").delete()
    RequirementRecord.objects.filter(requirement="P1").update(reference="")
    client.force_login(case.editor)
    page = client.get(base(case) + "participacion/").content.decode()
    lacking = "Falta adjuntar el documento o escribir su número"
    assert page.count(f'<span class="state state-doing">{lacking}</span>') == 1
    assert "Abierta con lo que declaras" in page
    assert "Falta adjuntar un documento o escribir su número." in client.get(base(case) + "enviar/").content.decode()
    RequirementRecord.objects.filter(requirement="P1").update(reference="OF-1")
    page = client.get(base(case) + "participacion/").content.decode()
    assert lacking not in page
    assert "Abierta con lo que declaras" not in page


@pytest.mark.django_db
def test_a_date_to_come_is_told_once_and_no_limit_is_said(client):
    case = complete_draft(NMX)
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=timezone.localdate() + 30 * DAY)
    client.force_login(case.editor)
    page = client.get(base(case) + "participacion/").content.decode()
    letter = page.partition('id="P1"')[2].partition('id="P2"')[0]
    assert "La fecha de emisión todavía no llega, revísala" in letter
    assert "Sirve hasta" not in letter
    assert "Se acepta sin límite de antigüedad." in page


@pytest.mark.django_db
def test_only_letters_with_an_age_limit_are_told():
    loaded = dossiers.load(make_case(State.DRAFT, name=NMX).application, MONDAY)
    assert list(letters(loaded)) == ["P1", "P2"]


@pytest.mark.django_db
def test_the_pages_show_date_age_and_warning(client):
    case = complete_draft(NMX)
    issued = timezone.localdate() - 176 * DAY
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=issued)
    client.force_login(case.reader)
    page = client.get(base(case) + "participacion/").content.decode()
    assert "Edad el día de la visita probable" in page
    assert "Habrá vencido el día de la visita probable" in page
    hub = client.get(base(case)).content.decode()
    assert "Por vencer" in hub
    assert "Habrá vencido el día de la visita probable" in hub
    assert "Habrá vencido el día de la visita probable" in client.get(base(case) + "enviar/").content.decode()
