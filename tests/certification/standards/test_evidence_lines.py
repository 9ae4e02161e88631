"""How old evidence may be, where each line of what proves something has a rule of its own."""

from certification.standards.enums import EvidenceKind
from certification.standards.evidence_lines import most_months
from certification.standards.parts import EvidenceRule
from tests.certification.standards.factories import NMX, document_of


def test_the_most_generous_rule_of_a_criterion_counts():
    document = document_of(NMX).model_copy(update={"evidence_max_age_months": 12})
    lines = ("Acta", "Minuta")
    rules = [
        EvidenceRule(title=title, kinds=(EvidenceKind.DOCUMENT,), max_age_months=age)
        for title, age in zip(lines, (6, 36), strict=True)
    ]
    criterion = document.criteria[0].model_copy(update={"evidence": lines, "evidence_rules": tuple(rules)})
    assert most_months(document, criterion) == 36
    assert most_months(document, criterion.model_copy(update={"evidence_rules": tuple(rules[:1])})) == 12
    without = document.model_copy(update={"evidence_max_age_months": None})
    assert most_months(without, criterion.model_copy(update={"evidence_rules": tuple(rules[:1])})) is None
