import pytest
from django.utils.html import escape
from django.utils.translation import override

from certification.standards.evidence_lines import evidence_lines
from certification.standards.models import Standard
from certification.standards.overview import Overview, in_hours
from certification.templatetags.standards import said, said_joined, said_plainly
from tests.certification.standards.factories import DEFR, DEI, MEXSTI, NAMES, NMX, document_of, publish

pytestmark = pytest.mark.django_db
WORKING = '<span class="working">{}</span><span class="visually-hidden"> (valor de trabajo)</span>'


def page_of(client, name):
    standard = publish(name)
    page = client.get(f"/normas/{standard.slug}/")
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_asked_is_on_the_page(client, name):
    text = page_of(client, name)
    document = document_of(name)
    parts = [*document.participation_requirements, *document.criteria, *document.measures, *document.process.steps]
    for part in [*parts, *document.levels, *document.stages, *document.sections]:
        assert escape(part.title) in text
    for criterion in document.criteria:
        assert all(escape(one) in text for one in criterion.evidence)
    assert text.count("Crítico</span>") == sum(criterion.critical for criterion in document.criteria)
    assert f"?norma={document.slug}" in text
    assert escape(document.decision.appeal) in text


def test_working_values_are_marked_and_official_ones_are_not(client):
    text = page_of(client, NMX)
    assert f"de {WORKING.format(100)}" in text
    assert "En total hacen falta al menos 70 puntos" in " ".join(text.split())
    assert f'<td class="figure">{WORKING.format(12)}</td>' in text
    assert f"{WORKING.format(180)} días naturales" in text
    assert f"{WORKING.format(2)} medidas de 5." in text
    assert "4 medidas de 5." in text.replace(WORKING.format(4), "")


def test_a_distintivo_without_measures_or_papers_says_so(client):
    text = page_of(client, DEFR)
    assert "No hay medidas ni niveles: se otorga o no se otorga." in text
    assert "No se piden documentos previos en el portal" in text


def test_unknown_and_replaced_standards_are_not_found(client):
    publish(DEI)
    assert client.get("/normas/no-existe/").status_code == 404
    Standard.objects.update(is_in_force=False)
    assert client.get("/normas/distintivo-ei/").status_code == 404


def test_only_reading(client):
    assert client.post(f"/normas/{publish(DEI).slug}/").status_code == 405


def test_one_query(client, django_assert_num_queries):
    publish(NMX)
    with django_assert_num_queries(1):
        client.get("/normas/nmx-r-025-2015/")


def test_the_strip_is_as_wide_as_the_points():
    strip = Overview(document_of(NMX)).strip
    assert [segment.label for segment in strip] == [f"{number:02d}" for number in range(1, 15)]
    assert [segment.critical for segment in strip] == [True] * 5 + [False] * 9
    assert (strip[0].x, strip[0].width, strip[11].x, strip[11].width) == ("0.00%", "5.70%", "70.00%", "11.70%")


def test_levels_say_what_they_ask_beyond_the_one_below():
    steps = Overview(document_of(NMX)).levels
    assert [(step.points, step.measures) for step in steps] == [(70, None), (None, 2), (None, 3), (None, 4)]


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 hora"), (60, "1 hora"), (61, "2 horas"), (550, "10 horas")])
def test_time_is_rounded_up(minutes, words):
    assert str(in_hours(minutes)) == f"alrededor de {words}"


@pytest.mark.parametrize("name", NAMES)
def test_guidance_and_evidence_rules_stand_beside_each_criterion(client, name):
    text = page_of(client, name)
    document = document_of(name)
    for criterion in document.criteria:
        assert all(escape(one) in text for one in (criterion.why, criterion.example, criterion.enough))
    needed = sum(rule.required for criterion in document.criteria for rule in criterion.evidence_rules)
    assert text.count("Indispensable</b>") == needed > 0
    assert text.count("Orientación nuestra: no es texto oficial.") == len(document.criteria)


def test_terms_of_evidence_are_in_words():
    document = document_of(NMX)
    minutes = evidence_lines(document.criterion("R02"), document)[3]
    assert (str(minutes.words), minutes.is_required) == ("Minutas del último año", True)
    assert minutes.terms == "documento, de los últimos 12 meses, que muestre 12 meses de práctica"
    plan = evidence_lines(document.criterion("R02"), document)[2]
    assert (plan.terms, plan.is_required) == ("documento, de los últimos 12 meses", False)
    rules = evidence_lines(document.criterion("R02"), document)[1]
    assert (rules.rule, rules.terms, rules.is_required) == (None, "", False)


def test_the_age_of_a_rule_goes_before_that_of_the_document():
    opinion = evidence_lines(document_of(MEXSTI).criterion("MX-5.1"), document_of(MEXSTI))[0]
    assert opinion.terms == "documento, de los últimos 3 meses"
    policy = evidence_lines(document_of(NMX).criterion("R01"), document_of(NMX))[0]
    assert policy.max_age_months == 12


def test_calls_rounds_silence_and_outcomes_are_on_the_page(client):
    text = " ".join(page_of(client, MEXSTI).split())
    document = document_of(MEXSTI)
    assert "Convocatoria 2027 <span class=" in text
    assert "(fechas de trabajo)" in text
    assert "Del 1 mar 2027 al 30 jun 2027. Resultados: 12 nov 2027." in text
    assert escape(document.silence.text) in text
    assert escape(document.rounds.then) in text
    assert "Cuando falla un criterio crítico o no se llega al mínimo de puntos." in text


def test_a_text_that_is_not_in_english_says_its_language():
    part = document_of(DEI).criterion("DEI-3.2")
    plain = part.model_copy(update={"en": {}})
    with override("en"):
        assert said(part) == "Reasonable adjustments"
        assert said(plain) == '<span lang="es">Ajustes razonables</span>'
        assert (said_plainly(part), said_plainly(plain)) == ("Reasonable adjustments", "Ajustes razonables")
        assert said_joined(part, "evidence") == "List of adjustments, Photographs"
    with override("es-mx"):
        assert said(part) == said(plain) == "Ajustes razonables"
