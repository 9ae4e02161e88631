"""What proves a criterion or a measure, line by line, with the rule of each line put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.standards.document import StandardDocument
from certification.standards.languages import Words, list_of
from certification.standards.parts import Criterion, EvidenceRule, Measure


@dataclass(frozen=True)
class EvidenceLine:
    """``rule`` None is merely typical. ``max_age_months`` is the rule's, or that of the whole document."""

    words: Words
    rule: EvidenceRule | None
    max_age_months: int | None

    @property
    def is_required(self) -> bool:
        return self.rule is not None and self.rule.required

    @property
    def terms(self) -> str:
        """«documento o fotografía, de los últimos 12 meses, que muestre 12 meses de práctica»."""
        return ", ".join(self._terms())

    def _terms(self) -> Iterator[str]:
        if self.rule is None:
            return
        yield _(" o ").join(str(kind.label) for kind in self.rule.kinds)
        if months := self.max_age_months:
            yield ngettext("del último mes", "de los últimos %(n)d meses", months) % {"n": months}
        if months := self.rule.period_months:
            said = ngettext("que muestre %(n)d mes de práctica", "que muestre %(n)d meses de práctica", months)
            yield said % {"n": months}


def most_months(document: StandardDocument, part: Criterion | Measure) -> int | None:
    """Months that evidence of a criterion or measure may be old at most; None where the document sets no age.

    Nobody says which line a piece of evidence fulfils. So it is too old only when it is for all of them.
    """
    ages = [line.max_age_months for line in evidence_lines(part, document)] or [document.evidence_max_age_months]
    known = [age for age in ages if age]
    return max(known) if len(known) == len(ages) else None


def evidence_lines(part: Criterion | Measure, document: StandardDocument) -> list[EvidenceLine]:
    """In the order of the document. A part without rules still lists what is typical."""
    rules = {rule.title: rule for rule in part.evidence_rules}
    lines = []
    for words in list_of(part, "evidence"):
        rule = rules.get(words.spanish)
        age = rule.max_age_months if rule and rule.max_age_months else document.evidence_max_age_months
        lines.append(EvidenceLine(words, rule, age))
    return lines
