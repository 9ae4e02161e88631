"""What was sent stays as it was sent: until there is a result, the company's data wait too."""

from __future__ import annotations

from django.utils.translation import gettext as _

from certification.applications.enums import State
from certification.applications.models import Application
from employers.models import Employer, Workplace

# From the day it is sent until the result is public, but while the employer has it back with observations.
HOLDING = (State.SUBMITTED, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)


def held_by(employer: Employer, workplace: Workplace | None) -> str | None:
    """Which application holds the employer's identity, or one workplace and its figures; None where none does."""
    holding = Application.objects.filter(employer=employer, state__in=HOLDING)
    if workplace is not None:
        holding = holding.filter(workplaces=workplace)
    folio = holding.order_by("pk").values_list("folio", flat=True).first()
    if folio is None:
        return None
    return _(
        "La solicitud %(folio)s se envió con estos datos. Podrás cambiarlos cuando se publique su resultado "
        "o si te la devuelven con observaciones."
    ) % {"folio": folio}
