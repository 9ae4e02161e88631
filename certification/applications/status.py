"""What each state means to people: who has it, what comes next, and what happens when the clock runs out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.applications.enums import Holder, State


@dataclass(frozen=True)
class Status:
    holder: Holder
    next_step: Promise
    on_silence: Promise


STATUSES: dict[State, Status] = {
    State.DRAFT: Status(
        Holder.EMPLOYER,
        _("La envías cuando esté completa"),
        _("Si llega el día sin enviarla, se guarda como vencida y puedes reanudarla. No se borra nada."),
    ),
    State.SUBMITTED: Status(
        Holder.PROGRAMME,
        _("Se asigna a quien la revisará"),
        _("Si el plazo se pasa, aquí se verá como atrasada y se avisa a la gestión del programa."),
    ),
    State.IN_REVIEW: Status(
        Holder.REVIEWER,
        _("Te llegan observaciones o pasa a dictamen"),
        _("Si el plazo se pasa, aquí se verá como atrasada y se avisa a la gestión del programa."),
    ),
    State.OBSERVED: Status(
        Holder.EMPLOYER,
        _("Respondes sólo lo observado y vuelve a revisión"),
        _("Si llega el día sin respuesta, se guarda como vencida y puedes reanudarla. No se borra nada."),
    ),
    State.RECOMMENDED: Status(
        Holder.DECIDER,
        _("Otra persona, distinta de quien revisó, decide"),
        _("Si el plazo se pasa, aquí se verá como atrasada y se avisa a la gestión del programa."),
    ),
    State.DECIDED: Status(
        Holder.PROGRAMME,
        _("Se publica el resultado y te llega un correo"),
        _("Si el plazo se pasa, aquí se verá como atrasada y se avisa a la gestión del programa."),
    ),
    State.AWARDED: Status(
        Holder.NOBODY, _("Puedes descargar el certificado y proponer una práctica"), _("No corre ningún plazo.")
    ),
    State.DECLINED: Status(
        Holder.NOBODY, _("Lee las razones y el medio para impugnar; puedes abrir otra"), _("No corre ningún plazo.")
    ),
    State.WITHDRAWN: Status(Holder.NOBODY, _("Tus respuestas y archivos se conservan"), _("No corre ningún plazo.")),
    State.LAPSED: Status(
        Holder.EMPLOYER, _("Puedes reanudarla donde la dejaste"), _("No corre ningún plazo y no se borra nada.")
    ),
}


def status_of(state: str) -> Status:
    return STATUSES[State(state)]
