"""How old the letters of participation are, and how old they will be on the likely day of the visit.

**The likely day of the visit** is the last day of the review if each step takes its whole term: the day of the
calculation (today in the employer's hands, afterwards the day it was last sent) plus the standard's clock for
assigning a reviewer, where none is assigned yet, plus its clock for the review. It is an estimate on the late side,
so that a letter which is said to last does. Terms are those of the document's ``stages``, in calendar or business days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.dossier import Dossier
from certification.standards.calendar import term_for
from certification.standards.document import StandardDocument
from certification.standards.enums import StageCode
from certification.standards.languages import Words, title_of
from certification.standards.results import RequirementResult
from certification.standards.scoring import months_after

WARNED_DAYS = 30  # days before a letter lapses: another office needs weeks to issue a new one


@dataclass(frozen=True)
class Letter:
    """A letter that ages. ``on`` is the day of the calculation; ``valid_until`` is the last day on which it serves."""

    code: str
    title: Words
    issued_on: dt.date
    valid_until: dt.date
    visit_on: dt.date
    on: dt.date

    @property
    def days_left(self) -> int:
        """Days until it lapses; negative once it has lapsed."""
        return (self.valid_until - self.on).days

    @property
    def lapses_soon(self) -> bool:
        return 0 <= self.days_left <= WARNED_DAYS

    @property
    def lapses_before_visit(self) -> bool:
        return self.days_left >= 0 and self.valid_until < self.visit_on

    @property
    def age_on_visit(self) -> str:
        """«4 meses y 12 días», from the day it was issued."""
        return age_in_words(self.issued_on, self.visit_on)

    @property
    def warning(self) -> str:
        """What to know before it lapses; empty while nothing presses, and once it has lapsed: the gate says that."""
        said = []
        if self.lapses_soon:
            said.append(_lapse_in_words(self.days_left))
        if self.lapses_before_visit:
            day = date_format(self.visit_on, "j b Y")
            said.append(_("Habrá vencido el día de la visita probable, %(day)s.") % {"day": day})
        return " ".join(said)


def likely_visit(document: StandardDocument, on: dt.date, *, is_assigned: bool) -> dt.date:
    """The last day of the review of what is sent on ``on``; see the rule at the top of the file."""
    day = on if is_assigned else term_for(document, StageCode.ASSIGNMENT, on)
    return term_for(document, StageCode.REVIEW, day)


def visit_day(dossier: Dossier) -> dt.date:
    return likely_visit(dossier.document, dossier.on, is_assigned=dossier.application.reviewer_id is not None)


def letters(dossier: Dossier) -> dict[str, Letter]:
    """The letters with a date and an age limit, by code, in the order of the document: no queries."""
    visit_on = visit_day(dossier)
    found = (_letter(dossier, result, visit_on) for result in dossier.score.requirements)
    return {letter.code: letter for letter in found if letter}


def _letter(dossier: Dossier, result: RequirementResult, visit_on: dt.date) -> Letter | None:
    record = dossier.requirements.get(result.code)
    if record is None or record.issued_on is None or result.valid_until is None:
        return None
    title = title_of(dossier.document, result.code)
    return Letter(result.code, title, record.issued_on, result.valid_until, visit_on, dossier.on)


def age_in_words(since: dt.date, until: dt.date) -> str:
    """Whole months and the days over: «4 meses y 12 días»; nothing before ``since``."""
    if until < since:
        return ""
    months = (until.year - since.year) * 12 + until.month - since.month
    if months_after(since, months) > until:
        months -= 1
    days = (until - months_after(since, months)).days
    in_months = ngettext("%(n)s mes", "%(n)s meses", months) % {"n": months}
    in_days = ngettext("%(n)s día", "%(n)s días", days) % {"n": days}
    if not months or not days:
        return in_months if months else in_days
    return _("%(months)s y %(days)s") % {"months": in_months, "days": in_days}


def _lapse_in_words(days: int) -> str:
    if days == 0:
        return _("Hoy es el último día en que sirve.")
    return ngettext("Vence en %(days)s día.", "Vence en %(days)s días.", days) % {"days": days}
