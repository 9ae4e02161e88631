"""What each state asks of the people of the programme; applications.status says the same to employers."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.applications.enums import State

NEXT_STEPS: dict[State, Promise] = {
    State.SUBMITTED: _("La gestión del programa la asigna a quien la revisará"),
    State.IN_REVIEW: _("Quien revisa envía observaciones o recomienda"),
    State.OBSERVED: _("La empresa responde lo observado y vuelve a revisión"),
    State.RECOMMENDED: _("Otra persona, distinta de quien revisó, decide"),
    State.DECIDED: _("Se publica el resultado y se escribe a la empresa"),
    State.AWARDED: _("El certificado está en el padrón"),
    State.DECLINED: _("La empresa ya leyó las razones y el medio de impugnación"),
    State.WITHDRAWN: _("La empresa la retiró"),
    State.LAPSED: _("La empresa puede reanudarla"),
}
LATE = _("Si el plazo se pasa, la empresa también la ve como atrasada.")
NOTES: dict[State, Promise] = {
    State.SUBMITTED: LATE,
    State.IN_REVIEW: LATE,
    State.RECOMMENDED: LATE,
    State.DECIDED: LATE,
    State.OBSERVED: _("Si no responde a tiempo se guarda como vencida, sin borrar nada."),
}
