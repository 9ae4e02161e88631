"""The workplaces of the application and their figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications import figures
from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject


def errors(dossier: Dossier) -> Iterator[Finding]:
    """A workplace without figures: measures and the size of the sample hang on them."""
    for one in figures.by_workplace(dossier.workplaces, dossier.workforce):
        if one.figures is None:
            text = _("%(workplace)s: faltan las cifras de su plantilla.") % {"workplace": one.workplace.name}
            yield Finding(Kind.ERROR, Subject.WORKPLACES, "", text, one.url)


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """Figures that are doubted and not explained, figures of long ago, and a workplace that closed meanwhile."""
    for one in figures.by_workplace(dossier.workplaces, dossier.workforce):
        for text, url in _doubts(one, dossier.on):
            yield Finding(Kind.WARNING, Subject.WORKPLACES, "", f"{one.workplace.name}: {text}", url)


def _doubts(one: figures.WorkplaceFigures, on: dt.date) -> Iterator[tuple[str, str]]:
    said = {"year": one.figures.year if one.figures else 0, "number": one.unanswered}
    if one.unanswered:
        text = ngettext(
            "un número de %(year)s llama la atención y nadie lo ha explicado.",
            "%(number)s números de %(year)s llaman la atención y nadie los ha explicado.",
            one.unanswered,
        )
        yield text % said, one.url
    if one.figures and one.figures.year < on.year - 1:
        yield _("sus últimas cifras son de %(year)s.") % said, one.workplace_url
    if one.workplace.closed_at:
        yield _("se cerró después de abrir esta solicitud; el certificado lo nombraría igual."), one.workplace_url
