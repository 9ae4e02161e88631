"""Stored cases of several workplaces: the weakest claim counts, as it does in an application."""

import pytest

from certification.standards.document import canonical_data, fingerprint
from certification.standards.reading import DocumentFaults, parse_yaml
from certification.standards.writing import as_yaml
from tests.certification.standards.factories import NMX, document_of, text_of

PAPERS = "{P1: 2026-05-03, P2: 2026-09-15, P3: true, P4: true, P5: true}"
OPEN = "{participation: open, criteria: open, measures: open}"


def text_with(local, points, claims="{}"):
    """The norm with one case, everything met but ``claims``; R07 has three sub-items that share its 10 points."""
    return (
        text_of(NMX).partition("\ncases:")[0]
        + f"""
cases:
  - code: centros
    title: Varios centros
    as_of: 2026-11-03
    otherwise: met
    claims: {claims}
    local: {local}
    requirements: {PAPERS}
    expected: {{points: {points}, gates: {OPEN}, level: simple}}
"""
    )


def faults_of(text):
    with pytest.raises(DocumentFaults) as raised:
        parse_yaml(text)
    return [(fault.place, fault.message) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("local", "claims", "points"),
    [
        # a: 0, b: 10/3 ÷ 2 = 5/3, c: 10/3. 5/3 + 10/3 = 5 of 10: 100 − 5.
        ("{Norte: {R07a: partly}, Sur: {R07a: not_met, R07b: partly}, Este: {}}", "{}", 95),
        # Nobody is left to whom the general «not_met» applies: the weakest is «partly», 10 ÷ 2 = 5.
        ("{Norte: {R07: met}, Sur: {R07: partly}}", "{R07: not_met}", 95),
        # «Este» claims nothing of its own, so what all claim is its claim: 0 of 10.
        ("{Norte: {R07: met}, Sur: {R07: partly}, Este: {}}", "{R07: not_met}", 90),
        # What «Norte» does not name of R07 is met there; a is 0 elsewhere, b 5/3 there, c 10/3 in both.
        ("{Norte: {R07b: partly}, Sur: {}}", "{R07a: not_met}", 95),
        # R08 (8) lost in one, R12 (12) in another: 100 − 8 − 12.
        ("{Norte: {R08: not_met}, Sur: {R12: not_met}}", "{}", 80),
    ],
)
def test_points_worked_by_hand(local, claims, points):
    assert parse_yaml(text_with(local, points, claims)).cases[0].expected.exact_points == points
    assert [place for place, _message in faults_of(text_with(local, points - 1, claims))] == ["cases.0.expected.points"]


def test_one_workplace_and_codes_that_are_not_there():
    (fault,) = faults_of(text_with("{Norte: {R07: partly}}", 95))
    assert fault == ("cases.0.local", "El caso tiene un solo centro de trabajo, «Norte».")
    (fault,) = faults_of(text_with("{Norte: {R99: partly}, Sur: {}}", 100))
    assert fault[0] == "cases.0.local.Norte.R99"
    assert "«R99», que no existe en los criterios ni en sus incisos" in fault[1]


def test_it_is_written_as_it_was_read():
    document = parse_yaml(text_with("{Norte: {R08: not_met}, Sur: {}}", 92))
    assert canonical_data(document)["cases"][0]["local"] == {"Norte": {"R08": "not_met"}, "Sur": {}}
    assert fingerprint(parse_yaml(as_yaml(document))) == fingerprint(document)


def test_a_document_without_workplaces_says_nothing_of_them():
    assert not any("local" in case for case in canonical_data(document_of(NMX))["cases"])
