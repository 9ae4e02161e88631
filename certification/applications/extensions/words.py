"""How the history of an application tells of extensions, to both sides."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audit.models import Event

EXTENSION_WORDS: dict[str, Promise] = {
    "extension_asked": _("La empresa pidió más días para responder"),
    "extension_granted": _("Se concedieron más días para responder"),
    "extension_refused": _("No se concedieron más días para responder"),
}


def told(event: Event) -> str:
    """The reason of an event, after what an extension asks for or grants."""
    facts = ""
    if event.action == "extension_asked":
        days = event.data["days"]
        facts = ngettext("Pide %(days)s día.", "Pide %(days)s días.", days) % {"days": days}
    elif event.action == "extension_granted":
        day = dt.date.fromisoformat(event.data["due_on"])
        facts = str(_("Nueva fecha límite: %(day)s.") % {"day": date_format(day, "j b Y")})
    return f"{facts} {event.reason}".strip()
