"""The calls of a distintivo: whether one is open. Only confirmed dates block, and only what was never sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.applications.dossier import Dossier
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.standards.document import StandardDocument


def call_notice(document: StandardDocument, on: dt.date) -> tuple[Kind, str] | None:
    """What to say of the calls on that day; None where the standard has none, or a confirmed one is open.

    A confirmed call that closed is an error, one that is still to open a warning. Working dates are a hint at most.
    """
    confirmed = document.model_copy(update={"calls": tuple(call for call in document.calls if call.is_confirmed)})
    if not document.calls or confirmed.call_on(on):
        return None
    if document.call_on(on) or not confirmed.calls:
        return Kind.HINT, _(
            "Las fechas de la convocatoria son fechas de trabajo: confírmalas con la autoridad antes de enviar."
        )
    closed = [call.closes_on for call in confirmed.calls if call.closes_on < on]
    later = confirmed.call_after(on)
    opens = _("La convocatoria abre el %s.") % date_format(later.opens_on, "j b Y") if later else ""
    if not closed:
        return Kind.WARNING, opens
    text = _("La convocatoria cerró el %s.") % date_format(max(closed), "j b Y")
    following = _("La siguiente abre el %s.") % date_format(later.opens_on, "j b Y") if later else ""
    return Kind.ERROR, f"{text} {following}".strip()


def errors(dossier: Dossier) -> Iterator[Finding]:
    """A confirmed call that closed."""
    return (one for one in _findings(dossier) if one.kind == Kind.ERROR)


def warnings(dossier: Dossier) -> Iterator[Finding]:
    """A confirmed call that is still to open."""
    return (one for one in _findings(dossier) if one.kind == Kind.WARNING)


def hints(dossier: Dossier) -> Iterator[Finding]:
    """Dates that nobody confirmed."""
    return (one for one in _findings(dossier) if one.kind == Kind.HINT)


def _findings(dossier: Dossier) -> Iterator[Finding]:
    """What was sent once came in time: answering observations is not held to the call."""
    notice = None if dossier.application.submitted_at else call_notice(dossier.document, dossier.on)
    if notice:
        url = reverse("standard_detail", args=[dossier.application.standard.slug]) + "#convocatoria"
        yield Finding(notice[0], Subject.CALL, "", notice[1], url)
