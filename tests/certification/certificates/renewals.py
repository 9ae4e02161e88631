"""Awarded applications with a certificate, to be renewed."""

import datetime as dt

from certification.applications.enums import State
from certification.applications.models import Application
from certification.certificates.renewal.actions import prepare
from tests.certification.applications.cases import NMX, prove_all
from tests.certification.certificates.factories import CertificateFactory
from tests.certification.review.factories import AT, make_case

LATER = AT + dt.timedelta(days=100)
SURVEILLANCE = "2028-03-01"


def awarded(name=NMX, **certificate):
    """A case that was awarded, with everything answered and proved, and its certificate."""
    case = make_case(State.AWARDED, name=name)
    prove_all(case)
    due = {"surveillance_on": SURVEILLANCE} if name == NMX else {}
    data = {"gates": [], "legal": {"signatory_charge": "Dirección"}, **due}
    case.certificate = CertificateFactory(application=case.application, **{"data": data, **certificate})
    return case


def renewed(case, at=LATER):
    """The draft that renews it, as the database has it."""
    opened, _is_new = prepare(case.certificate, actor=case.editor, at=at)
    return Application.objects.select_related("standard", "employer").get(pk=opened.pk)
