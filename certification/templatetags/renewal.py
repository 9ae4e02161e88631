"""What comes after a certificate, on the employer's pages: {% load renewal %}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from certification.applications.models import Application
from certification.applications.permissions import is_editor, is_member
from certification.applications.plan.lookup import Waiting, waiting
from certification.applications.renewing.lookup import renewal_under_way
from certification.certificates.models import Certificate
from certification.certificates.renewal.coming import coming
from certification.certificates.renewal.lookup import Held, held_by, in_force_of
from certification.standards.models import Standard
from employers.models import Employer

register = template.Library()


@register.inclusion_tag("certification/certificates/renewal/_coming.html", takes_context=True)
def what_comes_next(context: Context, application: Application) -> dict[str, Any]:
    """Surveillance, renewal and the plan, beside the certificate of an application; for its employer alone."""
    user, today = context["request"].user, timezone.localdate()
    own = Application.objects.visible_to(user).filter(pk=application.pk)
    certificate = Certificate.objects.filter(application__in=own).first()
    if certificate is None or not is_member(user, application):
        return {}
    certificate.standard = application.standard
    steps = coming(certificate, today)
    if steps is None:
        return {}
    plan = waiting([application.employer], user, today)
    said = plan.get((application.employer_id, application.standard.code), Waiting())
    return {
        "held": Held(steps, said, renewal_under_way(application, user)),
        "application": application,
        "can_edit": is_editor(user, application),
        "request": context["request"],
    }


@register.inclusion_tag("certification/certificates/renewal/_held.html", takes_context=True)
def certificates_held(context: Context, employers: Iterable[Employer]) -> dict[str, Any]:
    """On the start page: the certificates that end first, each with its next dates."""
    rows, more = held_by(employers, context["request"].user, timezone.localdate())
    return {"rows": rows, "more": more}


@register.inclusion_tag("certification/certificates/renewal/_in_force.html", takes_context=True)
def still_certified(context: Context, employer: Employer, standard: Standard) -> dict[str, Any]:
    """Where an application is opened: what is certified already, with the way to renew it."""
    return {"certificates": in_force_of(employer, standard.code, context["request"].user, timezone.localdate())}
