"""Which bodies may review an application."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.enums import BodyKind
from accounts.models import ReviewBody
from certification.applications.models import Application
from certification.standards.enums import SchemeKind

KINDS = {SchemeKind.NORM.value: BodyKind.ACCREDITED, SchemeKind.AWARD.value: BodyKind.MINISTRY}


def bodies_for(application: Application) -> QuerySet[ReviewBody]:
    """Open bodies that certify the standard: a norm, the accredited ones; a distintivo, the ministry's units.

    Only one where the application has its body already, chosen by the employer or by who assigned it.
    """
    fit = ReviewBody.objects.filter(kind=KINDS[application.standard.kind], closed_at=None)
    return fit.filter(pk=application.body_id) if application.body_id else fit
