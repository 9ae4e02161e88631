"""Stored cases: they are scored at every check and publication, and say what was expected and what was found."""

import pytest

from accounts.refusals import ActionRefused
from certification.standards import actions
from certification.standards.cases import case_problems, score_case
from certification.standards.models import Standard
from certification.standards.parts import Case
from certification.standards.reading import DocumentFaults, parse_yaml
from tests.certification.standards.factories import AT, DEI, NAMES, NMX, changed, document_of

CASES = [(name, case.code) for name in NAMES for case in document_of(name).cases]
PASSES = """cases:
  - code: prueba
    title: Todo cumplido
    as_of: 2026-11-03
    otherwise: met
    expected: {points: 100, gates: {participation: open, criteria: open, measures: open}, level: otorgado}
"""


def case_of(name, code):
    return {case.code: case for case in document_of(name).cases}[code]


def with_cases(cases=PASSES, *replacements):
    """The text of a distintivo with these cases instead of its own."""
    text = changed(DEI, *replacements)
    return text.partition("\ncases:")[0] + "\n" + cases


def faults_of(text):
    with pytest.raises(DocumentFaults) as raised:
        parse_yaml(text)
    return raised.value.faults


@pytest.mark.parametrize(("name", "code"), CASES)
def test_every_stored_case_comes_out_as_worked_by_hand(name, code):
    document, case = document_of(name), case_of(name, code)
    result = score_case(document, case)
    assert result.points == case.expected.exact_points
    assert {gate.code: gate.state for gate in result.gates} == case.expected.gates.model_dump()
    assert (result.level.code if result.level else None) == case.expected.level


@pytest.mark.parametrize("name", NAMES)
def test_every_standard_has_a_pass_a_failed_critical_and_one_just_short(name):
    document = document_of(name)
    results = [score_case(document, case) for case in document.cases]
    assert len(results) >= 3
    assert any(result.level and result.points == result.threshold for result in results)
    assert any(result.threshold - 5 <= result.points < result.threshold for result in results)
    if any(criterion.critical for criterion in document.criteria):
        assert any(
            "criteria.critical_failed" in {reason.code for reason in result.criteria_gate.reasons}
            and result.points >= result.threshold
            for result in results
        )


def test_a_case_that_comes_out_is_no_fault():
    assert case_problems(parse_yaml(with_cases())) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("points: 100", "points: 99.5", "points", "espera points: 99.5, y sale 100."),
        ("points: 100", "points: 299/3", "points", "espera points: 299/3 (99.66…), y sale 100."),
        ("criteria: open", "criteria: closed", "gates.criteria", "espera gates.criteria: closed, y sale open."),
        ("level: otorgado", "level: null", "level", "espera level: null, y sale otorgado."),
        ("level: otorgado", "level: otorgado, missing: [DEI-1.1]", "missing", "falte: DEI-1.1, y falta: nada."),
    ],
)
def test_a_case_that_does_not_is_told_with_its_line(old, new, place, message):
    text = with_cases(PASSES.replace(old, new))
    (fault,) = faults_of(text)
    assert fault.place == f"cases.0.expected.{place}"
    assert fault.line == next(n for n, line in enumerate(text.splitlines(), 1) if "expected:" in line)
    assert "«prueba»" in fault.message
    assert fault.message.endswith(message)
    assert "Corrige el caso" in fault.remedy


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("    claims: {DEI-9.9: met}\n", "«DEI-9.9», que no existe en los criterios ni en sus incisos"),
        ("    requirements: {P1: 2026-10-01}\n", "«P1», que no existe en los requisitos de participación"),
        ("    measures: {M1: true}\n", "«M1», que no existe en las medidas"),
    ],
)
def test_codes_of_a_case_that_do_not_exist(extra, message):
    (fault,) = faults_of(with_cases(PASSES.replace("    expected", extra + "    expected")))
    assert message in fault.message


def test_an_unknown_level_is_told_beside_what_came_out():
    messages = " ".join(fault.message for fault in faults_of(with_cases(PASSES.replace("otorgado", "oro"))))
    assert "«oro», que no existe en los niveles" in messages


def test_cases_are_run_beside_an_unknown_key():
    places = {fault.place for fault in faults_of(with_cases(PASSES.replace(": 100", ": 99"), ("free:", "gratis:")))}
    assert places == {"gratis", "cases.0.expected.points"}


def test_points_that_do_not_add_up_say_nothing_of_the_cases():
    places = {fault.place for fault in faults_of(with_cases(PASSES, ("max_points: 40", "max_points: 41")))}
    assert not any(place.startswith("cases") for place in places)


@pytest.mark.django_db
def test_publishing_runs_them_too():
    document = parse_yaml(with_cases())
    wrong = document.cases[0].model_dump(mode="json") | {"title": "Otro"}
    wrong["expected"]["points"] = "50"
    case = Case.model_validate(wrong, strict=False)
    with pytest.raises(ActionRefused, match=r"«prueba» espera points: 50, y sale 100\. Corrige el caso"):
        actions.publish(document.model_copy(update={"cases": (case,)}), actor=None, at=AT)
    assert not Standard.objects.exists()


def test_a_requirement_may_be_there_dated_or_refused():
    document = document_of(NMX)
    case = next(case for case in document.cases if case.expected.level == "oro")
    refused = case.model_copy(update={"requirements": {**case.requirements, "P3": False}})
    assert score_case(document, case).participation.is_open
    assert not score_case(document, refused).participation.is_open
