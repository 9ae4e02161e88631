"""Texts, rules, terms and calls: each fault with its place, its line and what to do."""

import json
from contextlib import suppress

import pytest

from certification.standards.reading import DocumentFaults, parse_yaml, read_yaml
from tests.certification.standards.factories import DEFR, DEI, MEXSTI, NAMES, NMX, changed, text_of


def only_fault(text):
    with pytest.raises(DocumentFaults) as raised:
        parse_yaml(text)
    (fault,) = raised.value.faults
    assert fault.remedy
    return fault


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "message"),
    [
        (DEI, "  title: Inclusive Company", "  titel: Inclusive Company", "en.titel", "«titel» está en inglés"),
        (DEI, "  title: Inclusive Company", "  periodicity: x\n  title: Inclusive Company", "en.periodicity", "DEI no"),
        (
            DEI,
            "evidence: [Policy",
            "evidence: [Otra, Policy",
            "sections.0.criteria.0.en.evidence",
            "1 textos en español",
        ),
        (DEI, "evidence: [Signed policy]", "evidence: Signed policy", "sections.0.criteria.0.en.evidence", "una lista"),
        (DEI, "en: {title: Call of 2027}", "en: {code: Call}", "calls.0.en.code", "«code» está en inglés"),
    ],
)
def test_english_stands_beside_a_spanish_text(name, old, new, place, message):
    if old.startswith("evidence: [Policy"):
        old, new = "evidence: [Signed policy]", "evidence: [Signed policy, Another]"
    text = changed(name, (old, new))
    fault = only_fault(text)
    assert fault.place == place
    assert message in fault.message


def test_an_evidence_rule_is_of_a_line_of_the_list():
    text = changed(DEI, ("{title: Política firmada, kinds", "{title: Política sellada, kinds"))
    fault = only_fault(text)
    assert fault.place == "sections.0.criteria.0.evidence_rules.0.title"
    assert fault.line == line_of(text, "Política sellada")
    assert fault.message == "La regla «Política sellada» no está en la lista «evidence» de DEI-1.1."


def test_an_evidence_rule_is_written_once():
    text = changed(DEI, ("{title: Constancias, kinds", "{title: Campaña, kinds"))
    assert only_fault(text).message == "«Campaña» tiene dos reglas en DEI-1.2."


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("kinds: [document], required", "kinds: [papel], required", "kinds.0"),
        ("kinds: [document], required", "kinds: [], required", "kinds"),
        ("max_age_months: 12", "max_age_months: 0", "max_age_months"),
    ],
)
def test_values_of_an_evidence_rule(old, new, place):
    fault = only_fault(changed(DEI, (old, new)))
    assert ".evidence_rules." in fault.place
    assert fault.place.endswith(f".{place}")


def test_a_justification_needs_a_does_not_apply():
    text = changed(MEXSTI, ("        na_allowed: true\n", "")).partition("\ncases:")[0]
    fault = only_fault(text)
    assert fault.place.endswith("criteria.1.justification_required")
    assert "MX-1.2 pide justificar «no aplica», pero no lo admite." in fault.message


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (DEI, "closes_on: 2027-05-31", "closes_on: 2027-01-31", "(2027-01-31) es anterior a «opens_on»"),
        (DEI, "results_on: 2027-10-29", "results_on: 2027-05-01", "(2027-05-01) es anterior a «closes_on»"),
        (NMX, "sections:\n", "calls: [{code: a, title: A, opens_on: 2027-01-01, closes_on: 2027-02-01}]\nsections:\n",
         "se certifica todo el año"),
        (NMX, "amount: 10, unit: dias_habiles, max: true", "amount: 10, unit: dias_habiles, max: true, min: true",
         "dice a la vez «a más tardar» y «al menos»"),
        (NMX, "amount: null, unit: dias_habiles, confirmed: false", "amount: null, unit: dias_habiles, confirmed: true",
         "está confirmado, pero no dice cuántos días"),
        (DEI, "amount: 15, unit: dias_habiles", "amount: 15, unit: dias", "si sus días son naturales o hábiles"),
        (DEI, "effect: negativa_ficta", "effect: negativa_ficta\n  amount: 3", "necesita «amount» y «unit»"),
        (NMX, "surveillance_months: 24\n", "", "La vigilancia está a medias"),
        (DEI, "when: [critical_fails, points_short]", "when: [points_short]", "qué se decide en: critical_fails."),
        (DEI, "when: [passes]", "when: [passes, points_short]", "nunca se daría con «points_short»"),
    ],
)  # fmt: skip
def test_terms_calls_silence_and_outcomes(name, old, new, message):
    text = changed(name, (old, new)).partition("\ncases:")[0]
    assert message in only_fault(text).message


def test_calls_do_not_overlap():
    second = "  - {code: b, title: B, opens_on: 2027-05-31, closes_on: 2027-08-01}\nlevels:\n"
    fault = only_fault(changed(DEI, ("levels:\n", second)))
    assert (fault.place, fault.message) == ("calls.1.opens_on", "La convocatoria «b» abre antes de que cierre «2027».")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            "items_count: 56",
            "items_count: 55",
            "items_count",
            "«items_count» dice 55 preguntas, y en la encuesta hay 56.",
        ),
        ("  max_points: 168", "  max_points: 170", "max_points", "«max_points» dice 170 puntos"),
        (
            "      max_points: 27",
            "      max_points: 28",
            "sections.3.max_points",
            "dice 28 puntos, y en la encuesta hay 27",
        ),
        ("{n: 5, topic", "{n: 6, topic", "sections.1.items.0.n", "La pregunta 5 de la encuesta no lleva ese número."),
        ("      scale: si_no\n", "      scale: otra\n", "sections.0.scale", "La escala «otra» no existe."),
        ("points_if_favorable: [3, 0]", "points_if_favorable: [3]", "scales.1.points_if_favorable", "2 respuestas y 1"),
    ],
)
def test_the_survey_is_as_it_says(old, new, place, message):
    fault = only_fault(changed(NMX, (old, new)))
    assert fault.place == f"climate_survey.{place}"
    assert message in fault.message


@pytest.mark.parametrize("name", NAMES)
def test_the_files_have_no_warning_but_the_day_that_the_source_leaves_open(name):
    warnings = [warning.place for warning in read_yaml(text_of(name)).warnings]
    assert warnings == (["deadlines.0.unit"] if name == NMX else [])


def test_warnings_name_what_is_missing_and_hinder_nothing():
    text = changed(DEFR, ("    en: {title: Call of 2027}\n", "")).partition("\ncases:")[0]
    kept = [line for line in text.splitlines() if "El horario es lo que más pesa" not in line]
    kept = [line for line in kept if "Hours weigh most" not in line]
    said = {warning.message for warning in read_yaml("\n".join(kept)).warnings}
    assert "Falta el título en inglés de 2027." in said
    assert "A DEFR-1.1 le falta orientación: why." in said
    assert "Hay 0 casos guardados." in said


@pytest.mark.parametrize(
    "wrong",
    [[], {}, 7, None, "x", [[]], {"a": []}, [{"code": []}], [{"title": {}, "when": [[]], "en": []}]],
    ids=json.dumps,
)
@pytest.mark.parametrize(
    "key",
    [
        "calls",
        "cases",
        "outcomes",
        "silence",
        "rounds",
        "en",
        "stages",
        "surveillance",
        "measures",
        "levels",
        "climate_survey",
    ],
)
def test_any_shape_is_told_and_never_a_crash(key, wrong):
    lines = [line for line in text_of(DEI).splitlines() if not line.startswith(f"{key}:")]
    text = "\n".join([f"{key}: {json.dumps(wrong)}", *lines])
    with suppress(DocumentFaults):  # and never anything else
        parse_yaml(text)


@pytest.mark.parametrize(("code", "place"), [
    ("aviso_vigilancia", "surveillance_months"), ("solicitud_recertificacion", "renewal"),
])  # fmt: skip
def test_a_deadline_of_another_name_loses_its_date_and_is_warned_of(code, place):
    told = read_yaml(text_of(NMX).replace(f"code: {code}", "code: otro_plazo")).warnings
    assert [one.place for one in told if code in one.message] == [place]
