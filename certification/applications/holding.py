"""What was sent stays as it was sent: until there is a result, the company's data wait too."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse, Observation, Submission
from certification.evidence.models import Document
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


def document_held_by(document: Document) -> str | None:
    """Which application holds what is said of a document; None where none does.

    One that is back with observations holds it too, unless the document already proved something observed when it
    came back: attaching it to an observed item afterwards frees nothing.
    """
    observed = Observation.objects.filter(
        application=OuterRef("application"),
        round=OuterRef("application__round"),
        item=OuterRef("item"),
        created_at__gte=OuterRef("created_at"),
    )
    is_observed = Exists(EvidenceUse.objects.filter(Exists(observed), document=document, application=OuterRef("pk")))
    using = Application.objects.filter(
        Exists(EvidenceUse.objects.filter(document=document, application=OuterRef("pk")))
    )
    holding = using.filter(Q(state__in=HOLDING) | Q(~is_observed, state=State.OBSERVED))
    folio = holding.order_by("pk").values_list("folio", flat=True).first()
    if folio is None:
        return None
    return _(
        "La solicitud %(folio)s se envió con estos datos del documento: podrás cambiarlos cuando se publique su "
        "resultado o si te observan lo que demuestra."
    ) % {"folio": folio}


def document_needed_by(document: Document) -> str | None:
    """Which application uses a document, or was sent with a file of it; None where none does."""
    used = EvidenceUse.objects.filter(document=document).order_by("pk")
    if folio := used.values_list("application__folio", flat=True).first():
        return _("La solicitud %(folio)s usa este documento, así que no se borra.") % {"folio": folio}
    named = Q()
    for sha256 in document.revisions.values_list("sha256", flat=True):
        named |= Q(snapshot__contains=sha256)
    sent = Submission.objects.filter(named, application__employer=document.employer_id).order_by("pk")
    if folio := sent.values_list("application__folio", flat=True).first():
        return _("La solicitud %(folio)s se envió con este archivo, así que no se borra.") % {"folio": folio}
    return None
