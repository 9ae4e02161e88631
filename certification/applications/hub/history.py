"""The timeline of an application: what happened, and what comes next."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from certification.applications.access.actions import SEEN
from certification.applications.enums import State
from certification.applications.extensions.words import EXTENSION_WORDS, told
from certification.applications.hub.looks import looks
from certification.applications.migrating.words import MIGRATION_WORDS
from certification.applications.models import Application
from certification.applications.status import status_of

EVENT_WORDS: dict[str, Promise] = {
    "overdue_told": gettext_lazy("Venció el plazo de este paso y se avisó a la gestión del programa"),
    "open": gettext_lazy("Se abrió la solicitud"),
    "renew": gettext_lazy("Se trajeron las respuestas de la solicitud que renueva"),
    "submit": gettext_lazy("Se envió"),
    "withdraw": gettext_lazy("Se retiró"),
    "assign": gettext_lazy("Se asignó a quien la revisa"),
    "reassign": gettext_lazy("Cambió quien la revisa"),
    "observe": gettext_lazy("Se enviaron observaciones"),
    "answer": gettext_lazy("Se respondieron las observaciones"),
    "recommend": gettext_lazy("Terminó la revisión y pasó a dictamen"),
    "return": gettext_lazy("Quien dictamina la devolvió a revisión"),
    "decide": gettext_lazy("Se dictaminó"),
    "publish_award": gettext_lazy("Se otorgó el certificado"),
    "publish_decline": gettext_lazy("Se publicó que no se otorga"),
    "lapse": gettext_lazy("Venció el plazo; nada se borró"),
    "resume": gettext_lazy("Se reanudó"),
    "resume_answer": gettext_lazy("Se reanudó la respuesta a las observaciones"),
    "dossier_taken": gettext_lazy("El programa descargó el expediente completo"),
    "letter_told": gettext_lazy("Se avisó que un documento de participación está por vencer"),
    **EXTENSION_WORDS,
    **MIGRATION_WORDS,
}

# Reasons that the people of the programme give each other; the employer reads those of the decision, once published.
INTERNAL_REASONS = frozenset({"reassign", "return", "recommend", "decide"})


def history(application: Application, *, for_staff: bool = False) -> list[dict[str, Any]]:
    """The timeline: what happened, without the names of people of the programme, and what is next."""
    hidden = frozenset() if for_staff else INTERNAL_REASONS
    events = list(Event.objects.about(application).select_related("actor"))
    seen = looks(events, for_staff=for_staff)
    entries: list[dict[str, Any]] = [
        seen.get(event.pk)
        or {
            "at": event.at,
            "title": EVENT_WORDS.get(event.action, event.action),
            "text": "" if event.action in hidden else told(event),
            "kind": "",
        }
        for event in events
        if event.action != SEEN or event.pk in seen
    ]
    if application.state not in (State.AWARDED, State.DECLINED, State.WITHDRAWN):
        status = status_of(application.state)
        entries.append({"when": _("Ahora"), "title": application.get_state_display(), "text": "", "kind": "now"})
        if not for_staff:  # what comes next is told in the employer's words; the banner tells it to the programme
            later = {"when": _("Después"), "title": status.next_step, "text": status.on_silence, "kind": "later"}
            entries.append(later)
    return entries
